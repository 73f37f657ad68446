//! `browser.dialog`, `browser.frame`, `browser.window`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, Unexpected, Visitor};

use super::session;
use crate::drivers::browser::{BrowserError, DialogAnswer, WindowChoice};
use crate::rules::width::fold_heading;
use crate::scenario::model::Effect;
use crate::steps::locate::{OneOf, words};
use crate::steps::{Help, Step, StepCx, StepError, StepOutput};
use crate::value::{Class, Classed, Flag, Text};

/// 確認の窓への答え方。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DialogArgs {
    /// accept（OK）か dismiss（キャンセル）。
    answer: Answer,
    /// 窓にあるはずの文字。違う窓なら、答えずに失敗します。
    text: Option<Text>,
    /// 窓に打つ文字。
    #[serde(rename = "type")]
    typed: Option<Text>,
}

/// 窓の答え。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// OK を押します。
    #[serde(alias = "OK", alias = "ok")]
    Accept,
    /// キャンセルを押します。
    #[serde(alias = "キャンセル", alias = "cancel")]
    Dismiss,
}

/// 確認の窓への答え。
#[derive(Debug)]
pub(super) struct Dialog(DialogArgs);

impl Step for Dialog {
    const NAME: &'static str = "browser.dialog";
    const HELP: Help = Help {
        ja: "確認の窓（OK・キャンセル）に答えます。text があれば、その窓かどうかを先に確かめます。",
        en: "Answers a dialog. With `text` it first makes sure that it is the right one.",
    };
    const EXAMPLE: &'static str = "browser.dialog: { answer: accept, text: 登録しますか }";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let session = session(cx)?;
        let DialogArgs { answer, text, typed } = &self.0;
        if let Some(Text(wanted)) = text {
            let shown = session.dialog_text(wait).await?;
            if !fold_heading(&shown).contains(&fold_heading(wanted)) {
                return Err(BrowserError::DialogOpen { text: shown }.into());
            }
        }
        let answer = match (answer, typed) {
            (Answer::Dismiss, _) => DialogAnswer::Dismiss,
            (Answer::Accept, None) => DialogAnswer::Accept,
            (Answer::Accept, Some(Text(words))) => DialogAnswer::AcceptWith(words.clone()),
        };
        let said = session.dialog(&answer, wait).await?;
        Ok(StepOutput::value(Classed::new(said, Class::Personal)))
    }
}

struct DialogVisitor;

impl<'de> Visitor<'de> for DialogVisitor {
    type Value = Dialog;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("accept, dismiss, or a map such as {answer: accept, text: 登録しますか}")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Dialog, E> {
        Ok(Dialog(DialogArgs {
            answer: Answer::deserialize(text.into_deserializer())?,
            text: None,
            typed: None,
        }))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Dialog, A::Error> {
        DialogArgs::deserialize(MapAccessDeserializer::new(map)).map(Dialog)
    }
}

impl<'de> Deserialize<'de> for Dialog {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DialogVisitor)
    }
}

impl JsonSchema for Dialog {
    fn schema_name() -> Cow<'static, str> {
        "Dialog".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let answer = generator.subschema_for::<Answer>();
        let full = generator.subschema_for::<DialogArgs>();
        json_schema!({ "anyOf": [answer, full] })
    }
}

/// 使うフレーム。
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// Only in this one.
    Enter(String),
    /// Everywhere again.
    Leave,
}

impl Step for Frame {
    const NAME: &'static str = "browser.frame";
    const HELP: Help = Help {
        ja: "この後は、このフレームの中だけで探します。{ leave: はい } で元に戻します。ふつうは要りません（すべてのフレームを探します）。",
        en: "From here on looks in this frame only; `{ leave: yes }` ends that. Seldom needed: all frames are searched.",
    };
    const EXAMPLE: &'static str = "browser.frame: main";
    const EFFECT: Effect = Effect::Read;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let session = session(cx)?;
        match self {
            Frame::Enter(name) => session.enter_frame(name, wait).await?,
            Frame::Leave => session.leave_frame(),
        }
        Ok(StepOutput::default())
    }
}

struct FrameVisitor;

impl<'de> Visitor<'de> for FrameVisitor {
    type Value = Frame;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a frame's name, or {leave: yes}")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Frame, E> {
        Ok(Frame::Enter(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Frame, A::Error> {
        match map.next_key_seed(OneOf(&["leave"]))? {
            Some(_) if map.next_value::<Flag>()?.0 => Ok(Frame::Leave),
            Some(_) => Err(A::Error::invalid_value(Unexpected::Bool(false), &"yes")),
            None => Err(A::Error::missing_field("leave")),
        }
    }
}

impl<'de> Deserialize<'de> for Frame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FrameVisitor)
    }
}

impl JsonSchema for Frame {
    fn schema_name() -> Cow<'static, str> {
        "Frame".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut leave = generator.subschema_for::<Flag>();
        leave.insert(
            "description".to_owned(),
            "はい で、すべてのフレームを探すように戻す".into(),
        );
        json_schema!({
            "anyOf": [
                { "type": "string", "description": "フレームの名前・id・題名" },
                { "type": "object", "properties": { "leave": leave }, "required": ["leave"], "additionalProperties": false },
            ]
        })
    }
}

/// 使う窓。
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// Another one.
    Go(WindowChoice),
    /// Close this one.
    Close,
}

impl Step for Window {
    const NAME: &'static str = "browser.window";
    const HELP: Help = Help {
        ja: "別の窓（タブ）に移ります。new は新しく開いた窓、first は最初の窓、close は今の窓を閉じます。",
        en: "Goes to another window: `new` is one that has just opened, `first` the first one, `close` closes this one.",
    };
    const EXAMPLE: &'static str = "browser.window: { title: 住所検索 }";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let session = session(cx)?;
        match self {
            Window::Go(choice) => session.switch_window(choice, wait).await?,
            Window::Close => session.close_window().await?,
        }
        Ok(StepOutput::default())
    }
}

struct WindowVisitor;

impl<'de> Visitor<'de> for WindowVisitor {
    type Value = Window;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("new, first, close, {title: …} or {url: …}")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Window, E> {
        match word {
            "new" => Ok(Window::Go(WindowChoice::New)),
            "first" => Ok(Window::Go(WindowChoice::First)),
            "close" => Ok(Window::Close),
            _ => Err(E::unknown_variant(word, &["new", "first", "close"])),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Window, A::Error> {
        match map.next_key_seed(OneOf(&["title", "url"]))? {
            Some("title") => Ok(Window::Go(WindowChoice::Title(words(&mut map)?))),
            Some(_) => Ok(Window::Go(WindowChoice::Url(words(&mut map)?))),
            None => Err(A::Error::missing_field("title")),
        }
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WindowVisitor)
    }
}

impl JsonSchema for Window {
    fn schema_name() -> Cow<'static, str> {
        "Window".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = |key: &str, help: &str| {
            serde_json::json!({
                "type": "object",
                "properties": { key: { "type": "string", "description": help } },
                "required": [key],
                "additionalProperties": false,
            })
        };
        json_schema!({
            "anyOf": [
                { "enum": ["new", "first", "close"] },
                one("title", "窓の題名に含まれる文字"),
                one("url", "窓のアドレスに含まれる文字"),
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_maps() {
        for (yaml, expected) in [
            ("new", Window::Go(WindowChoice::New)),
            ("close", Window::Close),
            ("{title: 検索}", Window::Go(WindowChoice::Title("検索".to_owned()))),
            ("{url: /search}", Window::Go(WindowChoice::Url("/search".to_owned()))),
        ] {
            assert_eq!(serde_yaml::from_str::<Window>(yaml).expect(yaml), expected);
        }
        assert!(serde_yaml::from_str::<Window>("検索").is_err());
        assert!(serde_yaml::from_str::<Window>("{title: a, url: b}").is_err());
        assert_eq!(
            serde_yaml::from_str::<Frame>("main").expect("name"),
            Frame::Enter("main".to_owned())
        );
        assert_eq!(
            serde_yaml::from_str::<Frame>("{leave: はい}").expect("leave"),
            Frame::Leave
        );
        assert!(serde_yaml::from_str::<Frame>("{leave: いいえ}").is_err());
    }

    #[test]
    fn dialogs_are_answered_in_two_ways() {
        for (yaml, answer) in [
            ("accept", Answer::Accept),
            ("OK", Answer::Accept),
            ("キャンセル", Answer::Dismiss),
        ] {
            assert_eq!(serde_yaml::from_str::<Dialog>(yaml).expect(yaml).0.answer, answer);
        }
        assert!(serde_yaml::from_str::<Dialog>("はい").is_err());
        assert!(serde_yaml::from_str::<Dialog>("{answer: accept, txt: x}").is_err());
    }
}
