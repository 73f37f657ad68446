//! The registration form, its look-up of addresses, and the registration itself.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{ConnectInfo, Form, OriginalUri, Query, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;

use super::super::city::City;
use super::super::faults::{CommitFault, Strike};
use super::super::form::{self, Choice, PROOFS, Sent, choices, era_choices, value};
use super::super::line::Line;
use super::super::page::{Head, Row, show, system_error, typed};
use super::super::register::{Entry, RegisterError, Registration};
use super::super::{time, towns};
use super::RENEWED;

/// Bytes of an answer that hold its HTTP head and the beginning of the page's own, but nothing that can be seen.
const HEAD_ONLY: usize = 400;

pub(super) fn routes() -> Router<Arc<City>> {
    Router::new()
        .route("/new", get(blank).post(register))
        .route("/address", get(address))
}

#[derive(Template)]
#[template(path = "practice/new.html")]
struct FormPage {
    head: Head,
    form: form::Form,
    errors: Vec<&'static str>,
    changed: bool,
    eras: Vec<Choice>,
    years: Vec<Choice>,
    months: Vec<Choice>,
    days: Vec<Choice>,
    sexes: Vec<Choice>,
    copies: Vec<Choice>,
    proofs: Vec<Choice>,
}

impl FormPage {
    fn new(changed: bool, form: form::Form, errors: Vec<&'static str>) -> Self {
        FormPage {
            head: Head::inside("新規登録"),
            errors,
            changed,
            eras: era_choices(&form.era),
            years: choices(1..=64, |text| text == form.year),
            months: choices(1..=12, |text| text == form.month),
            days: choices(1..=31, |text| text == form.day),
            sexes: choices(["男", "女"], |text| text == form.sex),
            copies: choices(1..=10, |text| text == form.copies),
            proofs: choices(PROOFS, |text| form.proofs.iter().any(|proof| proof == text)),
            form,
        }
    }
}

#[derive(Template)]
#[template(path = "practice/done.html")]
struct DonePage {
    head: Head,
    row: Row,
}

async fn blank(State(city): State<Arc<City>>, OriginalUri(address): OriginalUri) -> Response {
    show(&FormPage::new(
        changed(&city, &address),
        form::Form::fresh(),
        Vec::new(),
    ))
}

/// Whether the form is the one after the renewal.
fn changed(city: &City, address: &Uri) -> bool {
    city.faults().changed_screen || address.path().starts_with(RENEWED)
}

async fn register(
    State(city): State<Arc<City>>,
    ConnectInfo(line): ConnectInfo<Line>,
    OriginalUri(address): OriginalUri,
    Form(sent): Form<Sent>,
) -> Response {
    let form = form::Form::from_sent(&sent);
    let registration = match form.check(city.residents()) {
        Ok(registration) => registration,
        Err(errors) => return show(&FormPage::new(changed(&city, &address), form, errors)),
    };
    let strike = city.strike(&registration.request_no);
    let Ok(Some(entry)) = enter(&city, registration, strike).await else {
        return system_error();
    };
    match strike.fault {
        CommitFault::None | CommitFault::StalePage => {}
        CommitFault::LostResponse => line.cut_after(HEAD_ONLY),
        CommitFault::DroppedConnection => line.cut_after(0),
        CommitFault::ErrorBefore | CommitFault::ErrorAfter => return system_error(),
    }
    show(&DonePage {
        head: Head::inside("登録完了"),
        row: Row::from(&entry),
    })
}

/// Enters a registration as fast and as well as the system does today; `None` when it broke down before.
async fn enter(city: &Arc<City>, registration: Registration, strike: Strike) -> Result<Option<Entry>, RegisterError> {
    let city = Arc::clone(city);
    // A task of its own: what was sent is entered, also when the browser has left.
    let work = tokio::spawn(async move {
        time::pause(strike.delay).await;
        match strike.fault {
            CommitFault::ErrorBefore => return Ok(None),
            CommitFault::StalePage => return Ok(city.register().entries().last().cloned()),
            _ => {}
        }
        city.write(|register| register.add(registration)).await.map(Some)
    });
    work.await.unwrap_or(Err(RegisterError::Closed))
}

/// The address of a postal code as plain text, empty when there is none.
async fn address(Query(sent): Query<Sent>) -> Response {
    let found = towns::find(value(&sent, "postal")).map_or("", |town| town.address);
    typed("text/plain; charset=UTF-8", found)
}
