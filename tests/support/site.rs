//! A small web site on a free loopback port: the pages of `fixtures/pages`, a postcode look-up, and a register that counts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A running site. Its threads end with the test program.
pub(crate) struct Site {
    port: u16,
    posts: Arc<Mutex<Vec<String>>>,
}

impl Site {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let posts = Arc::new(Mutex::new(Vec::new()));
        let register = Arc::clone(&posts);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let register = Arc::clone(&register);
                thread::spawn(move || answer(stream, &register));
            }
        });
        Self { port, posts }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// The bodies of all forms sent so far that hold `mark`.
    pub(crate) fn posts_with(&self, mark: &str) -> Vec<String> {
        self.posts
            .lock()
            .unwrap()
            .iter()
            .filter(|body| body.contains(mark))
            .cloned()
            .collect()
    }
}

/// One request on one connection. A browser that hangs up early is no failure of the test.
fn answer(mut stream: TcpStream, posts: &Mutex<Vec<String>>) {
    let Ok(clone) = stream.try_clone() else { return };
    let mut reader = BufReader::new(clone);
    let mut first = String::new();
    let mut length = 0;
    let mut line = String::new();
    if reader.read_line(&mut first).is_err() {
        return;
    }
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let path = first.split(' ').nth(1).unwrap_or("/");
    let (kind, content) = if first.starts_with("POST") {
        posts.lock().unwrap().push(String::from_utf8_lossy(&body).into_owned());
        ("text/html", page("registered.html"))
    } else {
        route(path)
    };
    let attached = if kind == "text/csv" {
        "Content-Disposition: attachment\r\n"
    } else {
        ""
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n{attached}Content-Length: {}\r\nConnection: close\r\n\r\n",
        content.len()
    );
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(&content));
}

fn route(path: &str) -> (&'static str, Vec<u8>) {
    let path = path.split('?').next().unwrap_or_default().trim_start_matches('/');
    match path {
        "postal/8500001" => ("text/plain", "長崎県長崎市西山".into()),
        "postal/1000001" => ("text/plain", "東京都千代田区千代田".into()),
        "download.csv" => ("text/csv", "受付番号\r\n".into()),
        "slow-registered.html" => {
            // The old page must have time to be mistaken for the new one.
            thread::park_timeout(Duration::from_millis(700));
            ("text/html", page("registered.html"))
        }
        name => ("text/html", page(name)),
    }
}

fn page(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/pages");
    let known = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let content = known.then(|| std::fs::read(folder.join(name)).ok()).flatten();
    content.unwrap_or_else(|| "<!doctype html><title>404</title><p>ページがありません</p>".into())
}
