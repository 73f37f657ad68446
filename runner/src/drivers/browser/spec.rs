//! Which browser is to be started, and how.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::platform::processes;

/// Where the WebDriver is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DriverAt {
    /// We start this program ourselves, on a free port, and end it.
    Own(PathBuf),
    /// Somebody else's driver or a Selenium Grid, by its `http://` address.
    Url(String),
}

/// What a session needs to start.
#[derive(Debug, Clone)]
pub struct BrowserSpec {
    /// Where the driver is.
    pub driver: DriverAt,
    /// The browser program; `None` leaves it to the driver.
    pub browser: Option<PathBuf>,
    /// Without a window on a screen.
    pub headless: bool,
    /// The window's width and height in pixels.
    pub window: (u32, u32),
    /// The folder in which each session gets a private profile folder. Used with an own driver only.
    pub profiles: PathBuf,
    /// The folder for downloads; `None` puts them into the private folder, where they end with the session.
    pub downloads: Option<PathBuf>,
    /// A short word that marks this run in the profile folder's name (ASCII letters, digits, hyphens).
    pub marker: String,
    /// How long an action waits for its target when the call does not say.
    pub wait: Duration,
    /// How long a page may load.
    pub page_load: Duration,
    /// How long the driver may take to answer anything at all, before it counts as hung: longer than its own limits, with
    /// which it answers by itself that a page or a script has taken too long.
    pub command: Duration,
    /// More arguments for the browser.
    pub arguments: Vec<String>,
    /// Whether what is done in the browser will be heard, for a recording.
    pub hear: bool,
}

impl BrowserSpec {
    /// An own driver and browser with the usual settings.
    pub fn new(driver: impl Into<PathBuf>, profiles: impl Into<PathBuf>, marker: impl Into<String>) -> Self {
        Self {
            driver: DriverAt::Own(driver.into()),
            browser: None,
            headless: true,
            window: (1280, 1000),
            profiles: profiles.into(),
            downloads: None,
            marker: marker.into(),
            wait: Duration::from_secs(10),
            page_load: Duration::from_secs(60),
            command: Duration::from_secs(120),
            arguments: Vec::new(),
            hear: false,
        }
    }

    /// The capabilities of the new session. Dialogs stay open until they are answered (`unhandledPromptBehavior: ignore`): a
    /// driver that answers them by itself would answer 「登録しますか」.
    pub(super) fn capabilities(&self, profile: Option<&Path>) -> Map<String, Value> {
        let mut prefs = json!({
            "intl.accept_languages": "ja,en-US,en",
            "credentials_enable_service": false,
            "profile.password_manager_enabled": false,
            "translate.enabled": false,
            "download.prompt_for_download": false,
        });
        let private = profile.and_then(Path::parent).map(|folder| folder.join("downloads"));
        if let Some(downloads) = self.downloads.clone().or(private) {
            prefs["download.default_directory"] = json!(downloads.to_string_lossy());
        }
        let mut options = json!({ "args": self.browser_arguments(profile), "prefs": prefs });
        if let Some(browser) = &self.browser {
            options["binary"] = json!(browser.to_string_lossy());
        }
        let mut all = Map::new();
        all.insert("browserName".to_owned(), json!("chrome"));
        all.insert("unhandledPromptBehavior".to_owned(), json!("ignore"));
        all.insert("pageLoadStrategy".to_owned(), json!("normal"));
        if self.hear {
            all.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        }
        all.insert("goog:chromeOptions".to_owned(), options);
        all
    }

    pub(super) fn browser_arguments(&self, profile: Option<&Path>) -> Vec<String> {
        let (width, height) = self.window;
        let mut args: Vec<String> = [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=Translate,OptimizationHints,MediaRouter",
            "--lang=ja",
        ]
        .map(str::to_owned)
        .into();
        args.push(format!("--window-size={width},{height}"));
        if self.headless {
            args.push("--headless".to_owned());
        }
        if let Some(profile) = profile {
            args.push(profile_argument(profile));
            // Chromium refuses to start as the administrator with its sandbox on.
            if processes::is_root() {
                args.push("--no-sandbox".to_owned());
            }
        }
        args.extend(self.arguments.iter().cloned());
        args
    }
}

/// The argument that names the profile folder; it also marks a browser as ours beyond doubt.
pub(super) fn profile_argument(profile: &Path) -> String {
    format!("--user-data-dir={}", profile.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(spec: &BrowserSpec, profile: Option<&Path>) -> Vec<String> {
        let capabilities = spec.capabilities(profile);
        serde_json::from_value(capabilities["goog:chromeOptions"]["args"].clone()).unwrap()
    }

    #[test]
    fn dialogs_are_never_answered_by_the_driver() {
        let spec = BrowserSpec::new("chromedriver", "/tmp", "t");
        assert_eq!(spec.capabilities(None)["unhandledPromptBehavior"], "ignore");
    }

    #[test]
    fn a_foreign_driver_gets_no_local_profile_and_no_sandbox_change() {
        let spec = BrowserSpec::new("chromedriver", "/tmp", "t");
        let remote = arguments(&spec, None);
        assert!(
            !remote
                .iter()
                .any(|arg| arg.starts_with("--user-data-dir") || arg == "--no-sandbox"),
            "{remote:?}"
        );
        let own = arguments(&spec, Some(Path::new("/tmp/p")));
        assert!(own.contains(&"--user-data-dir=/tmp/p".to_owned()), "{own:?}");
    }

    #[test]
    fn downloads_stay_in_the_private_folder_unless_told_otherwise() {
        let folder = |spec: &BrowserSpec| {
            let all = spec.capabilities(Some(Path::new("/tmp/yakin-1/profile")));
            all["goog:chromeOptions"]["prefs"]["download.default_directory"].clone()
        };
        let mut spec = BrowserSpec::new("chromedriver", "/tmp", "t");
        assert_eq!(folder(&spec), "/tmp/yakin-1/downloads");
        spec.downloads = Some(PathBuf::from("/srv/inbox"));
        assert_eq!(folder(&spec), "/srv/inbox");
    }
}
