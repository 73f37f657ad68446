//! A browser session: started, asked for its pages, ended.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{Capabilities, TimeoutConfiguration, WebDriver, WindowHandle};

use super::error::BrowserError;
use super::locator::Target;
use super::page::{Answer, LIBRARY};
use super::process::DriverProcess;
use super::spec::{BrowserSpec, DriverAt};

/// The driver ends a script after this long; ours answer long before.
pub(super) const SCRIPT_TIMEOUT: Duration = Duration::from_secs(90);
/// How long a polite end may take before the processes are ended.
const QUIT_WAIT: Duration = Duration::from_secs(5);

/// One browser with its driver. Dropping it ends both; [`Session::quit`] does so without blocking.
#[derive(Debug)]
pub struct Session {
    pub(super) driver: WebDriver,
    /// The driver that we started; it outlives `driver` and goes last.
    process: Option<DriverProcess>,
    pub(super) library: Arc<str>,
    /// Whether the document is taken for a new one, which has no library yet.
    pub(super) new_document: bool,
    /// The origins whose pages may be read and written; `None`: all.
    pub(super) origins: Option<Vec<String>>,
    /// Whether the driver stands in a frame, left there by the last action.
    pub(super) in_frame: bool,
    /// The frame that targets are looked for in, when they name none.
    pub(super) frame: Option<String>,
    /// The windows known so far, in the order in which they were used; the last one is the current one.
    pub(super) windows: Vec<WindowHandle>,
    wait: Duration,
}

impl Session {
    /// Starts a driver of our own, or goes to the one named by its address, and opens a browser.
    ///
    /// # Errors
    /// [`BrowserError::DriverMissing`], [`BrowserError::BrowserMissing`], [`BrowserError::VersionMismatch`],
    /// [`BrowserError::DriverStart`], [`BrowserError::DriverLost`], [`BrowserError::Profile`]. Nothing is left running.
    pub async fn start(spec: &BrowserSpec) -> Result<Self, BrowserError> {
        let mut process = match &spec.driver {
            DriverAt::Own(program) => Some(DriverProcess::start(program, &spec.profiles, &spec.marker).await?),
            DriverAt::Url(_) => None,
        };
        let url = match (&process, &spec.driver) {
            (Some(process), _) => process.url().to_owned(),
            (None, DriverAt::Url(url)) => url.clone(),
            (None, DriverAt::Own(_)) => {
                return Err(BrowserError::DriverStart {
                    detail: "no driver".to_owned(),
                });
            }
        };
        let profile = process.as_ref().map(DriverProcess::profile);
        let capabilities = Capabilities::from(spec.capabilities(profile.as_deref()));
        let driver = WebDriver::builder(url, capabilities)
            .request_timeout(spec.command)
            .await?;
        let mut session = Self {
            driver,
            process: None,
            library: Arc::from(LIBRARY),
            new_document: false,
            origins: None,
            in_frame: false,
            frame: None,
            windows: Vec::new(),
            wait: spec.wait,
        };
        if let (Some(process), Some(pid)) = (&mut process, session.browser_pid()) {
            process.set_browser(pid)?;
        }
        session.process = process;
        session.prepare(spec).await?;
        Ok(session)
    }

    async fn prepare(&mut self, spec: &BrowserSpec) -> Result<(), BrowserError> {
        let timeouts = TimeoutConfiguration::new(Some(SCRIPT_TIMEOUT), Some(spec.page_load), Some(Duration::ZERO));
        self.driver.update_timeouts(timeouts).await?;
        self.windows = vec![self.driver.window().await?];
        Ok(())
    }

    /// From now on only pages of these origins are read and written, wherever links and redirects lead: the page itself
    /// looks where it is in the same call, so nothing can change between looking and writing. An origin is written
    /// `uketsuke.city.example` (https, or this machine) or `http://uketsuke.city.example`; `None` is any page.
    pub fn keep_to(&mut self, origins: Option<&[String]>) {
        self.origins = origins.map(|origins| origins.iter().map(|origin| origin.to_lowercase()).collect());
    }

    /// How long actions wait for their target unless told otherwise.
    pub fn default_wait(&self) -> Duration {
        self.wait
    }

    /// The browser and its version, as the driver names them.
    pub fn browser_name(&self) -> String {
        let word = |key| {
            self.driver
                .capabilities()
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        format!("{} {}", word("browserName"), word("browserVersion"))
            .trim()
            .to_owned()
    }

    /// The browser's process number, if the driver tells it.
    pub fn browser_pid(&self) -> Option<u32> {
        self.driver
            .capabilities()
            .get("goog:processID")
            .and_then(Value::as_u64)
            .and_then(|pid| u32::try_from(pid).ok())
    }

    /// The driver's address, where another session may be started.
    pub fn driver_url(&self) -> String {
        self.driver.server_url().to_string()
    }

    /// Loads an address and waits until the page is there.
    ///
    /// # Errors
    /// [`BrowserError::Unreachable`] with Chromium's code; [`BrowserError::Timeout`] after the page-load limit. An HTTP error
    /// status is a page like any other: what it says is for signs to tell.
    pub async fn open(&mut self, url: &str) -> Result<(), BrowserError> {
        self.frame = None;
        self.leave_frames().await?;
        let unreachable = |code: &str| BrowserError::Unreachable {
            url: url.to_owned(),
            code: code.to_owned(),
        };
        if let Err(error) = self.driver.goto(url).await {
            if matches!(
                error.as_inner(),
                WebDriverErrorInner::InvalidArgument(_) | WebDriverErrorInner::InvalidUrl(_)
            ) {
                return Err(unreachable("ERR_INVALID_URL"));
            }
            return Err(match BrowserError::from(error) {
                BrowserError::Unreachable { code, .. } => unreachable(&code),
                other => other,
            });
        }
        // Chromium shows some failures (unsafe ports) as a page of its own, and the driver reports success.
        let shown = self.driver.execute("return location.protocol;", Vec::new()).await?;
        if shown.json().as_str() == Some("chrome-error:") {
            return Err(unreachable("ERR_FAILED"));
        }
        self.new_document = true;
        Ok(())
    }

    /// One page back in the history.
    ///
    /// # Errors
    /// As for every command: [`BrowserError::DialogOpen`], [`BrowserError::SessionLost`], [`BrowserError::DriverLost`].
    pub async fn back(&mut self) -> Result<(), BrowserError> {
        self.leave_frames().await?;
        Ok(self.driver.back().await?)
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// As for every command.
    pub async fn reload(&mut self) -> Result<(), BrowserError> {
        self.leave_frames().await?;
        Ok(self.driver.refresh().await?)
    }

    /// The address of the page.
    ///
    /// # Errors
    /// As for every command.
    pub async fn url(&mut self) -> Result<String, BrowserError> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// The title of the page.
    ///
    /// # Errors
    /// As for every command.
    pub async fn title(&mut self) -> Result<String, BrowserError> {
        Ok(self.driver.title().await?)
    }

    /// What a person reads on the page, line by line, over all frames, at most `max` characters.
    ///
    /// # Errors
    /// As for every command.
    pub async fn visible_text(&mut self, max: usize) -> Result<String, BrowserError> {
        self.text(max, false).await
    }

    /// The same for somebody's eyes: what a picture would cover because of where it stands is covered.
    ///
    /// # Errors
    /// As for every command.
    pub async fn covered_text(&mut self, max: usize) -> Result<String, BrowserError> {
        self.text(max, true).await
    }

    async fn text(&mut self, max: usize, covered: bool) -> Result<String, BrowserError> {
        #[derive(serde::Deserialize)]
        struct Reply {
            value: String,
        }
        let request = json!({ "op": "text", "frame": self.frame, "covered": covered });
        match self.ask::<Reply>(&request).await? {
            Answer::Got(reply) => Ok(reply.value.chars().take(max).collect()),
            Answer::Failed(failure) => Err(failure.into_error(String::new(), Duration::ZERO)),
        }
    }

    /// From now on targets that name no frame are looked for in this frame only.
    ///
    /// # Errors
    /// [`BrowserError::NotFound`] if there is none with this name, id or title.
    pub async fn enter_frame(&mut self, name: &str, wait: Duration) -> Result<(), BrowserError> {
        let _: Value = self
            .ask_until(name, json!({ "op": "frame", "name": name }), wait)
            .await?;
        self.frame = Some(name.to_owned());
        Ok(())
    }

    /// From now on targets are looked for everywhere again.
    pub fn leave_frame(&mut self) {
        self.frame = None;
    }

    /// Waits until a target is there, and reads it: an input's value, a heading's value, or the element's text.
    ///
    /// # Errors
    /// [`BrowserError::NotFound`], [`BrowserError::Ambiguous`], and as for every command.
    pub async fn read(&mut self, target: &Target, wait: Duration) -> Result<String, BrowserError> {
        #[derive(serde::Deserialize)]
        struct Reply {
            value: String,
        }
        let reply: Reply = self
            .ask_until(&target.wanted(), json!({ "op": "read", "target": target }), wait)
            .await?;
        Ok(reply.value)
    }

    /// Whether every sign of a text is drawn as itself: signs that the fonts do not have all look alike.
    ///
    /// # Errors
    /// As for every command.
    pub async fn draws(&mut self, text: &str) -> Result<bool, BrowserError> {
        const LOOK: &str = "const area = document.createElement('canvas').getContext('2d');
            const drawn = [...arguments[0]].map(sign => {
                area.clearRect(0, 0, 300, 150);
                area.font = '60px sans-serif';
                area.fillText(sign, 20, 100);
                return area.canvas.toDataURL();
            });
            return new Set(drawn).size === drawn.length;";
        let answer = self.driver.execute(LOOK, vec![json!(text)]).await?;
        Ok(answer.json().as_bool() == Some(true))
    }

    /// Ends browser and driver and deletes the profile, whatever state they are in.
    ///
    /// # Errors
    /// [`BrowserError::NotEnded`] if a process of ours still runs; [`BrowserError::Profile`] if the profile, which may hold
    /// personal data, could not be deleted. After `Ok` an own driver and browser are dead for certain.
    pub async fn quit(mut self) -> Result<(), BrowserError> {
        // A browser that does not end politely is ended below.
        let _ = tokio::time::timeout(QUIT_WAIT, self.driver.clone().quit()).await;
        let _ = self.driver.clone().leak();
        match self.process.take() {
            Some(process) => process.end().await,
            None => Ok(()),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.process.is_some() {
            // Our own processes are killed right after this; without it thirtyfour would block on a polite end.
            let _ = self.driver.clone().leak();
        }
    }
}
