//! Owns the reading of a request's body: counted while it comes in, and not for longer than the request may take.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};

use super::negotiate;
use crate::refusal::{BAD_REQUEST, Refusal};

/// Refuses a body by its headers alone: its type, its encoding, its announced length.
pub fn check_headers(headers: &HeaderMap, most_bytes: usize) -> Result<(), Refusal> {
    if !negotiate::is_json(headers) {
        return Err(unsupported("the request body must be application/json in UTF-8"));
    }
    if negotiate::is_encoded(headers) {
        return Err(unsupported("the request body must not be compressed"));
    }
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    match announced.and_then(|length| length.parse::<u64>().ok()) {
        Some(length) if length > most_bytes as u64 => Err(too_large(most_bytes)),
        _ => Ok(()),
    }
}

/// Reads the body until it ends, passes the limit, or the deadline comes.
pub async fn read(mut body: Body, most_bytes: usize, deadline: Instant) -> Result<Bytes, Refusal> {
    let mut read = BytesMut::new();
    loop {
        let frame = timeout_at(deadline, body.frame()).await.map_err(|_| too_slow())?;
        let Some(frame) = frame else {
            return Ok(read.freeze());
        };
        let frame = frame
            .map_err(|_| Refusal::bad_request("the request body broke off").with_header(header::CONNECTION, CLOSE))?;
        if let Some(data) = frame.data_ref() {
            if read.len() + data.len() > most_bytes {
                return Err(too_large(most_bytes));
            }
            read.extend_from_slice(data);
        }
    }
}

/// What is left of a refused body would have to be read before the connection could serve again.
const CLOSE: HeaderValue = HeaderValue::from_static("close");

fn unsupported(message: &'static str) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST, message)
}

fn too_large(most_bytes: usize) -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, BAD_REQUEST, "the request body is too large")
        .with_extension("limit", most_bytes)
        .with_header(header::CONNECTION, CLOSE)
}

fn too_slow() -> Refusal {
    Refusal::new(StatusCode::REQUEST_TIMEOUT, BAD_REQUEST, "the request body came too slowly")
        .with_header(header::CONNECTION, CLOSE)
}
