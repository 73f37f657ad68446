//! What stands outside the imitated system: the city's front page, the fault panel, and the register for tests to read.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Form, FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::city::City;
use super::cp932;
use super::faults::{CommitFault, Faults};
use super::page::{Head, go, show, system_error, typed};
use super::register::{Entry, RegisterError};
use super::session::{PASSWORD, USER_ID};

/// The front page of the city.
pub(super) fn home() -> Router<Arc<City>> {
    Router::new().route("/", get(front))
}

/// The parts of the 受付システム that need no login.
pub(super) fn routes() -> Router<Arc<City>> {
    Router::new()
        .route("/faults", get(show_faults).post(set_faults))
        .route("/reset", post(reset))
        .route("/register.json", get(register_json))
        .route("/register.csv", get(register_csv))
        .route("/register/count", get(register_count))
}

#[derive(Template)]
#[template(path = "practice/front.html")]
struct Front {
    user: &'static str,
    password: &'static str,
}

async fn front() -> Response {
    show(&Front {
        user: USER_ID,
        password: PASSWORD,
    })
}

#[derive(Template)]
#[template(path = "practice/faults.html")]
struct FaultPage {
    head: Head,
    faults: Faults,
    commits: [(CommitFault, &'static str, &'static str); 6],
    count: usize,
}

async fn show_faults(State(city): State<Arc<City>>) -> Response {
    let commits = [
        (CommitFault::None, "none", "正常"),
        (
            CommitFault::LostResponse,
            "lost_response",
            "登録後、応答の途中で回線が切れる",
        ),
        (
            CommitFault::DroppedConnection,
            "dropped_connection",
            "登録後、応答の前に回線が切れる",
        ),
        (CommitFault::ErrorBefore, "error_before", "登録前に500エラー"),
        (CommitFault::ErrorAfter, "error_after", "登録後に500エラー"),
        (CommitFault::StalePage, "stale_page", "登録せず、前の登録の画面が出る"),
    ];
    let count = city.register().entries().len();
    show(&FaultPage {
        head: Head::outside("故障スイッチ"),
        faults: city.faults(),
        commits,
        count,
    })
}

async fn set_faults(State(city): State<Arc<City>>, request: Request) -> Response {
    let json = request
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let faults = if json {
        faults_from_json(request).await
    } else {
        faults_from_form(request).await
    };
    match faults {
        Ok(faults) => {
            city.set_faults(faults);
            go("faults")
        }
        Err(refusal) => refusal,
    }
}

async fn faults_from_form(request: Request) -> Result<Faults, Response> {
    let Form(faults) = Form::from_request(request, &())
        .await
        .map_err(IntoResponse::into_response)?;
    Ok(faults)
}

async fn faults_from_json(request: Request) -> Result<Faults, Response> {
    let body = Bytes::from_request(request, &())
        .await
        .map_err(IntoResponse::into_response)?;
    serde_json::from_slice(&body).map_err(|error| (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).into_response())
}

async fn reset(State(city): State<Arc<City>>) -> Result<Response, RegisterError> {
    city.reset().await?;
    Ok(go("faults"))
}

async fn register_json(State(city): State<Arc<City>>) -> Response {
    match serde_json::to_vec(city.register().entries()) {
        Ok(json) => typed("application/json", json),
        Err(_) => system_error(),
    }
}

async fn register_count(State(city): State<Arc<City>>) -> Response {
    typed("text/plain; charset=UTF-8", city.register().entries().len().to_string())
}

async fn register_csv(State(city): State<Arc<City>>) -> Response {
    match csv(city.register().entries()) {
        Ok(text) => typed("text/csv; charset=Shift_JIS", cp932::encode(&text)),
        Err(_) => system_error(),
    }
}

const HEADINGS: [&str; 16] = [
    "受付番号",
    "受付日時",
    "状態",
    "請求番号",
    "氏名",
    "フリガナ",
    "生年月日",
    "性別",
    "郵便番号",
    "住所",
    "方書",
    "電話番号",
    "請求通数",
    "手数料",
    "本人確認書類",
    "備考",
];

fn csv(entries: &[Entry]) -> Result<String, csv::Error> {
    let mut lines = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    lines.write_record(HEADINGS)?;
    for entry in entries {
        let form = &entry.registration;
        lines.write_record([
            &entry.receipt,
            &entry.at_text(),
            entry.status(),
            &form.request_no,
            &form.name,
            &form.kana,
            &form.birth.to_string(),
            &form.sex,
            &form.postal,
            &form.address,
            &form.building,
            &form.phone,
            &form.copies.to_string(),
            &form.fee.to_string(),
            &form.proofs.join("・"),
            &form.note,
        ])?;
    }
    let bytes = lines.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
