//! `browser.click`, `browser.press`.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::{note_spare, session};
use crate::drivers::browser::Session;
use crate::scenario::model::Effect;
use crate::steps::locate::TargetArg;
use crate::steps::{Help, Step, StepCx, StepError, StepOutput};
use crate::value::Text;

/// 押すもの。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Click(TargetArg);

impl Step for Click {
    const NAME: &'static str = "browser.click";
    const HELP: Help = Help {
        ja: "ボタンやリンクを押します。押せるようになるまで待ちます。",
        en: "Clicks a button or link, once it can be clicked.",
    };
    const EXAMPLE: &'static str = "browser.click: { link: 新規登録 }";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let target = &self.0.0;
        let matched = session(cx)?.click(target, wait).await?;
        note_spare(cx, target, &matched);
        Ok(StepOutput::default())
    }

    async fn ready(&self, session: &mut Session, wait: Duration) -> Result<(), StepError> {
        session.clickable(&self.0.0, wait).await?;
        Ok(())
    }
}

/// 押すキー。
#[derive(Debug)]
pub(super) struct Press(PressArgs);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PressArgs {
    /// キーの名前（Enter、Tab、F1、ctrl+a など）。
    key: Text,
    /// キーを押す入力欄。なければ、今カーソルのあるところで押します。
    #[serde(rename = "in")]
    target: Option<TargetArg>,
}

impl Step for Press {
    const NAME: &'static str = "browser.press";
    const HELP: Help = Help {
        ja: "キーを押します（Enter、Tab、F1、ctrl+a など）。",
        en: "Presses a key (Enter, Tab, F1, ctrl+a and so on).",
    };
    const EXAMPLE: &'static str = "browser.press: { key: Enter, in: 請求番号 }";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let target = self.0.target.as_ref().map(|target| &target.0);
        session(cx)?.press(target, &self.0.key.0, wait).await?;
        Ok(StepOutput::default())
    }
}

struct PressVisitor;

impl<'de> Visitor<'de> for PressVisitor {
    type Value = Press;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key or a map such as {key: Enter, in: 請求番号}")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Press, E> {
        let key = Text(key.to_owned());
        Ok(Press(PressArgs { key, target: None }))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Press, A::Error> {
        PressArgs::deserialize(MapAccessDeserializer::new(map)).map(Press)
    }
}

impl<'de> Deserialize<'de> for Press {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PressVisitor)
    }
}

impl JsonSchema for Press {
    fn schema_name() -> Cow<'static, str> {
        "Press".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let full = generator.subschema_for::<PressArgs>();
        json_schema!({ "anyOf": [{ "type": "string", "description": "キーの名前" }, full] })
    }
}
