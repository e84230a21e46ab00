//! Invoices and credit notes, for whoever has the address of one: as a page and as a PDF.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    domain::{
        invoice::{self, Invoice},
        shared::Error,
    },
};

/// The page loads nothing; its own style is all it has.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/invoices/{capability}.pdf` and `.html`. A wrong address reads like one of nothing.
pub async fn document(State(app): State<App>, Path(file): Path<String>) -> Response {
    let Some((capability, form)) = file.rsplit_once('.') else { return nothing() };
    let Some(id) = invoice::opened_by(&app.capability_keys, capability) else { return nothing() };
    match invoice::invoice(app.database.reader(), id).await {
        Ok(Some(row)) => printed(row, form).await,
        Ok(None) => nothing(),
        Err(error) => failed(&error.into()),
    }
}

async fn printed(row: Invoice, form: &str) -> Response {
    let name = file_name(&row.number);
    let body = match form {
        "html" => invoice::html(&row).map(|page| ("text/html; charset=utf-8", page.into_bytes())),
        // Drawing is work, and other requests run meanwhile.
        "pdf" => match tokio::task::spawn_blocking(move || invoice::pdf(&row)).await {
            Ok(drawn) => drawn.map(|bytes| ("application/pdf", bytes)),
            Err(error) => Err(Error::fault(format!("drawing a document ended early: {error}"))),
        },
        _ => return nothing(),
    };
    let (kind, bytes) = match body {
        Ok(body) => body,
        Err(error) => return failed(&error),
    };
    let disposition = HeaderValue::from_str(&format!("inline; filename=\"{name}.{form}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        // The address is a secret.
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("inline"))),
    ];
    (headers, bytes).into_response()
}

/// A number as a file's name.
fn file_name(number: &str) -> String {
    number.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' }).collect()
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "There is no such document.\n").into_response()
}

fn failed(error: &Error) -> Response {
    tracing::error!(error = %error, "a document could not be served");
    let status = match error {
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, "Try again in a moment.\n").into_response()
}
