//! Files that the binary carries: scripts, styles and the demo shop's pictures, with an ETag each.

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
    answer(ASSETS.get_file(&path), &headers, "no-cache")
}

/// `/media/demo/…`
pub async fn demo_picture(Path(file): Path<String>, headers: HeaderMap) -> Response {
    answer(crate::demo::PICTURES.get_file(&file), &headers, "public, max-age=86400")
}

fn answer(file: Option<&'static File<'static>>, headers: &HeaderMap, cache: &'static str) -> Response {
    let Some(file) = file else { return (StatusCode::NOT_FOUND, "no such file\n").into_response() };
    let etag = etag(file);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag));
    let etag_value = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\""));
    let common = [(header::ETAG, etag_value), (header::CACHE_CONTROL, HeaderValue::from_static(cache))];
    if same {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = HeaderValue::from_static(media_type(file));
    (common, [(header::CONTENT_TYPE, kind)], file.contents()).into_response()
}

fn media_type(file: &File<'_>) -> &'static str {
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
fn etag(file: &'static File<'static>) -> String {
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
