//! What the steps were for: the login before the work, the act that cannot be undone, its proof, and the same work again
//! for the next row.

use super::script::{Click, Field, Shown, Step, is_telling};
use crate::drivers::browser::{FieldKind, ThingKind};
use crate::plan::RISKY_WORDS;

/// One piece of work as it was recorded.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    /// The steps before the act.
    pub(super) steps: Vec<Step>,
    /// The act that cannot be undone, if there is one.
    pub(super) act: Option<Done>,
}

/// An act that cannot be undone, and what the page said to it.
#[derive(Debug, Clone)]
pub(super) struct Done {
    pub(super) click: Click,
    /// What was answered right after it.
    pub(super) dialogs: Vec<Step>,
    /// The sign that it was done.
    pub(super) proof: Proof,
    /// The heading under which the page refused an earlier try.
    pub(super) refused: Option<String>,
}

/// What shows that an act was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Proof {
    /// A heading got a value that was not there before.
    Field(String),
    /// The page says something else than before.
    Text(String),
    /// Nobody knows.
    None,
}

/// Buttons that only look: their press ends no work.
const HARMLESS: &[&str] = &[
    "検索",
    "照会",
    "表示",
    "戻る",
    "クリア",
    "キャンセル",
    "閉じる",
    "呼出",
    "次へ",
    "前へ",
    "確認",
    "ログ",
    "メニュー",
    "印刷",
];
/// Headings under which pages refuse.
const REFUSALS: &[&str] = &["エラー", "誤り", "不備", "警告"];

/// Takes the login at the beginning away: everything up to the press after a password. Whether there was one.
pub(super) fn without_login(steps: &mut Vec<Step>) -> bool {
    let has_password = |step: &Step| matches!(step, Step::Fill(fields) if fields.iter().any(is_password));
    let Some(password) = steps.iter().position(has_password) else {
        return false;
    };
    let pressed = |step: &Step| matches!(step, Step::Click(_) | Step::Key(_));
    let Some(end) = steps.iter().skip(password).position(pressed) else {
        return false;
    };
    steps.drain(..=password + end);
    // Where the login leads is the system's own affair.
    while matches!(steps.first(), Some(Step::See(_) | Step::Shown(_))) {
        steps.remove(0);
    }
    true
}

pub(super) fn is_password(field: &Field) -> bool {
    field.kind == FieldKind::Password
}

/// The recorded steps cut into pieces of work, each of which ends with its act, and the steps after the last act.
pub(super) fn pieces(steps: Vec<Step>) -> (Vec<Work>, Vec<Step>) {
    let acts = acts(&steps);
    let mut works: Vec<Work> = Vec::new();
    let mut current = Work::default();
    let mut refused = None;
    let mut steps = steps.into_iter().enumerate().peekable();
    while let Some((at, step)) = steps.next() {
        let click = match step {
            Step::Click(click) if acts.contains(&at) => click,
            step => {
                current.steps.push(step);
                continue;
            }
        };
        let mut dialogs = Vec::new();
        while let Some((_, dialog)) = steps.next_if(|(_, step)| matches!(step, Step::Dialog { .. })) {
            dialogs.push(dialog);
        }
        let after = shown_after(steps.clone().map(|(_, step)| step));
        if let Some(heading) = after.iter().find_map(|shown| refusal(&click.before, shown)) {
            // The form came back with a complaint: what follows mends it.
            refused = Some(heading);
            while steps.next_if(|(_, step)| is_view(step)).is_some() {}
            continue;
        }
        let was_dismissed = dialogs
            .iter()
            .any(|step| matches!(step, Step::Dialog { accepted: false, .. }));
        if was_dismissed {
            continue;
        }
        while steps.next_if(|(_, step)| is_view(step)).is_some() {}
        let typed: Vec<&str> = current.fields().iter().map(|field| field.name.as_str()).collect();
        let mut proofs = after.iter().map(|shown| proof(&click.before, shown, &typed));
        let done = Done {
            proof: proofs.find(|proof| *proof != Proof::None).unwrap_or(Proof::None),
            click,
            dialogs,
            refused: refused.take(),
        };
        current.act = Some(done);
        works.push(std::mem::take(&mut current));
    }
    // A refusal after the last success is known for the first one too.
    if let (Some(heading), Some(act)) = (refused, works.first_mut().and_then(|work| work.act.as_mut())) {
        act.refused.get_or_insert(heading);
    }
    (works, current.steps)
}

/// Whether this only tells what the page shows.
fn is_view(step: &Step) -> bool {
    matches!(step, Step::Shown(_) | Step::See(_))
}

/// What the page showed after a press, until something else was entered; a page that changes without going away tells it at
/// the next press.
fn shown_after(steps: impl Iterator<Item = Step>) -> Vec<Shown> {
    let until_entry = steps.take_while(|step| !matches!(step, Step::Fill(_)));
    let mut shown = Vec::new();
    for step in until_entry {
        match step {
            Step::Shown(view) => shown.push(view),
            Step::Click(click) => {
                if !click.before.heading.is_empty() {
                    shown.push(click.before);
                }
                break;
            }
            _ => {}
        }
    }
    shown
}

/// The places of the acts that cannot be undone. Of several presses without an entry between them the last one counts: the
/// ones before it lead to a page of confirmation.
fn acts(steps: &[Step]) -> Vec<usize> {
    let is_act = |step: &Step, telling: fn(&str) -> bool| match step {
        Step::Click(click) => click.kind != ThingKind::Link && telling(&click.name),
        _ => false,
    };
    let named: fn(&str) -> bool = |name| RISKY_WORDS.iter().any(|word| name.contains(word)) && !is_harmless(name);
    let any: fn(&str) -> bool = |name| !is_harmless(name);
    let has_named = steps.iter().any(|step| is_act(step, named));
    let telling = if has_named { named } else { any };
    let mut found = Vec::new();
    let mut filled = false;
    for (at, step) in steps.iter().enumerate() {
        // What the page calls done was an act of its own.
        let is_end = matches!(step, Step::Shown(shown) if !shown.notices.is_empty());
        if matches!(step, Step::Fill(_)) || (is_end && !found.is_empty()) {
            filled = true;
        } else if is_act(step, telling) {
            match found.last_mut() {
                Some(last) if !filled => *last = at,
                _ if filled || has_named => found.push(at),
                _ => {}
            }
            filled = false;
        }
    }
    found
}

pub(super) fn is_harmless(name: &str) -> bool {
    HARMLESS.iter().any(|word| name.contains(word))
}

/// The heading of a complaint that came on the same page.
pub(super) fn refusal(before: &Shown, after: &Shown) -> Option<String> {
    let complaint = |name: &&String| REFUSALS.iter().any(|word| name.contains(word));
    let found = after.values.iter().find(complaint)?;
    (before.heading == after.heading).then(|| found.clone())
}

/// What is new on the page: a number that the system gave before any other value, else its heading.
/// What was typed shows again in any case.
pub(super) fn proof(before: &Shown, after: &Shown, typed: &[&str]) -> Proof {
    let new: Vec<&String> = after
        .values
        .iter()
        .filter(|name| !before.values.contains(name) && !typed.contains(&name.as_str()))
        .collect();
    let numbered = |words: &[&str]| {
        let is_so = |name: &&&String| name.ends_with("番号") && words.iter().any(|word| name.contains(word));
        new.iter().find(is_so).copied()
    };
    let given = numbered(&["受付", "登録", "整理", "管理", "処理", "申請", "予約", "伝票"]).or(numbered(&[""]));
    let notice = after
        .notices
        .iter()
        .find(|text| !before.notices.contains(text) && is_telling(text));
    match (given.or(new.first().copied()), notice) {
        (Some(name), _) => Proof::Field(name.clone()),
        (None, Some(text)) => Proof::Text(text.clone()),
        (None, None) if is_telling(&after.heading) && after.heading != before.heading => {
            Proof::Text(after.heading.clone())
        }
        (None, None) => Proof::None,
    }
}

impl Work {
    /// Every field that was filled.
    pub(super) fn fields(&self) -> Vec<&Field> {
        let fills = self.steps.iter().filter_map(|step| match step {
            Step::Fill(fields) => Some(fields),
            _ => None,
        });
        fills.flatten().collect()
    }

    /// Whether another piece is the same work: the same press at its end, and no field of a form that this one does not know.
    pub(super) fn is_same(&self, other: &Work) -> bool {
        let press = |work: &Work| work.act.as_ref().map(|act| act.click.name.clone());
        let (own, others) = (self.fields(), other.fields());
        let shared = others
            .iter()
            .filter(|field| own.iter().any(|known| known.name == field.name))
            .count();
        press(self) == press(other) && shared * 2 >= others.len().max(1)
    }
}
