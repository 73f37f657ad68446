//! Searching, listing, and counting what was registered.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;

use super::super::city::City;
use super::super::cp932;
use super::super::form::{Sent, value};
use super::super::page::{Head, Row, show, system_error, typed};
use super::super::register::Entry;

/// Lines on one page of the list.
const PER_PAGE: usize = 20;

pub(super) fn routes() -> Router<Arc<City>> {
    Router::new()
        .route("/search", get(search))
        .route("/search-result", get(search_result))
        .route("/list", get(list))
        .route("/monthly", get(monthly))
}

/// What was asked for: a whole 請求番号, a part of a 氏名, or both.
struct Wanted<'a> {
    request_no: &'a str,
    name: &'a str,
}

impl<'a> Wanted<'a> {
    fn from_sent(sent: &'a Sent) -> Self {
        Wanted {
            request_no: value(sent, "no"),
            name: value(sent, "name"),
        }
    }

    fn is_empty(&self) -> bool {
        self.request_no.is_empty() && self.name.is_empty()
    }

    fn rows(&self, city: &City) -> Vec<Row> {
        let meant = |entry: &&Entry| {
            let no = &entry.registration.request_no;
            !entry.cancelled
                && (self.request_no.is_empty() || no == self.request_no)
                && entry.registration.name.contains(self.name)
        };
        city.register().entries().iter().filter(meant).map(Row::from).collect()
    }
}

/// What stands under the search form.
enum Answer {
    /// Nothing: not searched yet, or the page came back blank.
    Blank,
    /// Nothing was asked for.
    Empty,
    /// 検索中…, and the result after so many milliseconds.
    Loading(u64),
    Found(Vec<Row>),
}

#[derive(Template)]
#[template(path = "practice/search.html")]
struct SearchPage<'a> {
    head: Head,
    wanted: &'a Wanted<'a>,
    answer: Answer,
}

#[derive(Template)]
#[template(path = "practice/rows.html")]
struct Rows {
    rows: Vec<Row>,
}

async fn search(State(city): State<Arc<City>>, Query(sent): Query<Sent>) -> Response {
    let faults = city.faults();
    let wanted = Wanted::from_sent(&sent);
    let answer = if sent.is_empty() || faults.search_blank {
        Answer::Blank
    } else if wanted.is_empty() {
        Answer::Empty
    } else if faults.search_loading_ms > 0 {
        Answer::Loading(faults.search_loading_ms)
    } else {
        Answer::Found(wanted.rows(&city))
    };
    show(&SearchPage {
        head: Head::inside("検索"),
        wanted: &wanted,
        answer,
    })
}

/// The result alone, which a page that is still loading asks for.
async fn search_result(State(city): State<Arc<City>>, Query(sent): Query<Sent>) -> Response {
    show(&Rows {
        rows: Wanted::from_sent(&sent).rows(&city),
    })
}

#[derive(Template)]
#[template(path = "practice/list.html")]
struct ListPage {
    head: Head,
    rows: Vec<Row>,
    total: usize,
    page: usize,
    pages: usize,
}

async fn list(State(city): State<Arc<City>>, Query(sent): Query<Sent>) -> Response {
    let register = city.register();
    let total = register.entries().len();
    let pages = total.div_ceil(PER_PAGE).max(1);
    let page = value(&sent, "page").parse().unwrap_or(1).clamp(1, pages);
    let rows = register
        .entries()
        .iter()
        .skip((page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .map(Row::from)
        .collect();
    show(&ListPage {
        head: Head::inside("一覧"),
        rows,
        total,
        page,
        pages,
    })
}

/// The sums of one month.
#[derive(Default, Clone, Copy)]
struct Sum {
    accepted: usize,
    cancelled: usize,
    copies: u64,
    fees: u64,
}

impl Sum {
    fn add(&mut self, entry: &Entry) {
        if entry.cancelled {
            self.cancelled += 1;
            return;
        }
        self.accepted += 1;
        self.copies += u64::from(entry.registration.copies);
        self.fees += u64::from(entry.registration.fee);
    }
}

#[derive(Template)]
#[template(path = "practice/monthly.html")]
struct MonthlyPage {
    head: Head,
    months: BTreeMap<String, Sum>,
    total: Sum,
}

/// The oldest page of the system: it is written in Shift_JIS.
async fn monthly(State(city): State<Arc<City>>) -> Response {
    let mut months: BTreeMap<String, Sum> = BTreeMap::new();
    let mut total = Sum::default();
    for entry in city.register().entries() {
        months
            .entry(entry.at.format("%Y/%m").to_string())
            .or_default()
            .add(entry);
        total.add(entry);
    }
    match (MonthlyPage {
        head: Head::inside("月次集計"),
        months,
        total,
    })
    .render()
    {
        Ok(html) => typed("text/html; charset=Shift_JIS", cp932::encode(&html)),
        Err(_) => system_error(),
    }
}
