//! Login, menu, logout.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::super::city::City;
use super::super::form::{Sent, value};
use super::super::page::{Head, go, show};
use super::super::session::Refusal;
use super::{COOKIE_NAME, token};

/// The page that needs no login.
pub(super) fn outside() -> Router<Arc<City>> {
    Router::new().route("/login", get(form).post(login))
}

/// The pages behind it.
pub(super) fn inside() -> Router<Arc<City>> {
    Router::new().route("/menu", get(menu)).route("/logout", get(logout))
}

#[derive(Template)]
#[template(path = "practice/login.html")]
struct LoginPage<'a> {
    head: Head,
    user: &'a str,
    error: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "practice/menu.html")]
struct MenuPage {
    head: Head,
}

async fn form() -> Response {
    show(&LoginPage {
        head: Head::outside("ログイン"),
        user: "",
        error: None,
    })
}

async fn login(State(city): State<Arc<City>>, Form(sent): Form<Sent>) -> Response {
    let user = value(&sent, "USER_ID");
    let error = match city.login(user, value(&sent, "PASSWORD")) {
        Ok(token) => {
            let cookie = format!("{COOKIE_NAME}={token}; HttpOnly; SameSite=Lax");
            return ([(SET_COOKIE, cookie)], go("menu")).into_response();
        }
        Err(Refusal::Wrong) => "利用者IDまたはパスワードが違います",
        Err(Refusal::Locked) => "この利用者IDはロックされています。システム管理者に連絡してください",
    };
    show(&LoginPage {
        head: Head::outside("ログイン"),
        user,
        error: Some(error),
    })
}

async fn menu() -> Response {
    show(&MenuPage {
        head: Head::inside("メインメニュー"),
    })
}

async fn logout(State(city): State<Arc<City>>, headers: HeaderMap) -> Response {
    city.logout(token(&headers));
    go("login")
}
