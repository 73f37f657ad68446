//! Pictures of the page, with everything covered that must not be seen.

use serde::Serialize;
use serde_json::{Value, json};

use super::error::BrowserError;
use super::locator::Locator;
use super::page::Answer;
use super::session::Session;

/// How often a picture is taken again when the page changed under its masks.
const TRIES: u32 = 5;

/// What is covered in a picture, besides every password input, every field that was filled with [`Privacy::Private`], and all
/// that stands under a heading which names personal data (the list is in `page/personal.js`). Frames of other origins are
/// covered whole; text in images and canvases is not read, and is covered by `targets`.
///
/// [`Privacy::Private`]: super::Privacy::Private
#[derive(Clone, Default, Serialize)]
pub struct MaskSpec {
    /// Texts to be covered wherever they stand, whatever their width and hyphens.
    pub values: Vec<String>,
    /// Elements to be covered.
    pub targets: Vec<Locator>,
    /// Whether 個人番号 (12 digits with a valid check digit) are covered.
    pub personal_numbers: bool,
}

/// The values are secret.
impl std::fmt::Debug for MaskSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let values = self.values.len();
        f.debug_struct("MaskSpec")
            .field("values", &values)
            .field("targets", &self.targets)
            .field("personal_numbers", &self.personal_numbers)
            .finish()
    }
}

impl Session {
    /// A PNG of what the window shows, masked in the page before it is taken. A page that changed in between is taken again.
    ///
    /// # Errors
    /// [`BrowserError::NotMasked`] rather than a picture that may show too much; [`BrowserError::DialogOpen`]; and as for every
    /// command.
    pub async fn screenshot(&mut self, masks: &MaskSpec) -> Result<Vec<u8>, BrowserError> {
        #[derive(serde::Deserialize)]
        struct Unmasked {
            complete: bool,
        }
        for _ in 0..TRIES {
            let _: Value = self.mask_call("mask", masks).await?;
            let picture = self.driver.screenshot_as_png().await;
            let unmasked: Unmasked = self.mask_call("unmask", masks).await?;
            let picture = picture?;
            if unmasked.complete {
                return Ok(picture);
            }
        }
        Err(BrowserError::NotMasked)
    }

    async fn mask_call<T: serde::de::DeserializeOwned>(
        &mut self,
        op: &str,
        masks: &MaskSpec,
    ) -> Result<T, BrowserError> {
        match self.ask(&json!({ "op": op, "spec": masks })).await? {
            Answer::Got(reply) => Ok(reply),
            Answer::Failed(_) => Err(BrowserError::NotMasked),
        }
    }
}
