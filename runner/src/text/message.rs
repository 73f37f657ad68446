//! A code with its arguments: what the program says before it is a sentence.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Code, Lang, catalogue, template};
use crate::value::{Class, Veil};

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// Text that may be shown anywhere.
    Open(String),
    /// Text of a class that is masked before it is written.
    Classed(String, Class),
    /// A text in pieces: those that somebody wrote may be shown, the values between them are masked by their class.
    Pieces(Vec<(String, Class)>),
    /// A number.
    Int(i64),
    /// Another message, said inside this one.
    Said(Box<Message>),
}

/// Something said to a person, in no language yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The code, as in the catalogue; a newer program may have written one that this one does not know.
    pub code: Cow<'static, str>,
    /// The arguments by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<Cow<'static, str>, Arg>,
}

/// A message in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendered {
    /// The code.
    pub code: String,
    /// What is the matter.
    pub what: String,
    /// What to do about it; may be empty.
    pub mend: String,
}

impl Message {
    /// A message without arguments.
    pub fn new(code: Code) -> Message {
        Message {
            code: Cow::Borrowed(code.0),
            args: BTreeMap::new(),
        }
    }

    /// Adds a text that may be shown anywhere.
    pub fn with(mut self, name: &'static str, text: impl Into<String>) -> Message {
        self.args.insert(Cow::Borrowed(name), Arg::Open(text.into()));
        self
    }

    /// Adds a text if there is one.
    pub fn with_some(self, name: &'static str, text: Option<impl Into<String>>) -> Message {
        match text {
            Some(text) => self.with(name, text),
            None => self,
        }
    }

    /// Adds a text of the given class.
    pub fn with_classed(mut self, name: &'static str, text: impl Into<String>, class: Class) -> Message {
        self.args.insert(Cow::Borrowed(name), Arg::Classed(text.into(), class));
        self
    }

    /// Adds a text in pieces, each with its class: what stands in a scenario stays readable around a value that is masked.
    pub fn with_pieces(mut self, name: &'static str, pieces: Vec<(String, Class)>) -> Message {
        self.args.insert(Cow::Borrowed(name), Arg::Pieces(pieces));
        self
    }

    /// Its classed texts in the class of what they were made of.
    pub fn classed(mut self, class: Class) -> Message {
        for arg in self.args.values_mut() {
            if let Arg::Classed(_, known) = arg {
                *known = class;
            }
        }
        self
    }

    /// Adds a number.
    pub fn with_int(mut self, name: &'static str, number: i64) -> Message {
        self.args.insert(Cow::Borrowed(name), Arg::Int(number));
        self
    }

    /// Adds a message said inside this one.
    pub fn with_said(mut self, name: &'static str, said: Message) -> Message {
        self.args.insert(Cow::Borrowed(name), Arg::Said(Box::new(said)));
        self
    }

    /// Covers what must not be seen in every argument that is said to be open. A classed one is masked by its class.
    pub fn hide(&mut self, veil: &Veil) {
        for arg in self.args.values_mut() {
            match arg {
                Arg::Open(said) => *said = veil.cover(said),
                Arg::Said(message) => message.hide(veil),
                Arg::Pieces(pieces) => {
                    let open = pieces.iter_mut().filter(|(_, class)| class.may_be_written());
                    open.for_each(|(said, _)| *said = veil.cover(said));
                }
                Arg::Classed(..) | Arg::Int(_) => {}
            }
        }
    }

    /// Whether this is the given message.
    pub fn is(&self, code: Code) -> bool {
        self.code == code.0
    }

    /// The message in a language. A code that the catalogue does not know is shown with its arguments as they are.
    pub fn render(&self, lang: Lang) -> Rendered {
        let lookup = |name: &str| self.args.get(name).map(|arg| arg.render(lang));
        match catalogue::find(&self.code) {
            Some(entry) => {
                let sentence = match lang {
                    Lang::Ja => entry.ja,
                    Lang::En => entry.en,
                };
                Rendered {
                    code: self.code.to_string(),
                    what: template::fill(sentence.what, &lookup),
                    mend: template::fill(sentence.mend, &lookup),
                }
            }
            None => {
                let args: Vec<String> = self
                    .args
                    .iter()
                    .map(|(name, arg)| format!("{name}={}", arg.render(lang)))
                    .collect();
                Rendered {
                    code: self.code.to_string(),
                    what: format!("{} {}", self.code, args.join(" ")),
                    mend: String::new(),
                }
            }
        }
    }

    /// Only the sentence that says what is the matter.
    pub fn what(&self, lang: Lang) -> String {
        self.render(lang).what
    }
}

impl Arg {
    fn render(&self, lang: Lang) -> String {
        match self {
            Arg::Open(text) | Arg::Classed(text, _) => text.clone(),
            Arg::Pieces(pieces) => pieces.iter().map(|(text, _)| text.as_str()).collect(),
            Arg::Int(number) => number.to_string(),
            Arg::Said(message) => message.what(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codes;
    use crate::value::Value;

    #[test]
    fn what_must_not_be_seen_is_hidden_wherever_it_stands() {
        let inner = Message::new(codes::NOT_FOUND)
            .with("looked_for", "森 一郎の行")
            .with("title", "一覧");
        let mut message = Message::new(codes::CELL_REFUSED)
            .with("column", "氏名")
            .with_said("said", inner);
        let mut veil = Veil::default();
        veil.add(&Value::from("森　一郎"), Class::Personal);
        message.hide(&veil);
        let said = message.what(Lang::Ja);
        assert!(said.contains("＊＊＊の行") && !said.contains("森"), "{said}");
        let pieces = [("森一郎様が ", Class::Open), ("森一郎", Class::Personal)];
        let pieces = pieces.map(|(text, class)| (text.to_owned(), class)).to_vec();
        let mut message = Message::new(codes::LOG_LINE).with_pieces("text", pieces);
        message.hide(&veil);
        assert_eq!(
            message.what(Lang::Ja),
            "＊＊＊様が 森一郎",
            "values are masked by their class"
        );
    }
}
