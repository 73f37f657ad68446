//! How well a locator will outlast a changed page, from 0 to 100, and what weakens it.
//!
//! Judged by what it hangs on, without a page: words that a person reads outlast the way a page is built, and a place
//! among equals outlasts nothing. The numbers order ways to the same element; they are no probabilities.

use super::locator::{By, Locator, Target};

/// A judgement about one way to an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Robustness {
    /// 0 (will break) to 100.
    pub score: u8,
    /// What costs it most.
    pub weakness: Option<Weakness>,
}

/// Why a locator may not last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// It says where in the page's structure the element stands.
    Structure,
    /// It counts among equals.
    Counted,
    /// It holds a name that a program has made up, such as `j_idt42`.
    Generated,
    /// Its words hold a number or date that may be another one tomorrow.
    Changing,
    /// Its words are so many that one of them will be changed.
    Long,
    /// It looks for a text anywhere on the page.
    Anywhere,
}

impl Robustness {
    /// From this score on nobody needs to be told.
    pub const GOOD: u8 = 60;
    /// Below this score it will break with the next version of the page.
    pub const POOR: u8 = 30;
}

/// A count among equals costs this much.
const COUNTED: u8 = 40;
/// Words that may change cost this much.
const CHANGING: u8 = 20;
/// Words longer than this many characters are sentences.
const LONG: usize = 30;
/// A second way to the same element is worth this much.
const SPARE: u8 = 5;

impl Target {
    /// The judgement about the whole bundle: its best way, and a little more for every spare one.
    pub fn robustness(&self) -> Robustness {
        let judged = self.bundle.iter().map(Locator::robustness);
        let Some(best) = judged.max_by_key(|judged| judged.score) else {
            return weak(0, Weakness::Anywhere);
        };
        let spare = u8::try_from(self.bundle.len() - 1).unwrap_or(u8::MAX).min(3);
        Robustness {
            score: best.score.saturating_add(spare * SPARE).min(100),
            ..best
        }
    }
}

impl Locator {
    /// The judgement about this way.
    pub fn robustness(&self) -> Robustness {
        let mut judged = by(&self.by);
        if self.nth.is_some() {
            judged = worsen(judged, COUNTED, Weakness::Counted);
        }
        match self.within.as_deref().map(Locator::robustness) {
            Some(around) if around.score < judged.score => around,
            _ => judged,
        }
    }
}

fn by(by: &By) -> Robustness {
    match by {
        By::Label(text) | By::Field(text) => words(90, text),
        By::Button(text) | By::Link(text) => words(88, text),
        By::Role { name, .. } if name.is_empty() => weak(45, Weakness::Anywhere),
        By::Role { name, .. } => words(85, name),
        By::Any(text) => words(82, text),
        By::Placeholder(text) => words(70, text),
        By::Text(text) => worsen(words(75, text), 5, Weakness::Anywhere),
        By::TestId(_) => strong(95),
        By::Css(selector) => css(&constant(selector)),
        By::XPath(path) => xpath(&constant(path)),
    }
}

/// A text without its expressions: what is worked out for each item is meant to change.
fn constant(text: &str) -> String {
    let mut parts = text.split("${{");
    let first = parts.next().unwrap_or_default();
    let behind = parts.filter_map(|part| Some(part.split_once("}}")?.1));
    std::iter::once(first).chain(behind).collect()
}

fn strong(score: u8) -> Robustness {
    Robustness { score, weakness: None }
}

fn weak(score: u8, weakness: Weakness) -> Robustness {
    Robustness {
        score,
        weakness: Some(weakness),
    }
}

/// The first reason found stands: callers name the gravest first.
fn worsen(judged: Robustness, cost: u8, weakness: Weakness) -> Robustness {
    Robustness {
        score: judged.score.saturating_sub(cost),
        weakness: judged.weakness.or(Some(weakness)),
    }
}

fn words(score: u8, text: &str) -> Robustness {
    if text.contains("${{") {
        return strong(score);
    }
    if text.chars().filter(char::is_ascii_digit).count() > 1 || text.chars().any(|sign| ('０'..='９').contains(&sign))
    {
        return worsen(strong(score), CHANGING, Weakness::Changing);
    }
    if text.chars().count() > LONG {
        return worsen(strong(score), CHANGING, Weakness::Long);
    }
    strong(score)
}

fn css(selector: &str) -> Robustness {
    if ["nth-", "first-child", "last-child", "first-of", "last-of"]
        .iter()
        .any(|part| selector.contains(part))
    {
        return weak(15, Weakness::Counted);
    }
    if is_generated(selector) {
        return weak(20, Weakness::Generated);
    }
    match selector
        .split([' ', '>', '+', '~'])
        .filter(|part| !part.is_empty())
        .count()
    {
        0 | 1 if selector.contains(['#', '[']) => weak(55, Weakness::Structure),
        0 | 1 => weak(40, Weakness::Structure),
        2 => weak(35, Weakness::Structure),
        _ => weak(20, Weakness::Structure),
    }
}

fn xpath(path: &str) -> Robustness {
    let counted = path.split('[').skip(1).any(|rest| {
        rest.starts_with(|sign: char| sign.is_ascii_digit())
            || rest.starts_with("position()")
            || rest.starts_with("last()")
    });
    if counted || path.starts_with("/html") || path.starts_with("/body") {
        return weak(5, Weakness::Counted);
    }
    if is_generated(path) {
        return weak(15, Weakness::Generated);
    }
    let named = ["text()", "@id", "@name", "normalize-space"]
        .iter()
        .any(|part| path.contains(part));
    weak(if named { 40 } else { 20 }, Weakness::Structure)
}

/// Whether a name looks made up by a program: `j_idt42`, `ctl00_`, `css-1x2y3z`, `:r1:`.
fn is_generated(text: &str) -> bool {
    let names = text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
    names.into_iter().any(|name| {
        let digits = name.chars().filter(char::is_ascii_digit).count();
        let letters = name.chars().filter(char::is_ascii_alphabetic).count();
        name.contains("idt") && digits > 0 || name.starts_with("ctl") && digits > 1 || digits > 2 && letters > 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(by: By) -> u8 {
        Locator::from(by).robustness().score
    }

    #[test]
    fn what_a_person_reads_outlasts_how_a_page_is_built() {
        let text = |text: &str| text.to_owned();
        let falling = [
            By::TestId(text("touroku")),
            By::Label(text("氏名")),
            By::Button(text("登録する")),
            By::Any(text("登録する")),
            By::Text(text("登録する")),
            By::Css(text("#touroku")),
            By::XPath(text("//button[text()='登録']")),
            By::Css(text("#j_idt42")),
            By::Css(text("table tr:nth-child(3) a")),
            By::XPath(text("/html/body/div[2]/form/input[3]")),
        ];
        let scores: Vec<u8> = falling.into_iter().map(score).collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    #[test]
    fn the_reason_is_told() {
        let judged = |by: By| Locator::from(by).robustness().weakness;
        assert_eq!(judged(By::Button("登録する".to_owned())), None);
        assert_eq!(judged(By::Link("23件の未処理".to_owned())), Some(Weakness::Changing));
        assert_eq!(judged(By::Link("あ".repeat(31))), Some(Weakness::Long));
        assert_eq!(judged(By::Css("#ctl00_main".to_owned())), Some(Weakness::Generated));
        assert_eq!(judged(By::Link("${{ item.請求番号 }} 2027".to_owned())), None);
        assert_eq!(
            judged(By::Css("#row-${{ item.code1234 }}".to_owned())),
            Some(Weakness::Structure)
        );
        assert_eq!(judged(By::XPath("//tr[last()]/td".to_owned())), Some(Weakness::Counted));
    }

    #[test]
    fn a_chain_is_as_weak_as_its_weakest_link() {
        let mut locator = Locator::from(By::Button("削除".to_owned()));
        let alone = locator.robustness();
        locator.within = Some(Box::new(By::Label("山田".to_owned()).into()));
        assert_eq!(locator.robustness(), alone);
        locator.within = Some(Box::new(By::XPath("//tr[3]".to_owned()).into()));
        assert_eq!(locator.robustness().weakness, Some(Weakness::Counted));
        locator.within = None;
        locator.nth = Some(2);
        assert_eq!(locator.robustness(), weak(alone.score - COUNTED, Weakness::Counted));
    }

    #[test]
    fn a_spare_way_helps() {
        let way = |by: By| Locator::from(by);
        let one = Target::from(By::Css("#touroku".to_owned()));
        let two = Target {
            bundle: vec![way(By::Css("#touroku".to_owned())), way(By::Button("登録".to_owned()))],
        };
        assert!(two.robustness().score > one.robustness().score);
        assert!(two.robustness().score > score(By::Button("登録".to_owned())));
        assert_eq!(Target { bundle: Vec::new() }.robustness().score, 0);
    }
}
