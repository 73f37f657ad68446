//! The 受付システム for 住民票 requests by post.

mod edit;
mod entry;
mod login;
mod lookup;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::city::City;
use super::control;
use super::page::{Head, go, message, typed};

/// The session cookie. It names no path, so it belongs to the system under whatever prefix that stands.
const COOKIE_NAME: &str = "UKETSUKE_SESSION";

const STYLE: &str = include_str!("../../../templates/practice/style.css");
const SCRIPT: &str = include_str!("../../../templates/practice/uketsuke.js");

/// Where the system stands as it will be after its renewal: the same register, a form with other words and ids.
pub(super) const RENEWED: &str = "/shin-uketsuke";

/// All pages of the system.
pub(super) fn routes(city: &Arc<City>) -> Router<Arc<City>> {
    let inside = Router::new()
        .merge(login::inside())
        .merge(entry::routes())
        .merge(lookup::routes())
        .merge(edit::routes())
        .route_layer(from_fn_with_state(Arc::clone(city), only_logged_in));
    let pages = inside
        .merge(login::outside())
        .route_layer(from_fn_with_state(Arc::clone(city), not_in_maintenance));
    pages
        .merge(control::routes())
        .route("/", get(async || go("uketsuke/menu")))
        .route("/style.css", get(async || typed("text/css; charset=UTF-8", STYLE)))
        .route(
            "/uketsuke.js",
            get(async || typed("text/javascript; charset=UTF-8", SCRIPT)),
        )
}

async fn not_in_maintenance(State(city): State<Arc<City>>, request: Request, next: Next) -> Response {
    if !city.faults().maintenance {
        return next.run(request).await;
    }
    let text = "ただいまシステムメンテナンス中です。しばらくたってからご利用ください。";
    let page = message(Head::outside("メンテナンス中"), text, None);
    (StatusCode::SERVICE_UNAVAILABLE, page).into_response()
}

async fn only_logged_in(State(city): State<Arc<City>>, request: Request, next: Next) -> Response {
    if city.visit(token(request.headers())) {
        return next.run(request).await;
    }
    let text = "セッションが無効です。再度ログインしてください。";
    message(
        Head::outside("セッションエラー"),
        text,
        Some(("login", "ログイン画面へ")),
    )
}

/// The session token that the browser brought, or nothing.
fn token(headers: &HeaderMap) -> &str {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == COOKIE_NAME)
        .map_or("", |(_, value)| value)
}
