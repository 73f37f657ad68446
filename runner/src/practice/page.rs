//! What all pages share.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::{Html, IntoResponse, Response};

use super::register::{Entry, RegisterError};
use super::residents::wareki_text;
use super::time;

/// What the frame around a page needs to know.
pub(super) struct Head {
    pub(super) title: &'static str,
    /// Whether the bar with user and ログアウト is shown.
    pub(super) user: bool,
    pub(super) today: String,
}

impl Head {
    /// A page for somebody who is logged in.
    pub(super) fn inside(title: &'static str) -> Self {
        Head {
            title,
            user: true,
            today: wareki_text(time::now().date_naive()),
        }
    }

    /// A page for everybody.
    pub(super) fn outside(title: &'static str) -> Self {
        Head {
            user: false,
            ..Head::inside(title)
        }
    }
}

/// A line of the register as the tables show it.
pub(super) struct Row {
    pub(super) receipt: String,
    pub(super) request_no: String,
    pub(super) name: String,
    pub(super) at: String,
    pub(super) status: &'static str,
}

impl From<&Entry> for Row {
    fn from(entry: &Entry) -> Self {
        Row {
            receipt: entry.receipt.clone(),
            request_no: entry.registration.request_no.clone(),
            name: entry.registration.name.clone(),
            at: entry.at_text(),
            status: entry.status(),
        }
    }
}

#[derive(Template)]
#[template(path = "practice/message.html")]
struct Message<'a> {
    head: Head,
    message: &'a str,
    /// Where to go from here: address and words.
    link: Option<(&'a str, &'a str)>,
}

/// A page with one sentence.
pub(super) fn message(head: Head, message: &str, link: Option<(&str, &str)>) -> Response {
    show(&Message { head, message, link })
}

/// The page of every failure inside the system.
pub(super) fn system_error() -> Response {
    let page = message(
        Head::outside("システムエラー"),
        "システムエラーが発生しました。（E-9001）",
        None,
    );
    (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
}

/// The page of every address that there is not.
pub(super) async fn not_found() -> Response {
    let page = message(
        Head::outside("画面がありません"),
        "お探しの画面はありません。アドレスを確かめてください。",
        None,
    );
    (StatusCode::NOT_FOUND, page).into_response()
}

/// Turns a template into a page.
pub(super) fn show(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Sends the browser to a page beside this one; relative, so that the city works behind any prefix.
pub(super) fn go(to: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

/// Something else than a UTF-8 page.
pub(super) fn typed(content_type: &'static str, body: impl IntoResponse) -> Response {
    ([(CONTENT_TYPE, content_type)], body).into_response()
}

impl IntoResponse for RegisterError {
    fn into_response(self) -> Response {
        system_error()
    }
}
