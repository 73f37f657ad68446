//! `browser.see`, `browser.screenshot`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::session;
use super::values::Nothing;
use crate::drivers::browser::{BrowserError, Cmp, MaskSpec, Sign};
use crate::scenario::model::Effect;
use crate::steps::sign::PlainSign;
use crate::steps::{Help, Step, StepCx, StepError, StepOutput};
use crate::text::{Message, codes};
use crate::value::{Class, Classed};

/// 画面に見えるはずのもの。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct See(PlainSign);

impl Step for See {
    const NAME: &'static str = "browser.see";
    const HELP: Help = Help {
        ja: "画面に見えるまで待ちます。見えなければ else をします（else がなければ失敗です）。",
        en: "Waits until the page shows it; if it does not, `else` is done, or the step fails.",
    };
    const EXAMPLE: &'static str = "browser.see: { field: 住所, contains: 長崎市 }";
    const EFFECT: Effect = Effect::Read;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let sign = &self.0.0;
        match session(cx)?.see(sign, wait).await {
            Ok(seen) => Ok(StepOutput::value(Classed::new(seen.value, Class::Personal))),
            Err(BrowserError::NotFound { around, .. }) => {
                let names_heading = matches!(sign, Sign::Field { .. } | Sign::Row { .. });
                let listed = |names: &[String]| (!names.is_empty()).then(|| names.join("」「"));
                let message = Message::new(codes::SIGN_NOT_SEEN)
                    .with("looked_for", sign.wanted())
                    .with_some("expected", expected(sign))
                    .with_some("near", listed(&around.near))
                    .with_some("fields", listed(&around.fields).filter(|_| names_heading))
                    .with("title", around.title);
                Err(StepError::NotMet(Box::new(message)))
            }
            Err(other) => Err(other.into()),
        }
    }
}

/// The value that a sign asks for, if it asks for one.
fn expected(sign: &Sign) -> Option<String> {
    let (Sign::Text { cmp, .. } | Sign::Field { cmp, .. } | Sign::Row { cmp, .. }) = sign else {
        return None;
    };
    match cmp {
        Cmp::Exists => None,
        Cmp::Is(value) | Cmp::Contains(value) => Some(value.clone()),
    }
}

/// 何も書きません。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Screenshot(Nothing);

impl Step for Screenshot {
    const NAME: &'static str = "browser.screenshot";
    const HELP: Help = Help {
        ja: "画面の写真を残します。氏名などの個人情報と個人番号は塗りつぶします。",
        en: "Keeps a picture of the page, with personal data and 個人番号 covered.",
    };
    const EXAMPLE: &'static str = "browser.screenshot:";
    const EFFECT: Effect = Effect::Read;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let masks = MaskSpec {
            values: cx.sensitive.to_vec(),
            targets: Vec::new(),
            personal_numbers: true,
        };
        let picture = session(cx)?.screenshot(&masks).await?;
        Ok(StepOutput {
            value: Classed::default(),
            picture: Some(picture),
        })
    }
}
