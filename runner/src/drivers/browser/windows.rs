//! Dialogs and windows.

use std::time::Duration;

use thirtyfour::WindowHandle;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::WebDriverError;

use super::error::BrowserError;
use super::session::Session;
use crate::platform::time::{Deadline, pause};

const POLL: Duration = Duration::from_millis(25);

/// What to do with a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialogAnswer {
    /// OK.
    Accept,
    /// OK, after typing this.
    AcceptWith(String),
    /// キャンセル.
    Dismiss,
}

/// Which window to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowChoice {
    /// One that was not there when a window was last chosen.
    New,
    /// The first one whose title holds this.
    Title(String),
    /// The first one whose address holds this.
    Url(String),
    /// The one with which the session began, or else the oldest.
    First,
}

impl Session {
    /// Waits for a dialog, answers it, and returns what it said.
    ///
    /// # Errors
    /// [`BrowserError::NoDialog`] if none comes, and as for every command.
    pub async fn dialog(&mut self, answer: &DialogAnswer, wait: Duration) -> Result<String, BrowserError> {
        let text = self.dialog_text(wait).await?;
        match answer {
            DialogAnswer::Accept => self.driver.accept_alert().await?,
            DialogAnswer::Dismiss => self.driver.dismiss_alert().await?,
            DialogAnswer::AcceptWith(words) => {
                self.driver.send_alert_text(words.as_str()).await?;
                self.driver.accept_alert().await?;
            }
        }
        Ok(text)
    }

    /// Waits for a dialog and returns what it says; it stays open.
    ///
    /// # Errors
    /// As for [`Session::dialog`].
    pub async fn dialog_text(&mut self, wait: Duration) -> Result<String, BrowserError> {
        let deadline = Deadline::after(wait);
        loop {
            match self.driver.get_alert_text().await {
                Ok(text) => return Ok(text),
                Err(error)
                    if matches!(error.as_inner(), WebDriverErrorInner::NoSuchAlert(_)) && !deadline.is_over() =>
                {
                    pause(POLL).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Waits for a window and goes there. Frames chosen before are left.
    ///
    /// # Errors
    /// [`BrowserError::NoWindow`] with the titles of those that are open, and as for every command.
    pub async fn switch_window(&mut self, choice: &WindowChoice, wait: Duration) -> Result<(), BrowserError> {
        let deadline = Deadline::after(wait);
        let origin = self.windows.last().cloned();
        loop {
            if let Some(handle) = self.chosen_window(choice).await? {
                return self.go_to(handle).await;
            }
            if deadline.is_over() {
                break;
            }
            pause(POLL).await;
        }
        let titles = self.window_titles().await?;
        if let Some(origin) = origin {
            self.driver.switch_to_window(origin).await?;
        }
        let looked_for = match choice {
            WindowChoice::New | WindowChoice::First => String::new(),
            WindowChoice::Title(text) | WindowChoice::Url(text) => text.clone(),
        };
        Err(BrowserError::NoWindow { looked_for, titles })
    }

    /// Closes the current window and returns to the one used before it. The last window stays open.
    ///
    /// # Errors
    /// [`BrowserError::NoWindow`] if it is the only one, and as for every command.
    pub async fn close_window(&mut self) -> Result<(), BrowserError> {
        if self.driver.windows().await?.len() < 2 {
            return Err(BrowserError::NoWindow {
                looked_for: String::new(),
                titles: vec![self.driver.title().await?],
            });
        }
        self.driver.close_window().await?;
        Ok(self.return_to_open_window().await?)
    }

    /// After a window has closed: back to the one used last among those that are open.
    pub(super) async fn return_to_open_window(&mut self) -> Result<(), WebDriverError> {
        let open = self.driver.windows().await?;
        self.windows.retain(|known| open.contains(known));
        let Some(handle) = self.windows.last().or(open.first()).cloned() else {
            return Ok(());
        };
        self.in_frame = false;
        self.frame = None;
        self.driver.switch_to_window(handle).await
    }

    async fn chosen_window(&mut self, choice: &WindowChoice) -> Result<Option<WindowHandle>, BrowserError> {
        let open = self.driver.windows().await?;
        match choice {
            WindowChoice::New => Ok(open.into_iter().rfind(|handle| !self.windows.contains(handle))),
            WindowChoice::First => Ok(self
                .windows
                .iter()
                .find(|known| open.contains(known))
                .or(open.first())
                .cloned()),
            WindowChoice::Title(wanted) => {
                for handle in open {
                    self.driver.switch_to_window(handle.clone()).await?;
                    if self.driver.title().await?.contains(wanted) {
                        return Ok(Some(handle));
                    }
                }
                Ok(None)
            }
            WindowChoice::Url(wanted) => {
                for handle in open {
                    self.driver.switch_to_window(handle.clone()).await?;
                    if self.driver.current_url().await?.as_str().contains(wanted) {
                        return Ok(Some(handle));
                    }
                }
                Ok(None)
            }
        }
    }

    async fn go_to(&mut self, handle: WindowHandle) -> Result<(), BrowserError> {
        self.driver.switch_to_window(handle.clone()).await?;
        self.in_frame = false;
        self.frame = None;
        self.windows.retain(|known| *known != handle);
        self.windows.push(handle);
        Ok(())
    }

    async fn window_titles(&mut self) -> Result<Vec<String>, BrowserError> {
        let mut titles = Vec::new();
        for handle in self.driver.windows().await? {
            self.driver.switch_to_window(handle).await?;
            titles.push(self.driver.title().await?);
        }
        Ok(titles)
    }
}
