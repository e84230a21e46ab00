//! Files that the binary carries, with an ETag each: scripts and styles here, pictures in `pictures`.

use std::{collections::HashMap, sync::OnceLock};

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use include_dir::{Dir, File, include_dir};
use sha2::{Digest, Sha256};

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/assets");

/// `/assets/…`
pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    // The names carry no hash, so a browser asks each time whether the file is still the same.
    match ASSETS.get_file(&path) {
        Some(file) => answer(file, &headers, "no-cache"),
        None => missing(),
    }
}

/// There is no such file.
pub(super) fn missing() -> Response {
    (StatusCode::NOT_FOUND, "no such file\n").into_response()
}

/// Whether the caller has what the ETag names.
pub(super) fn knows(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag))
}

/// A file, unless the caller has it.
pub(super) fn answer(file: &'static File<'static>, headers: &HeaderMap, cache: &'static str) -> Response {
    let etag = etag(file);
    let etag_value = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\""));
    let common = [(header::ETAG, etag_value), (header::CACHE_CONTROL, HeaderValue::from_static(cache))];
    if knows(headers, &etag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = HeaderValue::from_static(media_type(file));
    (common, [(header::CONTENT_TYPE, kind)], file.contents()).into_response()
}

/// What kind of file it is, by its name.
pub(super) fn media_type(file: &File<'_>) -> &'static str {
    match file.path().extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// The ETag of a file: computed once, because the file is part of the binary.
pub(super) fn etag(file: &'static File<'static>) -> String {
    static KNOWN: OnceLock<std::sync::Mutex<HashMap<&'static std::path::Path, String>>> = OnceLock::new();
    let known = KNOWN.get_or_init(std::sync::Mutex::default);
    let mut known = known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let compute = || {
        let digest = Sha256::digest(file.contents());
        let hexadecimal: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        format!("\"{hexadecimal}\"")
    };
    known.entry(file.path()).or_insert_with(compute).clone()
}
