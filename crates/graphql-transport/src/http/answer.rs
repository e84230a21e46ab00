//! Owns what an answer looks like: bodies, statuses and headers of responses and refusals.

use async_graphql::{Response, ServerError, Value};
use axum::{body::Body, response::Response as HttpResponse};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Serialize, ser::SerializeMap};

use super::negotiate::Media;
use crate::{
    backend::Backend,
    refusal::{BAD_REQUEST, BAD_USER_INPUT, Refusal},
};

/// At most so many faults of a document are told, each so long, and all together in so many bytes.
const MOST_ERRORS: usize = 10;
const MOST_MESSAGE_CHARS: usize = 150;
const MOST_ERROR_BYTES: usize = 1_700;

/// Whether the document began to run. The library answers `data: null` in both cases; but a null that came from running
/// was put there by an error with a path.
pub fn started(response: &Response) -> bool {
    response.data != Value::Null
        || response.errors.is_empty()
        || response.errors.iter().any(|error| !error.path.is_empty())
}

/// What a backend answers to a query or a mutation.
#[derive(Debug)]
pub enum Answer {
    /// A response of the library's.
    Response(Response),
    /// An answer whose bytes are settled.
    Written(Written),
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self::Response(response)
    }
}

/// The answer to a document that began to run, as bytes: sent, and if need be sent again, as they are.
#[derive(Clone, Debug)]
pub struct Written {
    /// The JSON text.
    pub body: String,
    /// The error code that chooses the status, which is 200 without one.
    pub code: Option<String>,
    /// Headers to send.
    pub headers: HeaderMap,
}

impl Written {
    /// Writes a response whose document [`started`].
    pub fn of(mut response: Response) -> Self {
        classify(&mut response);
        let code = if response.data == Value::Null { first_code(&response).map(str::to_owned) } else { None };
        let headers = response.http_headers.clone();
        Self { body: String::from_utf8(body(response)).unwrap_or_default(), code, headers }
    }
}

/// Writes a response as JSON. One that never started has no `data`, and its errors are made presentable.
pub fn body(mut response: Response) -> Vec<u8> {
    let started = started(&response);
    if !started {
        response.errors = presentable(response.errors);
    }
    // Writing to memory fails only for maps with other keys than strings, which a response cannot hold.
    serde_json::to_vec(&Json { response: &response, started }).unwrap_or_default()
}

struct Json<'r> {
    response: &'r Response,
    started: bool,
}

impl Serialize for Json<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.started {
            map.serialize_entry("data", &self.response.data)?;
        }
        if !self.response.errors.is_empty() {
            map.serialize_entry("errors", &self.response.errors)?;
        }
        if !self.response.extensions.is_empty() {
            map.serialize_entry("extensions", &self.response.extensions)?;
        }
        map.end()
    }
}

/// Gives a code to values that a type of the schema refused while the document ran, such as an integer literal of more than
/// 32 bits or a text in the place of an input object: the library tells them from other errors by their text alone.
pub fn classify(response: &mut Response) {
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_some() {
            continue;
        }
        if error.message.starts_with("Failed to parse \"") {
            extensions.set("code", BAD_USER_INPUT);
        } else if error.message.starts_with("Expected input type \"") {
            extensions.set("code", BAD_USER_INPUT);
            // What was found may be a secret.
            if let Some((expected, _)) = error.message.split_once(", found ") {
                error.message = expected.to_owned();
            }
        }
    }
}

/// Faults that the library found in a document: few, short, without suggestions (they name fields that the caller may not
/// see) and with a code.
pub fn presentable(errors: Vec<ServerError>) -> Vec<ServerError> {
    let mut kept: Vec<ServerError> = Vec::new();
    let mut bytes = 0;
    for mut error in errors.into_iter().take(MOST_ERRORS) {
        error.message = brief(&error.message);
        error.locations.truncate(2);
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", BAD_REQUEST);
        }
        bytes += serde_json::to_vec(&error).map_or(0, |written| written.len());
        if bytes > MOST_ERROR_BYTES && !kept.is_empty() {
            break;
        }
        kept.push(error);
    }
    kept
}

fn brief(message: &str) -> String {
    let message = message.split(" Did you mean").next().unwrap_or_default();
    let mut brief: String = message.chars().take(MOST_MESSAGE_CHARS).collect();
    if brief.len() < message.len() {
        brief.push('…');
    }
    brief
}

/// The HTTP answer to a request whose document went to the library.
pub fn respond<B: Backend>(backend: &B, answer: Answer, media: Media) -> HttpResponse {
    let (status, headers, body) = match answer {
        Answer::Response(response) => {
            let status = status(backend, &response, media);
            (status, response.http_headers.clone(), body(response))
        }
        Answer::Written(written) => {
            let by_code = written.code.as_deref().and_then(|code| status_of(backend, code));
            let status = by_code.filter(|_| media != Media::Json).unwrap_or(StatusCode::OK);
            (status, written.headers, written.body.into_bytes())
        }
    };
    let mut answer = with_body(status, media, body);
    for (name, value) in &headers {
        answer.headers_mut().insert(name, value.clone());
    }
    answer
}

fn first_code(response: &Response) -> Option<&str> {
    response.errors.iter().find_map(|error| match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code.as_str()),
        _ => None,
    })
}

fn status_of<B: Backend>(backend: &B, code: &str) -> Option<StatusCode> {
    backend.status(code).or((code == BAD_USER_INPUT).then_some(StatusCode::BAD_REQUEST))
}

fn status<B: Backend>(backend: &B, response: &Response, media: Media) -> StatusCode {
    let started = started(response);
    let by_code = || first_code(response).and_then(|code| status_of(backend, code));
    match media {
        Media::Json => StatusCode::OK,
        _ if !started => by_code().unwrap_or(StatusCode::BAD_REQUEST),
        _ if response.data == Value::Null => by_code().unwrap_or(StatusCode::OK),
        _ => StatusCode::OK,
    }
}

/// The HTTP answer to a request that was refused.
pub fn refuse(refusal: &Refusal, media: Media) -> HttpResponse {
    let status = match media {
        Media::Json if refusal.is_document() => StatusCode::OK,
        _ => refusal.status(),
    };
    let media = match media {
        Media::EventStream | Media::Html => Media::JsonByDefault,
        Media::GraphqlResponse | Media::Json | Media::JsonByDefault => media,
    };
    let mut answer = with_body(status, media, refusal.body().to_string().into_bytes());
    for (name, value) in refusal.headers() {
        answer.headers_mut().insert(name, value.clone());
    }
    answer
}

fn with_body(status: StatusCode, media: Media, body: Vec<u8>) -> HttpResponse {
    let mut answer = HttpResponse::new(Body::from(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.content_type());
    // Answers depend on who asks; whoever knows better says so in the response's own headers.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    answer
}
