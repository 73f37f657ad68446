//! The least of a browser, and what it fills in.

#![expect(clippy::unwrap_used, reason = "a helper that fails should fail its test")]

use std::path::Path;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use yakin::practice::{City, CommitFault, Faults, Options, PASSWORD, RunningCity, USER_ID};

/// What came back; the body of a page in another encoding is read as far as it is ASCII.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) raw: Vec<u8>,
    pub(crate) body: String,
}

impl Answer {
    /// A whole answer, or nothing.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Answer> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let (head, raw) = (
            String::from_utf8_lossy(&bytes[..end]).into_owned(),
            bytes[end + 4..].to_vec(),
        );
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let answer = Answer {
            status,
            head,
            body: String::from_utf8_lossy(&raw).into_owned(),
            raw,
        };
        let length: usize = answer.header("content-length")?.parse().ok()?;
        (answer.raw.len() == length).then_some(answer)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The cell after a heading, as a reader of the page sees it.
    pub(crate) fn cell(&self, heading: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("<th>{heading}</th><td>"))?;
        rest.split_once("</td>").map(|(cell, _)| cell)
    }
}

/// The least of a browser: one cookie, one request per connection.
pub(crate) struct Browser {
    pub(crate) host: String,
    pub(crate) cookie: String,
}

impl Browser {
    pub(crate) fn new(city: &RunningCity) -> Browser {
        Browser {
            host: city.base_url().replace("http://", ""),
            cookie: String::new(),
        }
    }

    pub(crate) async fn logged_in(city: &RunningCity) -> Browser {
        let mut browser = Browser::new(city);
        assert_eq!(browser.login(PASSWORD).await.header("location"), Some("menu"));
        browser
    }

    pub(crate) async fn login(&mut self, password: &str) -> Answer {
        let answer = self
            .post("login", &[("USER_ID", USER_ID), ("PASSWORD", password)])
            .await;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        self.cookie = cookie.unwrap_or_default().to_owned();
        answer
    }

    pub(crate) async fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).await.unwrap();
        let (host, cookie, length) = (&self.host, &self.cookie, body.len());
        let request = format!(
            "{method} /uketsuke/{path} HTTP/1.1\r\nHost: {host}\r\nCookie: other=1; {cookie}\r\nConnection: close\r\n\
             Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// The answer, or nothing when the connection ended before all of it came.
    pub(crate) async fn ask(&self, method: &str, path: &str, kind: &str, body: &str) -> Option<Answer> {
        let mut bytes = Vec::new();
        self.send(method, path, kind, body)
            .await
            .read_to_end(&mut bytes)
            .await
            .ok()?;
        Answer::parse(&bytes)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "text/plain", "").await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.try_post(path, fields).await.unwrap()
    }

    pub(crate) async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        self.ask("POST", path, FORM, &encoded(fields)).await
    }

    pub(crate) async fn register(&self, request_no: &str) -> Option<Answer> {
        self.try_post("new", &hanako(request_no)).await
    }

    pub(crate) async fn count(&self) -> String {
        self.get("register/count").await.body
    }
}

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A sound form for a resident.
pub(crate) fn hanako(request_no: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("SEIKYU_NO", request_no),
        ("SHIMEI", "髙橋　花子"),
        ("FURIGANA", "タカハシ　ハナコ"),
        ("GENGO", "昭和"),
        ("NEN", "51"),
        ("TSUKI", "3"),
        ("HI", "4"),
        ("YUBIN", "850-0032"),
        ("JUSHO", "長崎県長崎市興善町"),
        ("TSUSU", "1"),
        ("TESURYO", "300"),
        ("HONNIN", "旅券"),
        ("HONNIN", "運転免許証"),
    ]
}

pub(crate) async fn city(faults: Faults) -> RunningCity {
    City::start(Options {
        faults,
        ..Options::default()
    })
    .await
    .unwrap()
}

pub(crate) async fn city_with_file(state: &Path, faults: Faults) -> RunningCity {
    City::start(Options {
        state: Some(state.to_owned()),
        faults,
        ..Options::default()
    })
    .await
    .unwrap()
}

pub(crate) fn commit(commit: CommitFault) -> Faults {
    Faults {
        commit,
        ..Faults::default()
    }
}
