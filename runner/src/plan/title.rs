//! What a step is called where a person reads of it: its own name, or a short Japanese sentence from what it does.

use crate::plan::arguments::texts;
use crate::scenario::model::{Action, StepNode, Until};
use crate::scenario::tree::{Node, NodeKind};

/// Longest text that is taken into a title, in characters.
const LONGEST: usize = 30;
/// How many fields of a form are named.
const FIELDS: usize = 3;

/// The step kind or control word.
pub(super) fn kind_of(action: &Action) -> &str {
    match action {
        Action::Step { kind, .. } => &kind.value,
        Action::If { .. } => "if",
        Action::ForEach { .. } => "for_each",
        Action::RepeatUntil { .. } => "repeat_until",
        Action::Try { .. } => "try",
        Action::Call(_) => "call",
        Action::Group { .. } => "group",
        Action::Commit(_) => "commit",
        Action::Reject(_) => "reject",
        Action::Stop(_) => "stop",
        Action::Log(_) => "log",
        Action::Set(_) => "set",
        Action::Ask(_) => "ask",
    }
}

/// What the step is called.
pub(super) fn title_of(step: &StepNode) -> String {
    if let Some(name) = &step.name {
        return name.value.clone();
    }
    match &step.action {
        Action::Step { kind, args } => of_step(&kind.value, args),
        Action::If { condition, .. } => format!("もし {} なら", short(condition.source())),
        Action::ForEach { list, .. } => format!("{} の1つずつに", short(&list.source())),
        Action::RepeatUntil { until, .. } => format!("{} までくり返す", until_text(until)),
        Action::Try { .. } => "試す（うまくいかないときの手順つき）".to_owned(),
        Action::Call(call) => format!("部品「{}」を行う", short(&call.part.value)),
        Action::Group { title, .. } => title.value.clone(),
        Action::Commit(commit) => commit.title.value.clone(),
        Action::Reject(reason) => format!("差し戻す（{}）", short(&reason.source())),
        Action::Stop(reason) => format!("止める（{}）", short(&reason.source())),
        Action::Log(text) => format!("記録する（{}）", short(&text.source())),
        Action::Ask(ask) => format!("人にたずねる（{}）", short(&ask.question.source())),
        Action::Set(values) => {
            let names: Vec<&str> = values.iter().map(|(name, _)| name.value.as_str()).collect();
            format!("「{}」を決める", names.join("、"))
        }
    }
}

/// What ends the rounds of `repeat_until`, as people read it.
pub(super) fn until_text(until: &Until) -> String {
    match until {
        Until::Condition(condition) => format!("{} になる", short(condition.source())),
        Until::Sign(sign) => format!("「{}」が見える", short(main_text(sign).unwrap_or_default())),
    }
}

fn of_step(kind: &str, args: &Node) -> String {
    let main = main_text(args).map(short);
    let about = |phrase: &str, bare: &str| match &main {
        Some(text) => format!("「{text}」{phrase}"),
        None => bare.to_owned(),
    };
    match kind {
        "browser.open" => about("を開く", "画面を開く"),
        "browser.click" => about("を押す", "押す"),
        "browser.fill" => format!("{}に入力する", fields(args)),
        "browser.type" => about("に文字を打つ", "文字を打つ"),
        "browser.select" => about("を選ぶ", "選ぶ"),
        "browser.check" => about("に印を付ける", "印を付ける"),
        "browser.press" => about("のキーを押す", "キーを押す"),
        "browser.see" => about("が見えるか確かめる", "画面を確かめる"),
        "browser.read" => about("を読み取る", "画面から読み取る"),
        "browser.read_table" => about("の表を読み取る", "表を読み取る"),
        "browser.dialog" => "確認の小窓に答える".to_owned(),
        "browser.frame" => about("の枠に移る", "枠を移る"),
        "browser.window" => about("の窓に移る", "窓を移る"),
        "browser.screenshot" => "画面を写す".to_owned(),
        "browser.back" => "前の画面に戻る".to_owned(),
        "browser.reload" => "画面を読み込み直す".to_owned(),
        "excel.write" => about("に書き出す", "Excel に書き出す"),
        other => match &main {
            Some(text) => format!("{other}「{text}」"),
            None => other.to_owned(),
        },
    }
}

/// The text that says most: of a map the file, field, label or whatever comes first.
fn main_text(args: &Node) -> Option<&str> {
    let named = ["file", "url", "field", "label", "button", "link", "text"]
        .iter()
        .find_map(|name| args.get(name)?.text());
    named.or_else(|| texts(args, "").first().map(|(_, text, _)| *text))
}

/// The fields of a form: the first few by name.
fn fields(args: &Node) -> String {
    let args = args
        .get("fields")
        .filter(|node| node.entries().is_some())
        .unwrap_or(args);
    let names: Vec<&str> = match &args.kind {
        NodeKind::Map(entries) => entries.iter().map(|(key, _)| key.value.as_str()).collect(),
        NodeKind::List(nodes) => nodes.iter().filter_map(Node::text).collect(),
        NodeKind::Scalar { text, .. } => vec![text.as_str()],
        NodeKind::Null => Vec::new(),
    };
    let named: Vec<String> = names.iter().take(FIELDS).map(|name| short(name)).collect();
    match names.len().saturating_sub(FIELDS) {
        _ if names.is_empty() => "画面".to_owned(),
        0 => format!("「{}」", named.join("」「")),
        more => format!("「{}」ほか{more}欄", named.join("」「")),
    }
}

fn short(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let mut cut: String = line.chars().take(LONGEST - 1).collect();
    cut.push('…');
    cut
}
