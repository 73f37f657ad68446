//! What a guide is shown of the page, masked as events are.

use crate::drivers::browser::{Described, Locator, Thing};
use crate::events::{Cause, EvidenceRole};
use crate::rules::numbers::mask_my_numbers;
use crate::steps::StepError;
use crate::text::{Message, codes};
use crate::value::Veil;

use super::guide::Answer;
use super::halt::{Halt, failure};
use super::machine::Machine;

/// What is told of a page.
const PAGE: usize = 4_000;
/// Lines of it.
const LINES: usize = 20;

impl Machine<'_> {
    /// The first lines of the page, and a picture of it.
    pub(super) async fn page_seen(&mut self) -> Result<Answer, Halt> {
        let veil = self.journal.veil.clone();
        let (mut title, mut url, mut text) = (String::new(), String::new(), String::new());
        if let Some(session) = self.keeper.current.as_mut() {
            title = session.title().await.unwrap_or_default();
            url = session.url().await.unwrap_or_default();
            text = session.covered_text(PAGE).await.unwrap_or_default();
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
        let lines = lines.map(|line| covered(line, &veil)).collect();
        Ok(Answer::Page {
            title: covered(&title, &veil),
            url: covered(&url, &veil),
            lines,
            picture: self.picture(EvidenceRole::Asked).await?,
        })
    }

    /// What the page offers.
    pub(super) async fn looked(&mut self, all: bool) -> Answer {
        let Some(session) = self.keeper.current.as_mut() else {
            return Answer::Failed(failure(Cause::Page, Message::new(codes::NO_PAGE_YET)));
        };
        match session.describe(all).await {
            Ok(mut page) => {
                cover(&mut page, &self.journal.veil);
                Answer::Looked(Box::new(page))
            }
            Err(error) => Answer::Failed(self.masked(StepError::Browser(error).failure())),
        }
    }
}

pub(super) fn covered(text: &str, veil: &Veil) -> String {
    mask_my_numbers(&veil.cover(text))
}

fn cover(page: &mut Described, veil: &Veil) {
    let single = [&mut page.title, &mut page.heading, &mut page.url];
    let several = page.frames.iter_mut().chain(&mut page.disabled).chain(&mut page.dialog);
    for text in single.into_iter().chain(several) {
        *text = covered(text, veil);
    }
    page.things.iter_mut().for_each(|thing| cover_thing(thing, veil));
}

/// A way that names the person at work leads to nothing in the next row: it is told only where there is no other.
fn cover_thing(thing: &mut Thing, veil: &Veil) {
    for text in thing
        .entries
        .iter_mut()
        .chain([&mut thing.name])
        .chain(&mut thing.leads_to)
    {
        *text = covered(text, veil);
    }
    let ways = std::mem::take(&mut thing.ways).into_iter().map(|mut way| {
        let personal = cover_locator(&mut way.locator, veil);
        (personal, way)
    });
    let (personal, others): (Vec<_>, Vec<_>) = ways.partition(|(personal, _)| *personal);
    let told = if others.is_empty() { personal } else { others };
    thing.ways = told.into_iter().map(|(_, way)| way).collect();
}

/// Covers what a locator is made of; whether there was anything to cover.
fn cover_locator(locator: &mut Locator, veil: &Veil) -> bool {
    let mut personal = false;
    for text in std::iter::once(locator.by.words_mut()).chain(&mut locator.frame) {
        let shown = covered(text, veil);
        personal |= shown != *text;
        *text = shown;
    }
    match &mut locator.within {
        Some(within) => cover_locator(within, veil) || personal,
        None => personal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::browser::By;
    use crate::drivers::browser::{ThingKind, Way};
    use crate::value::{Class, Value};

    fn link(ways: Vec<Locator>) -> Thing {
        let ways = ways.into_iter().map(|locator| Way {
            locator,
            how: "link".to_owned(),
        });
        Thing {
            kind: ThingKind::Link,
            ways: ways.collect(),
            name: "森一郎 様".to_owned(),
            field: None,
            entries: vec!["森一郎".to_owned(), "男".to_owned()],
            required: false,
            holds: false,
            rows: None,
            leads_to: None,
        }
    }

    #[test]
    fn nobody_at_work_is_named_in_what_a_page_offers() {
        let mut veil = Veil::default();
        veil.add(&Value::from("森一郎"), Class::Personal);
        let by_name = || Locator::from(By::Link("森一郎 様".to_owned()));
        let inside = Locator {
            within: Some(Box::new(by_name())),
            ..By::Link("詳細".to_owned()).into()
        };
        let by_place = Locator::from(By::Css("#a1".to_owned()));
        let mut page = Described {
            title: "森一郎の照会".to_owned(),
            dialog: Some("森一郎を開きますか".to_owned()),
            things: vec![link(vec![by_name(), inside, by_place.clone()]), link(vec![by_name()])],
            ..Described::default()
        };
        cover(&mut page, &veil);
        assert!(!format!("{page:?}").contains("森一郎"), "{page:?}");
        assert_eq!(page.things[0].entries, ["＊＊＊", "男"]);
        let ways: Vec<&Locator> = page.things[0].ways.iter().map(|way| &way.locator).collect();
        assert_eq!(ways, [&by_place], "the one that works for every row");
        assert_eq!(
            page.things[1].ways.len(),
            1,
            "it is not taken for a thing without any way"
        );
    }
}
