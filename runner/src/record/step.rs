//! Steps other than those that fill a form, and the act that cannot be undone.

use super::script::{self, Step};
use super::work::{Done, Proof};
use super::write::Writer;
use super::yaml;
use crate::drivers::browser::{By, Locator, Robustness, ThingKind, Way};
use crate::plan::RISKY_WORDS;
use crate::scenario::UNWRITTEN;
use crate::text::{Message, codes};

/// A further way to the same element is written down from this score on: an id that somebody gave it, for example.
const SPARE: u8 = 50;

impl Writer<'_> {
    /// An address as a scenario writes it: that of the system's own page begins with its path.
    pub(super) fn address(&self, url: &str) -> String {
        let base = self.recording.system.and_then(|(_, base)| base);
        match base.and_then(|base| url.strip_prefix(base)) {
            Some(path) if path.starts_with('/') => path.to_owned(),
            _ => url.to_owned(),
        }
    }

    pub(super) fn step(&mut self, step: &Step, indent: usize) {
        let text = match step {
            Step::Open(url) => format!("- browser.open: {}", yaml::scalar(&self.address(url))),
            Step::Fill(fields) => return self.fill(fields, indent),
            Step::Click(click) => {
                let target = self.bundle(&click.ways, &click.name);
                let risky = click.kind != ThingKind::Link && RISKY_WORDS.iter().any(|word| click.name.contains(word));
                let effect = if risky { "\n  effect: read" } else { "" };
                format!("- browser.click: {target}{effect}")
            }
            Step::Key(key) => format!("- browser.press: {}", yaml::flow(key)),
            Step::Dialog { text, accepted, typed } => self.dialog(text, *accepted, typed),
            Step::Window(None) => "- browser.window: new".to_owned(),
            Step::Window(Some(title)) if title.is_empty() => "- browser.window: first".to_owned(),
            Step::Window(Some(title)) => format!("- browser.window: {{ title: {} }}", yaml::flow(title)),
            Step::See(heading) => format!("- browser.see: {}", yaml::flow(heading)),
            Step::SeeField(field) => {
                format!(
                    "- browser.see: {{ field: {} }}   # 画面が入れる欄。入るまで待つ",
                    yaml::flow(field)
                )
            }
            Step::Back => "- browser.back:".to_owned(),
            Step::Reload => "- browser.reload:".to_owned(),
            Step::Shown(_) => return,
        };
        self.line(indent, &text);
    }

    /// A dialog's answer, with words of it that are the same for everybody.
    fn dialog(&self, text: &str, accepted: bool, typed: &str) -> String {
        let parts = text.split(['。', '\n', '　', ' ', '？', '?', '！']);
        let own = |part: &str| {
            self.typed
                .iter()
                .any(|row| self.rows.as_ref().is_some_and(|rows| rows.is_told_in(part, *row)))
        };
        let fixed = parts.filter(|part| !part.chars().any(char::is_numeric) && !own(part));
        let words = fixed.max_by_key(|part| part.chars().count()).unwrap_or_default().trim();
        let mut entries = vec![format!("answer: {}", if accepted { "accept" } else { "dismiss" })];
        if !words.is_empty() {
            entries.push(format!("text: {}", yaml::flow(words)));
        }
        if !typed.is_empty() {
            entries.push(format!("type: {}", yaml::flow(typed)));
        }
        format!("- browser.dialog: {{ {} }}", entries.join(", "))
    }

    /// The ways to an element: the best one, and the good ones among the others behind it.
    fn bundle(&mut self, ways: &[Way], name: &str) -> String {
        let (first, others) = (ways.first(), ways.iter().skip(1));
        let spares = others.filter(|way| way.robustness().score >= SPARE);
        let chosen: Vec<&Way> = first.into_iter().chain(spares).collect();
        if first.is_none_or(|way| way.robustness().score < Robustness::GOOD) {
            let line = self.here();
            self.weak.push(line.to_string());
        }
        let locators: Vec<String> = chosen
            .iter()
            .map(|way| yaml::locator(&self.with_columns(&way.locator)))
            .collect();
        match locators.as_slice() {
            [] => yaml::flow(name),
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        }
    }

    /// A locator in which the words of the row that was typed are the row's columns.
    pub(super) fn with_columns(&self, locator: &Locator) -> Locator {
        let source = |text: &str| {
            let rows = self.rows.as_ref()?;
            let found = self.typed.first().and_then(|row| rows.column_of(text, *row))?;
            Some(format!("${{{{ {} }}}}", found.expression()))
        };
        let changed = |text: &String| source(text).unwrap_or_else(|| text.clone());
        let by = match &locator.by {
            By::Any(text) => match source(text) {
                Some(expression) => By::Text(expression),
                None => By::Any(text.clone()),
            },
            By::Button(text) => By::Button(changed(text)),
            By::Link(text) => By::Link(changed(text)),
            By::Text(text) => By::Text(changed(text)),
            other => other.clone(),
        };
        Locator {
            by,
            within: locator
                .within
                .as_ref()
                .map(|within| Box::new(self.with_columns(within))),
            ..locator.clone()
        }
    }

    pub(super) fn commit(&mut self, act: &Done) {
        let title = match &act.click.before.heading {
            heading if script::is_telling(heading) => heading.clone(),
            _ => act.click.name.clone(),
        };
        self.line(
            2,
            &format!(
                "- commit: {}   # 1件につき1回だけの、取り消せない操作",
                yaml::flow(&title)
            ),
        );
        if act.dialogs.is_empty() {
            let target = self.bundle(&act.click.ways, &act.click.name);
            self.line(4, &format!("do: {{ browser.click: {target} }}"));
        } else {
            self.line(4, "do:");
            let target = self.bundle(&act.click.ways, &act.click.name);
            self.line(6, &format!("- browser.click: {target}"));
            for dialog in &act.dialogs {
                self.step(dialog, 6);
            }
        }
        let line = self.here().to_string();
        match &act.proof {
            Proof::Field(heading) => {
                self.line(
                    4,
                    &format!("proof: {{ field: {}, as: receipt }}   # 出来た印", yaml::flow(heading)),
                );
                self.notes.push(
                    Message::new(codes::RECORDED_PROOF)
                        .with("line", line)
                        .with("sign", heading.as_str()),
                );
            }
            Proof::Text(text) => {
                self.line(4, &format!("proof: {{ text: {} }}   # 出来た印", yaml::flow(text)));
                self.notes.push(
                    Message::new(codes::RECORDED_PROOF)
                        .with("line", line)
                        .with("sign", text.as_str()),
                );
            }
            Proof::None => {
                let [unwritten, _] = UNWRITTEN;
                self.line(4, &format!("proof: {{ field: {unwritten} }}   # 出来た印"));
                self.notes
                    .push(Message::new(codes::RECORDED_NO_PROOF).with("line", line));
            }
        }
        if let Some(heading) = &act.refused {
            self.line(
                4,
                &format!("refused: {{ field: {} }}   # 断られた印", yaml::flow(heading)),
            );
        }
        self.line(4, "verify: none   # 登録できたか分からないときは、人が確かめる");
    }
}
