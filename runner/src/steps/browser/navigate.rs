//! `browser.open`, `browser.back`, `browser.reload`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::session;
use super::values::Nothing;
use crate::scenario::address::origin_of;
use crate::scenario::model::Effect;
use crate::steps::{Help, Step, StepCx, StepError, StepOutput};
use crate::text::{Message, codes};
use crate::value::Text;

/// 画面のアドレス。/ で始めると、そのシステムのアドレスに続けます。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Open(Text);

impl Step for Open {
    const NAME: &'static str = "browser.open";
    const HELP: Help = Help {
        ja: "画面を開きます。/ で始まるアドレスは、システムのアドレスに続けます。",
        en: "Opens a page. An address that begins with / belongs to the system's.",
    };
    const EXAMPLE: &'static str = "browser.open: /login";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let url = address(&self.0.0, cx.base, cx.hosts).map_err(|refusal| StepError::Forbidden(Box::new(refusal)))?;
        session(cx)?.open(&url).await?;
        Ok(StepOutput::default())
    }
}

/// The whole address of a page, if it may be opened: below the system's own, or at a granted host.
fn address(wanted: &str, base: Option<&str>, hosts: &[String]) -> Result<String, Message> {
    let wanted = wanted.trim();
    let forbidden = || Message::new(codes::ADDRESS_FORBIDDEN).with("address", wanted);
    // Browsers leave these out while they read an address, so it would not be the one that was checked.
    if wanted.chars().any(char::is_control) {
        return Err(forbidden());
    }
    if has_scheme(wanted) {
        let granted = origin_of(wanted).filter(|host| hosts.iter().any(|known| known.eq_ignore_ascii_case(host)));
        return granted.map(|_| wanted.to_owned()).ok_or_else(forbidden);
    }
    let base = base.ok_or_else(|| Message::new(codes::NO_SYSTEM_ADDRESS).with("address", wanted))?;
    let base = base.trim_end_matches('/');
    let joint = if wanted.starts_with(['/', '?', '#']) || wanted.is_empty() {
        ""
    } else {
        "/"
    };
    let url = format!("{base}{joint}{wanted}");
    if origin_of(&url).is_none() || origin_of(&url) != origin_of(base) {
        return Err(forbidden());
    }
    Ok(url)
}

/// Whether an address names its scheme (RFC 3986 §3.1): `https:`, but also `javascript:`, `file:`, `data:`.
fn has_scheme(address: &str) -> bool {
    let name = |scheme: &str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    address.split_once(':').is_some_and(|(scheme, _)| name(scheme))
}

/// 何も書きません。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Back(Nothing);

impl Step for Back {
    const NAME: &'static str = "browser.back";
    const HELP: Help = Help {
        ja: "前の画面に戻ります（ブラウザーの「戻る」）。",
        en: "Goes one page back.",
    };
    const EXAMPLE: &'static str = "browser.back:";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        session(cx)?.back().await?;
        Ok(StepOutput::default())
    }
}

/// 何も書きません。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Reload(Nothing);

impl Step for Reload {
    const NAME: &'static str = "browser.reload";
    const HELP: Help = Help {
        ja: "画面を読み込み直します。",
        en: "Loads the page again.",
    };
    const EXAMPLE: &'static str = "browser.reload:";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        session(cx)?.reload().await?;
        Ok(StepOutput::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(wanted: &str) -> Result<String, String> {
        let hosts = ["uketsuke.city.example".to_owned(), "127.0.0.1:8080".to_owned()];
        address(wanted, Some("https://uketsuke.city.example/app"), &hosts).map_err(|message| message.code.into_owned())
    }

    #[test]
    fn paths_belong_to_the_system() {
        let base = "https://uketsuke.city.example/app";
        for (wanted, rest) in [
            ("/login", "/login"),
            ("login", "/login"),
            ("/search?no=1:2", "/search?no=1:2"),
            ("?page=2", "?page=2"),
            ("//evil.example/", "//evil.example/"),
            (r"\\evil.example", r"/\\evil.example"),
            ("@evil.example", "/@evil.example"),
            ("検索/一覧", "/検索/一覧"),
        ] {
            assert_eq!(open(wanted), Ok(format!("{base}{rest}")), "{wanted}");
        }
        let none = address("/login", None, &[]).expect_err("no system");
        assert!(none.is(codes::NO_SYSTEM_ADDRESS));
    }

    #[test]
    fn other_hosts_and_schemes_are_refused() {
        assert!(open("http://127.0.0.1:8080/x").is_ok());
        assert!(open("https://UKETSUKE.city.example/x").is_ok());
        for wanted in [
            "https://evil.example/",
            "https://uketsuke.city.example@evil.example/",
            "https://uketsuke.city.example.evil.example/",
            "http://127.0.0.1:8081/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "chrome://settings",
            "view-source:https://uketsuke.city.example/",
            "blob:https://uketsuke.city.example/x",
        ] {
            assert_eq!(open(wanted), Err(codes::ADDRESS_FORBIDDEN.0.to_owned()), "{wanted}");
        }
    }
}
