//! 訂正・取消, in a frameset, and the popup that looks an address up.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::response::Response;
use axum::routing::get;

use super::super::city::City;
use super::super::form::{Sent, is_postal, value};
use super::super::page::{Head, Row, show, system_error};
use super::super::register::{Entry, RegisterError, Registration};
use super::super::towns;

pub(super) fn routes() -> Router<Arc<City>> {
    Router::new()
        .route("/edit", get(async || show(&Frames)))
        .route("/edit-menu", get(async || show(&FrameMenu)))
        .route("/edit-main", get(call).post(change))
        .route("/address-search", get(address_search))
}

#[derive(Template)]
#[template(path = "practice/edit.html")]
struct Frames;

#[derive(Template)]
#[template(path = "practice/edit_menu.html")]
struct FrameMenu;

#[derive(Template)]
#[template(path = "practice/edit_main.html")]
struct EditPage<'a> {
    head: Head,
    receipt: &'a str,
    found: Option<(Row, Registration)>,
    error: Option<&'static str>,
    notice: Option<&'static str>,
}

impl<'a> EditPage<'a> {
    fn new(receipt: &'a str) -> Self {
        EditPage {
            head: Head::outside("訂正・取消"),
            receipt,
            found: None,
            error: None,
            notice: None,
        }
    }

    fn with(self, city: &City) -> Self {
        let found = city
            .register()
            .find(self.receipt)
            .map(|entry| (Row::from(entry), entry.registration.clone()));
        EditPage { found, ..self }
    }
}

/// Shows the line with the 受付番号 that was asked for.
async fn call(State(city): State<Arc<City>>, Query(sent): Query<Sent>) -> Response {
    let page = EditPage::new(value(&sent, "no")).with(&city);
    let missing = !page.receipt.is_empty() && page.found.is_none();
    show(&EditPage {
        error: missing.then_some("該当するデータはありません"),
        ..page
    })
}

/// 訂正する or 取消する.
async fn change(State(city): State<Arc<City>>, Form(sent): Form<Sent>) -> Response {
    let page = EditPage::new(value(&sent, "no"));
    let receipt = page.receipt.to_owned();
    let cancel = value(&sent, "ACTION") == "取消する";
    if !cancel && (!is_postal(value(&sent, "YUBIN")) || value(&sent, "JUSHO").is_empty()) {
        return show(&EditPage {
            error: Some("郵便番号と住所を入力してください"),
            ..page.with(&city)
        });
    }
    let fields = sent.clone();
    let amend = move |entry: &mut Entry| {
        if cancel {
            entry.cancelled = true
        } else {
            correct(entry, &fields)
        }
    };
    match city.write(move |register| register.amend(&receipt, amend)).await {
        Ok(()) => {
            let notice = if cancel {
                "取消しました"
            } else {
                "訂正しました"
            };
            show(&EditPage {
                notice: Some(notice),
                ..page.with(&city)
            })
        }
        Err(RegisterError::Unknown) => show(&EditPage {
            error: Some("該当するデータはありません"),
            ..page
        }),
        Err(_) => system_error(),
    }
}

fn correct(entry: &mut Entry, sent: &Sent) {
    let form = &mut entry.registration;
    form.postal = value(sent, "YUBIN").to_owned();
    form.address = value(sent, "JUSHO").to_owned();
    form.building = value(sent, "KATAGAKI").to_owned();
    form.phone = value(sent, "TEL").to_owned();
    form.note = value(sent, "BIKO").to_owned();
}

#[derive(Template)]
#[template(path = "practice/address_search.html")]
struct AddressPage<'a> {
    head: Head,
    wanted: &'a str,
    /// Postal code and address of each town found.
    towns: Vec<(String, &'static str)>,
}

/// Towns by a part of their name or the beginning of their postal code.
async fn address_search(Query(sent): Query<Sent>) -> Response {
    let wanted = value(&sent, "q");
    let digits = wanted.replace('-', "");
    let meant =
        |town: &&towns::Town| !digits.is_empty() && (town.address.contains(wanted) || town.postal.starts_with(&digits));
    let found = towns::all()
        .filter(meant)
        .map(|town| (town.postal_text(), town.address))
        .collect();
    show(&AddressPage {
        head: Head::outside("住所検索"),
        wanted,
        towns: found,
    })
}
