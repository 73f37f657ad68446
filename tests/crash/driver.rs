//! As much of a WebDriver as a run needs, with the system's screens instead of a browser.
//!
//! The page library's script is not run: its request says what is asked, and the answer is what the library would have said.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use serde_json::{Value, json};
use yakin::platform::time::{Deadline, pause};

use super::system::System;
use super::trap::{Snare, Trap};

/// W3C WebDriver, 12.1: the name under which an element's reference stands.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How often a page is asked that does not show yet what is waited for.
const ASK_AGAIN: Duration = Duration::from_millis(10);

type Answer = (StatusCode, String);

/// A driver for one office.
#[derive(Clone)]
pub(super) struct Driver {
    pub(super) system: Arc<System>,
    pub(super) snare: Arc<Snare>,
}

impl Driver {
    /// Listens on a free port; its address. It goes with the runtime.
    pub(super) async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(serve).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    async fn obey(&self, trap: &Trap, (method, words): (&Method, &[&str]), body: &Value) -> Answer {
        let session = match words {
            ["session"] => {
                let capabilities = json!({ "browserName": "scripted", "browserVersion": "1" });
                return well(json!({ "sessionId": self.system.open(), "capabilities": capabilities }));
            }
            ["session", session, ..] if self.system.lives(session) => *session,
            _ => return ill("invalid session id"),
        };
        match (method.as_str(), &words[2..]) {
            ("DELETE", []) => {
                self.system.close(session);
                well(Value::Null)
            }
            ("POST", ["timeouts"]) => well(Value::Null),
            ("GET", ["window"]) => well(json!("window")),
            ("POST", ["url"]) => {
                self.system.goto(session, body["url"].as_str().unwrap());
                well(Value::Null)
            }
            ("POST", ["execute", "sync"]) => well(json!("http:")),
            ("POST", ["execute", "async"]) => well(self.ask(session, &body["args"][0]).await),
            ("POST", ["element", button, "click"]) => {
                self.click(trap, session, &named(button)).await;
                well(Value::Null)
            }
            _ => ill("unknown command"),
        }
    }

    async fn click(&self, trap: &Trap, session: &str, button: &str) {
        let Some(order) = self.system.click(session, button) else {
            return;
        };
        // Work of its own: it goes on when nobody waits for it.
        let system = self.system.clone();
        let work = tokio::spawn(async move {
            pause(order.takes).await;
            system.carry_out(order);
        });
        trap.click().await;
        work.await.unwrap();
    }

    async fn ask(&self, session: &str, request: &Value) -> Value {
        let deadline = Deadline::after(Duration::from_millis(request["ms"].as_u64().unwrap_or(0)));
        loop {
            if let Some(answer) = self.answer(session, request) {
                return answer;
            }
            if deadline.is_over() {
                return json!({ "state": "none", "hidden": 0, "url": "http://counter/", "title": "窓口" });
            }
            pause(ASK_AGAIN).await;
            if !self.system.lives(session) {
                return Value::Null;
            }
        }
    }

    fn answer(&self, session: &str, request: &Value) -> Option<Value> {
        let page = self.system.page(session);
        match request["op"].as_str().unwrap() {
            "see" => page.sees(request["signs"].as_array().unwrap()),
            "text" => Some(json!({ "state": "one", "value": page.lines.join("\n") })),
            "clicked" => Some(json!({ "state": "one", "strayed": null })),
            "find" => {
                let name = wanted(&request["target"]);
                page.has_button(&name).then(|| {
                    let element = json!({ ELEMENT: hex(&name) });
                    json!({ "state": "one", "which": 0, "how": "button", "exact": true, "name": name, "id": 0, "path": [], "element": element })
                })
            }
            "fill" => {
                let fields = request["fields"].as_array().unwrap().iter();
                let filled: Vec<Value> = fields.map(|field| self.fill(session, field)).collect();
                Some(json!({ "state": "one", "fields": filled }))
            }
            other => panic!("the scripted driver cannot {other}"),
        }
    }

    fn fill(&self, session: &str, field: &Value) -> Value {
        let name = wanted(&field["target"]);
        let value = field["value"]["text"].as_str().unwrap();
        self.system.enter(session, &name, value);
        let len = value.chars().count();
        json!({
            "state": "exact", "which": 0, "how": "label", "exact": true, "name": name,
            "wanted_len": len, "held_len": len, "retype": [],
        })
    }
}

async fn serve(State(driver): State<Driver>, method: Method, uri: Uri, body: Bytes) -> Answer {
    let trap = driver.snare.lock().unwrap().clone();
    trap.talk().await;
    let words: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let answer = driver.obey(&trap, (&method, &words), &body).await;
    trap.talk().await;
    answer
}

fn well(value: Value) -> Answer {
    (StatusCode::OK, json!({ "value": value }).to_string())
}

fn ill(error: &str) -> Answer {
    let value = json!({ "error": error, "message": error, "stacktrace": "" });
    (StatusCode::NOT_FOUND, json!({ "value": value }).to_string())
}

/// The words of a target's first way.
fn wanted(target: &Value) -> String {
    let by = target.pointer("/bundle/0/by").and_then(Value::as_object).unwrap();
    by.values().next().and_then(Value::as_str).unwrap().to_owned()
}

/// A reference stands in an address, so it is ASCII.
fn hex(name: &str) -> String {
    name.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn named(reference: &str) -> String {
    let bytes = (0..reference.len()).step_by(2);
    let bytes = bytes.map(|at| u8::from_str_radix(&reference[at..at + 2], 16).unwrap());
    String::from_utf8(bytes.collect()).unwrap()
}
