//! The other system: screens of a counter, and behind them a register that takes the same entry twice, slowly, and also
//! when nobody waits for its answer any more.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use yakin::clock::{Clock, SystemClock};

use super::dice::Dice;

/// The button that cannot be undone.
const REGISTER: &str = "登録する";

/// What is wrong with a registration or with a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is entered, and the answer never comes.
    AnswerLost,
    /// An error page, and nothing is entered.
    ErrorBefore,
    /// It is entered, and an error page comes.
    ErrorAfter,
    /// The login was over: nothing is entered.
    LoggedOut,
    /// Maintenance: nothing is entered.
    Maintenance,
    /// The page of the registration before is shown again, and nothing is entered.
    StaleProof,
    /// The system refuses it in its own words.
    Refused,
}

pub(super) const TROUBLES: [Trouble; 5] = [
    Trouble::AnswerLost,
    Trouble::ErrorBefore,
    Trouble::ErrorAfter,
    Trouble::LoggedOut,
    Trouble::Maintenance,
];

/// A line of the register.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) receipt: String,
}

/// A click that arrived.
#[derive(Debug, Clone)]
pub(super) struct Click {
    pub(super) key: String,
    pub(super) at: DateTime<Utc>,
}

/// A registration that has arrived and is on its way into the register.
pub(super) struct Order {
    session: String,
    key: String,
    trouble: Option<Trouble>,
    pub(super) takes: Duration,
}

#[derive(Debug, Clone)]
enum Screen {
    Blank,
    Login,
    Menu,
    Form,
    Result(String),
    Refused,
    Error,
    LoggedOut,
    Maintenance,
    Found(Vec<Entry>),
    Loading { asks: u32, then: Box<Screen> },
}

struct Visit {
    screen: Screen,
    entered: HashMap<String, String>,
    logged_in: bool,
    last: Option<String>,
}

struct State {
    dice: Dice,
    register: Vec<Entry>,
    clicks: Vec<Click>,
    visits: HashMap<String, Visit>,
    opened: u32,
    pages: usize,
    under_way: u32,
}

/// The system of one office.
pub(super) struct System {
    state: Mutex<State>,
    clock: SystemClock,
    /// No registration takes longer.
    pub(super) slowest: Duration,
    /// In how many of a hundred registrations, and looks, something is wrong, and with the registrations what.
    trouble: (u64, &'static [Trouble]),
}

impl System {
    pub(super) fn new(seed: u64, slowest: Duration, trouble: (u64, &'static [Trouble])) -> System {
        System {
            state: Mutex::new(State {
                dice: Dice::new(seed),
                register: Vec::new(),
                clicks: Vec::new(),
                visits: HashMap::new(),
                opened: 0,
                pages: 0,
                under_way: 0,
            }),
            clock: SystemClock::start(),
            slowest,
            trouble,
        }
    }

    pub(super) fn register(&self) -> Vec<Entry> {
        self.state.lock().unwrap().register.clone()
    }

    pub(super) fn clicks(&self) -> Vec<Click> {
        self.state.lock().unwrap().clicks.clone()
    }

    /// How many browsers were opened, and how many pages were asked for by address.
    pub(super) fn visited(&self) -> (u32, usize) {
        let state = self.state.lock().unwrap();
        (state.opened, state.pages)
    }

    /// Whether everything that arrived has been dealt with.
    pub(super) fn is_quiet(&self) -> bool {
        self.state.lock().unwrap().under_way == 0
    }

    /// A new browser.
    pub(super) fn open(&self) -> String {
        let mut state = self.state.lock().unwrap();
        state.opened += 1;
        let session = format!("session-{}", state.opened);
        let visit = Visit {
            screen: Screen::Blank,
            entered: HashMap::new(),
            logged_in: false,
            last: None,
        };
        state.visits.insert(session.clone(), visit);
        session
    }

    pub(super) fn close(&self, session: &str) -> bool {
        self.state.lock().unwrap().visits.remove(session).is_some()
    }

    pub(super) fn lives(&self, session: &str) -> bool {
        self.state.lock().unwrap().visits.contains_key(session)
    }

    pub(super) fn goto(&self, session: &str, path: &str) {
        let mut state = self.state.lock().unwrap();
        state.pages += 1;
        let screen = match path.split_once("?no=") {
            Some((_, key)) => self.search(&mut state, session, key),
            None if path.ends_with("/login") => Screen::Login,
            None => match state.visit(session).logged_in {
                true => Screen::Menu,
                false => Screen::LoggedOut,
            },
        };
        state.visit(session).screen = screen;
    }

    fn search(&self, state: &mut State, session: &str, key: &str) -> Screen {
        if !state.visit(session).logged_in {
            return Screen::LoggedOut;
        }
        let found = state.register.iter().filter(|entry| entry.key == key);
        let found = Screen::Found(found.cloned().collect());
        if state.dice.within(0..100) >= self.trouble.0 {
            return found;
        }
        match state.dice.within(0..3) {
            0 => Screen::Blank,
            1 => {
                state.visit(session).logged_in = false;
                Screen::LoggedOut
            }
            _ => Screen::Loading {
                asks: 2,
                then: Box::new(found),
            },
        }
    }

    pub(super) fn enter(&self, session: &str, field: &str, value: &str) {
        let mut state = self.state.lock().unwrap();
        let visit = state.visit(session);
        visit.entered.insert(field.to_owned(), value.to_owned());
    }

    /// A click. The registration that it orders, if it is that button.
    pub(super) fn click(&self, session: &str, button: &str) -> Option<Order> {
        let mut state = self.state.lock().unwrap();
        let visit = state.visit(session);
        match button {
            "ログイン" => {
                visit.logged_in = true;
                visit.screen = Screen::Menu;
            }
            "新規" => {
                visit.entered.clear();
                visit.screen = Screen::Form;
            }
            REGISTER => {
                let key = visit.entered.get("番号").cloned().unwrap_or_default();
                visit.screen = Screen::Blank;
                state.under_way += 1;
                let at = self.clock.now();
                state.clicks.push(Click { key: key.clone(), at });
                let wrong = state.dice.within(0..100) < self.trouble.0;
                return Some(Order {
                    session: session.to_owned(),
                    key,
                    trouble: wrong.then(|| state.dice.one_of(self.trouble.1)),
                    takes: Duration::from_millis(state.dice.within(0..self.slowest.as_millis() as u64)),
                });
            }
            other => panic!("the counter has no button {other}"),
        }
        None
    }

    /// The end of a registration, whether or not anybody still waits for it.
    pub(super) fn carry_out(&self, order: Order) {
        let mut state = self.state.lock().unwrap();
        state.under_way -= 1;
        let receipt = format!("第{:05}号", state.register.len() + 1);
        if matches!(order.trouble, None | Some(Trouble::AnswerLost | Trouble::ErrorAfter)) {
            state.register.push(Entry {
                key: order.key,
                receipt: receipt.clone(),
            });
        }
        let Some(visit) = state.visits.get_mut(&order.session) else {
            return;
        };
        visit.screen = match order.trouble {
            None => {
                visit.last = Some(receipt.clone());
                Screen::Result(receipt)
            }
            Some(Trouble::AnswerLost) => Screen::Blank,
            Some(Trouble::ErrorBefore | Trouble::ErrorAfter) => Screen::Error,
            Some(Trouble::Maintenance) => Screen::Maintenance,
            Some(Trouble::LoggedOut) => {
                visit.logged_in = false;
                Screen::LoggedOut
            }
            Some(Trouble::Refused) => Screen::Refused,
            Some(Trouble::StaleProof) => visit.last.clone().map_or(Screen::Error, Screen::Result),
        };
    }

    /// What a person would see now. A page that is still loading comes nearer with each look.
    pub(super) fn page(&self, session: &str) -> Page {
        let mut state = self.state.lock().unwrap();
        let visit = state.visit(session);
        if let Screen::Loading { asks, then } = &mut visit.screen {
            match asks {
                0 => visit.screen = then.as_ref().clone(),
                _ => *asks -= 1,
            }
        }
        Page::of(&visit.screen)
    }
}

impl State {
    fn visit(&mut self, session: &str) -> &mut Visit {
        self.visits.get_mut(session).expect("the driver knows its sessions")
    }
}

/// What a screen shows.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<String>,
    fields: Vec<(&'static str, String)>,
    rows: Vec<Entry>,
    buttons: &'static [&'static str],
}

impl Page {
    fn of(screen: &Screen) -> Page {
        let says = |line: &str| Page {
            lines: vec![line.to_owned()],
            ..Page::default()
        };
        match screen {
            Screen::Blank => Page::default(),
            Screen::Login => Page {
                buttons: &["ログイン"],
                ..says("利用者の確認")
            },
            Screen::Menu => Page {
                buttons: &["新規"],
                ..says("メインメニュー")
            },
            Screen::Form => Page {
                buttons: &[REGISTER],
                ..says("届出の入力")
            },
            Screen::Result(receipt) => Page {
                fields: vec![("受付番号", receipt.clone())],
                ..says("受け付けました")
            },
            Screen::Refused => Page {
                fields: vec![("エラー内容", "受付の期間を過ぎています".to_owned())],
                ..says("受け付けられません")
            },
            Screen::Error => says("システムエラーが発生しました"),
            Screen::LoggedOut => says("再度ログインしてください"),
            Screen::Maintenance => says("メンテナンス中です"),
            Screen::Loading { .. } => says("読み込んでいます"),
            Screen::Found(rows) if rows.is_empty() => says("該当するデータはありません"),
            Screen::Found(rows) => Page {
                rows: rows.clone(),
                ..says("検索結果")
            },
        }
    }

    pub(super) fn has_button(&self, name: &str) -> bool {
        self.buttons.contains(&name)
    }

    /// As the page library answers: which of the signs is shown.
    pub(super) fn sees(&self, signs: &[Value]) -> Option<Value> {
        let hits: Vec<Vec<String>> = signs.iter().map(|sign| self.hits(sign)).collect();
        let index = hits.iter().position(|hits| !hits.is_empty())?;
        let also = (0..hits.len()).filter(|other| *other != index && !hits[*other].is_empty());
        Some(json!({
            "state": "one",
            "index": index,
            "value": hits[index][0],
            "hits": hits[index].len(),
            "also": also.collect::<Vec<_>>(),
        }))
    }

    fn hits(&self, sign: &Value) -> Vec<String> {
        let word = |place: &str| sign.pointer(place).and_then(Value::as_str);
        if let Some(text) = word("/text/text") {
            let lines = self.lines.iter().filter(|line| line.contains(text));
            return lines.cloned().collect();
        }
        if let Some(field) = word("/field/field") {
            let fields = self.fields.iter().filter(|(name, _)| *name == field);
            return fields.map(|(_, value)| value.clone()).collect();
        }
        match (word("/row/row"), word("/row/field")) {
            (Some(key), Some("受付番号")) => {
                let rows = self.rows.iter().filter(|row| row.key == key);
                rows.map(|row| row.receipt.clone()).collect()
            }
            _ => panic!("the counter knows no sign {sign}"),
        }
    }
}
