//! Reading maps and scalars, with a message for everything that is not as it should be.

use std::fmt::Display;

use crate::diag::{Diagnostic, Span, Spanned};
use crate::scenario::expr::{Condition, Expr, ExprError, Template, single_equals};
use crate::scenario::parse::deeper::Deeper;
use crate::scenario::parse::outside::{Inside, Outside};
use crate::scenario::parse::words;
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};
use crate::value::{Count, Wait};
use std::time::Duration;

/// Collects what is wrong while a document is read.
#[derive(Debug)]
pub(in crate::scenario) struct Reader {
    pub(in crate::scenario) found: Vec<Diagnostic>,
    /// Unknown entries that may be indented too little.
    pub(super) outside: Vec<Outside>,
    /// Entries that are indented too much.
    pub(super) deeper: Vec<Deeper>,
    /// Whether the tree is whole: what is missing in a broken one may stand in the broken part.
    whole: bool,
}

impl Reader {
    pub(in crate::scenario) fn new(whole: bool) -> Reader {
        Reader {
            found: Vec::new(),
            outside: Vec::new(),
            deeper: Vec::new(),
            whole,
        }
    }

    /// Whether what is missing is really missing.
    pub(in crate::scenario) fn is_whole(&self) -> bool {
        self.whole
    }

    pub(in crate::scenario) fn error(&mut self, message: Message, span: Span) {
        self.found.push(Diagnostic::error(message, span));
    }

    pub(in crate::scenario) fn empty_file(&mut self) {
        self.error(Message::new(codes::DOCUMENT_EMPTY), Span::default());
    }

    fn wrong_shape(&mut self, node: &Node, name: &str, wanted: crate::text::Code) {
        let message = Message::new(codes::WRONG_SHAPE)
            .with("name", name)
            .with_said("wanted", Message::new(wanted));
        self.error(message, node.span);
    }

    /// A scalar's text; nothing is not a text.
    pub(in crate::scenario) fn text(&mut self, node: &Node, name: &str) -> Option<Spanned<String>> {
        match &node.kind {
            NodeKind::Scalar { text, .. } => Some(Spanned::new(text.clone(), node.span)),
            NodeKind::Null => {
                self.error(Message::new(codes::EMPTY_VALUE).with("name", name), node.span);
                None
            }
            NodeKind::List(_) | NodeKind::Map(_) => {
                self.wrong_shape(node, name, codes::SHAPE_TEXT);
                None
            }
        }
    }

    /// A map's entries; nothing is an empty map.
    pub(in crate::scenario) fn map<'n>(&mut self, node: &'n Node, name: &str) -> &'n [(Spanned<String>, Node)] {
        match &node.kind {
            NodeKind::Map(entries) => entries,
            NodeKind::Null => &[],
            NodeKind::Scalar { .. } | NodeKind::List(_) => {
                self.wrong_shape(node, name, codes::SHAPE_MAP);
                &[]
            }
        }
    }

    /// One text, or a list of texts.
    pub(in crate::scenario) fn texts(&mut self, node: &Node, name: &str) -> Vec<Spanned<String>> {
        match &node.kind {
            NodeKind::List(nodes) => nodes.iter().filter_map(|node| self.text(node, name)).collect(),
            _ => self.text(node, name).into_iter().collect(),
        }
    }

    /// A text with expressions.
    pub(in crate::scenario) fn template(&mut self, node: &Node, name: &str) -> Option<Template> {
        let text = self.text(node, name)?;
        Template::of(&text).map_err(|error| self.found.push(told(&error))).ok()
    }

    /// A bare condition; `${{ }}` around the whole of it does no harm.
    pub(in crate::scenario) fn condition(&mut self, node: &Node, name: &str) -> Option<Condition> {
        let text = self.text(node, name)?;
        let bare = text.value.trim();
        let bare = match bare.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")) {
            Some(inside) if !inside.contains("${{") => inside,
            _ => bare,
        };
        Expr::compile(bare, text.span)
            .map_err(|error| self.found.push(told(&error)))
            .ok()
    }

    /// A length of time.
    pub(in crate::scenario) fn wait(&mut self, node: &Node, name: &str) -> Option<Spanned<Duration>> {
        let text = self.text(node, name)?;
        match Wait::parse(&text.value) {
            Some(wait) => Some(Spanned::new(wait.0, text.span)),
            None => {
                let message = Message::new(codes::BAD_DURATION)
                    .with("name", name)
                    .with("text", text.value);
                self.error(message, text.span);
                None
            }
        }
    }

    /// A whole number within bounds.
    pub(in crate::scenario) fn count(
        &mut self,
        node: &Node,
        name: &str,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Option<Spanned<u32>> {
        let text = self.text(node, name)?;
        match Count::parse(&text.value) {
            Some(Count(number)) if bounds.contains(&number) => Some(Spanned::new(number, text.span)),
            _ => {
                let message = Message::new(codes::BAD_NUMBER)
                    .with("name", name)
                    .with("text", text.value)
                    .with_int("from", i64::from(*bounds.start()))
                    .with_int("to", i64::from(*bounds.end()));
                self.error(message, text.span);
                None
            }
        }
    }

    /// One word out of a few.
    pub(in crate::scenario) fn choice<T: Copy>(
        &mut self,
        node: &Node,
        name: &str,
        words: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.text(node, name)?;
        match words.iter().find(|(word, _)| *word == text.value) {
            Some((_, meant)) => Some(Spanned::new(*meant, text.span)),
            None => {
                let message = Message::new(codes::BAD_CHOICE)
                    .with("name", name)
                    .with_some("near", nearest(&text.value, words.iter().map(|(word, _)| *word)))
                    .with("text", text.value)
                    .with("words", join(words.iter().map(|(word, _)| *word)));
                self.error(message, text.span);
                None
            }
        }
    }
}

/// An expression's mistake as a message.
pub(crate) fn told(error: &ExprError) -> Diagnostic {
    let message = match error {
        ExprError::Unclosed { .. } => Message::new(codes::EXPRESSION_UNCLOSED),
        ExprError::Quote { text, .. } => Message::new(codes::EXPRESSION_QUOTE).with("text", text.clone()),
        ExprError::Empty { .. } => Message::new(codes::EXPRESSION_EMPTY),
        ExprError::Syntax { text, .. } => syntax(text),
        ExprError::Undefined { name, .. } => Message::new(codes::UNKNOWN_NAME).with("name", name.clone()),
        ExprError::Failed { detail, .. } => Message::new(codes::EXPRESSION_SYNTAX).with("text", detail.clone()),
    };
    Diagnostic::error(message, error.span())
}

/// What most likely is wrong with an expression.
fn syntax(source: &str) -> Message {
    let wide = source
        .chars()
        .find(|sign| "＜＞＝＋－＊／（）［］｜，．”“’‘！％＆".contains(*sign));
    if source.contains("<>") || source.contains("＜＞") {
        return Message::new(codes::EXPRESSION_UNEQUAL).with("text", source);
    }
    if let Some(instead) = words::compared(source) {
        return Message::new(codes::EXPRESSION_WORDS)
            .with("text", source)
            .with("instead", instead);
    }
    match wide {
        Some(sign) => Message::new(codes::EXPRESSION_WIDE)
            .with("text", source)
            .with("sign", sign.to_string()),
        None if single_equals(source).is_some() => Message::new(codes::EXPRESSION_EQUALS).with("text", source),
        None => Message::new(codes::EXPRESSION_SYNTAX).with("text", source),
    }
}

/// The entries of a map while they are asked for by name; what nobody asked for is a mistake.
pub(in crate::scenario) struct Fields<'n> {
    /// The name of the map in a message; nothing for the file itself.
    owner: Option<&'n str>,
    span: Span,
    entries: &'n [(Spanned<String>, Node)],
    known: Vec<&'static str>,
    /// The places of names that are known elsewhere.
    written: Vec<Span>,
    /// The step, or the entries, whose own entries may stand here by mistake.
    inside: Vec<Inside<'n>>,
}

impl<'n> Fields<'n> {
    /// The entries of `node`; told and `None` when it is no map.
    pub(in crate::scenario) fn open(reader: &mut Reader, node: &'n Node, owner: Option<&'n str>) -> Option<Fields<'n>> {
        match node.entries() {
            Some(entries) => Some(Fields {
                owner,
                span: entries.first().map_or(node.span, |(key, _)| key.span),
                entries,
                known: Vec::new(),
                written: Vec::new(),
                inside: Vec::new(),
            }),
            None => {
                match owner {
                    Some(owner) => reader.wrong_shape(node, owner, codes::SHAPE_MAP),
                    None => reader.error(Message::new(codes::YAML_NO_NAME), node.span),
                }
                None
            }
        }
    }

    /// Names that may stand here too.
    pub(in crate::scenario) fn allow(&mut self, names: &[&'static str]) {
        self.known.extend(names);
    }

    /// A name that is written here and known elsewhere: a step kind.
    pub(in crate::scenario) fn allow_written(&mut self, key: &Spanned<String>) {
        self.written.push(key.span);
    }

    /// A step beside which these names stand.
    pub(super) fn beside(&mut self, inside: Option<Inside<'n>>) {
        self.inside.extend(inside);
    }

    /// Entries below which others stand, and may have been indented too little.
    pub(super) fn above(&mut self, names: &[&str]) {
        self.inside = Inside::empty(self.entries, names);
    }

    /// The value of a name.
    pub(in crate::scenario) fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        if !self.known.contains(&name) {
            self.known.push(name);
        }
        self.entries
            .iter()
            .find(|(key, _)| key.value == name)
            .map(|(_, node)| node)
    }

    /// The value of a name that must be there.
    pub(in crate::scenario) fn need(&mut self, reader: &mut Reader, name: &'static str) -> Option<&'n Node> {
        let node = self.take(name);
        if node.is_none() && reader.whole {
            let message = Message::new(codes::MISSING_ENTRY)
                .with("name", name)
                .with_some("example", shown(self.owner, name))
                .with_some("owner", self.owner);
            reader.error(message, self.span);
        }
        node
    }

    /// Where the map begins.
    pub(in crate::scenario) fn span(&self) -> Span {
        self.span
    }

    /// Says which names nobody asked for.
    pub(in crate::scenario) fn finish(self, reader: &mut Reader) {
        let asked_for =
            |key: &Spanned<String>| self.known.contains(&key.value.as_str()) || self.written.contains(&key.span);
        let unknown = self.entries.iter().filter(|(key, _)| !asked_for(key));
        for (key, _) in unknown.take(MAX_UNKNOWN) {
            let near = translated(&key.value)
                .filter(|word| self.known.contains(word))
                .or_else(|| nearest(&key.value, self.known.iter().copied()));
            let mut inside = self.inside.iter().rev();
            let outside = inside.find_map(|inside| inside.outside(key, near));
            reader.outside.extend(outside);
            let message = Message::new(codes::UNKNOWN_ENTRY)
                .with("name", key.value.clone())
                .with_some("owner", self.owner)
                .with_some("near", near)
                .with_some("top", (near.is_none() && is_top(self.owner, &key.value)).then_some("1"))
                .with_some("home", home(self.owner, &key.value).filter(|_| near.is_none()))
                .with("words", join(self.known.iter().copied()));
            reader.error(message, key.span);
        }
    }
}

/// How an entry that must be there may be written, in one line.
fn shown(owner: Option<&str>, name: &str) -> Option<&'static str> {
    const LINES: &[(Option<&str>, &str, &str)] = &[
        (None, "yakin", "yakin: 1"),
        (None, "name", "name: 住民票郵送請求の登録"),
        (None, "url", "url: { 練習: practice/uketsuke }"),
        (Some("items"), "from", "from: { csv: inbox/requests.csv }"),
        (Some("items"), "key", "key: 請求番号"),
        (Some("commit"), "do", "do: { browser.click: 登録する }"),
        (Some("commit"), "proof", "proof: { field: 受付番号, as: receipt }"),
        (Some("commit"), "verify", "verify: none"),
        (Some("verify"), "look", "look: { browser.open: /search }"),
        (Some("verify"), "present", "present: { text: 登録済 }"),
        (Some("verify"), "absent", "absent: { text: 該当するデータはありません }"),
        (Some("if"), "then", "then: { reject: 住所が市外です }"),
        (Some("for_each"), "do", "do: { log: \"${{ each }}\" }"),
        (Some("repeat_until"), "do", "do: { browser.click: 次へ }"),
        (Some("repeat_until"), "max", "max: 50"),
        (Some("group"), "do", "do: { browser.click: 次へ }"),
        (Some("ask"), "as", "as: 答え"),
    ];
    let found = LINES.iter().find(|(of, entry, _)| *of == owner && *entry == name);
    found.map(|(.., line)| *line)
}

/// Whether an entry that stands in another one belongs to the file itself.
fn is_top(owner: Option<&str>, name: &str) -> bool {
    const TOP: &[&str] = &[
        "system", "schedule", "allow", "items", "start", "before", "steps", "after",
    ];
    owner.is_some() && TOP.contains(&name)
}

/// The entry that one which stands elsewhere belongs to.
fn home(owner: Option<&str>, name: &str) -> Option<&'static str> {
    const HOMES: &[(&str, &[&str])] = &[
        (
            "items",
            &["key", "from", "sample", "columns", "reject", "keep", "ledger"],
        ),
        ("commit", &["proof", "refused", "already", "verify"]),
        ("verify", &["present", "absent"]),
    ];
    let (home, _) = HOMES.iter().find(|(_, names)| names.contains(&name))?;
    (owner != Some(home)).then_some(home)
}

/// More unknown names than this in one map help nobody.
const MAX_UNKNOWN: usize = 50;
/// The longest word that is compared with others, in bytes.
const MAX_WORD: usize = 256;

/// The nearest of some words, if it is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    // A Japanese word is short: one sign of two may be wrong.
    let enough = if word.is_ascii() { 0.6 } else { 0.5 };
    words
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(nearness, _)| *nearness >= enough)
        // Of two that are as near, the one that is listed first.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// Words in the order of their nearness to one; those that are as near stay in their order.
pub(crate) fn closest_first<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let nearness = |candidate: &str| match word.len() > MAX_WORD {
        true => 0.0,
        false => strsim::normalized_damerau_levenshtein(word, candidate),
    };
    let mut words: Vec<(f64, &str)> = words.into_iter().map(|word| (nearness(word), word)).collect();
    words.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    words.into_iter().map(|(_, word)| word).collect()
}

/// Words in a row.
pub(crate) fn join<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    words
        .into_iter()
        .map(|word| word.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The name that a Japanese word, or a word of another product, stands for.
fn translated(word: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        ("名前", "name"),
        ("名称", "name"),
        ("title", "name"),
        ("目的", "purpose"),
        ("description", "purpose"),
        ("システム", "system"),
        ("予定", "schedule"),
        ("スケジュール", "schedule"),
        ("cron", "schedule"),
        ("明細", "items"),
        ("手順", "steps"),
        ("tasks", "steps"),
        ("キー", "key"),
        ("列", "columns"),
        ("見本", "sample"),
        ("差し戻し", "reject"),
        ("事前", "before"),
        ("事後", "after"),
        ("steps", "do"),
        ("then", "do"),
        ("do", "then"),
        ("証拠", "evidence"),
        ("出来た印", "proof"),
        ("断られた印", "refused"),
        ("有る印", "present"),
        ("無い印", "absent"),
    ];
    WORDS.iter().find(|(from, _)| *from == word).map(|(_, to)| *to)
}
