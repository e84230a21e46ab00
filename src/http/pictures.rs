//! The demo shop's pictures, as they are or in the size that `?width=&height=&crop=&format=` asks for.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::assets;
use crate::{
    app::App,
    platform::pictures::{Made, Mistake, Original, Wanted},
};

/// How long a browser keeps a picture without asking: its address stays the same when a release brings another.
const KEPT: &str = "public, max-age=86400";

/// `/media/demo/…`
pub async fn demo_picture(
    State(app): State<App>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(file) = crate::demo::PICTURES.get_file(&name) else { return assets::missing() };
    let parameters = parameters(query.as_deref().unwrap_or_default());
    let wanted = match Wanted::read(parameters.iter().copied()) {
        Ok(wanted) => wanted,
        Err(Mistake(reason)) => return (StatusCode::BAD_REQUEST, format!("{reason}\n")).into_response(),
    };
    if wanted == Wanted::default() {
        return assets::answer(file, &headers, KEPT);
    }
    let etag = etag(&assets::etag(file), wanted);
    if assets::knows(&headers, &etag) {
        return (StatusCode::NOT_MODIFIED, kept(&etag)).into_response();
    }
    let Some(name) = file.path().to_str() else { return assets::missing() };
    match app.pictures.make(Original { name, bytes: file.contents() }, wanted).await {
        Made::Resized { bytes, format } => {
            let kind = HeaderValue::from_static(format.media_type());
            (kept(&etag), [(header::CONTENT_TYPE, kind)], Bytes::from_owner(bytes)).into_response()
        }
        Made::Original => {
            let kind = HeaderValue::from_static(assets::media_type(file));
            (kept(&etag), [(header::CONTENT_TYPE, kind)], file.contents()).into_response()
        }
        Made::Busy => {
            let kind = HeaderValue::from_static(assets::media_type(file));
            let common = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store")), (header::CONTENT_TYPE, kind)];
            (common, file.contents()).into_response()
        }
    }
}

/// Names and values. What has to be written as `%…` is nothing that is understood here.
fn parameters(query: &str) -> Vec<(&str, &str)> {
    query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect()
}

fn etag(original: &str, wanted: Wanted) -> String {
    let side = |side: Option<u32>| side.map(|side| side.to_string()).unwrap_or_default();
    let crop = wanted.crop.map(|crop| crop.word()).unwrap_or_default();
    let format = wanted.format.map(|format| format.word()).unwrap_or_default();
    let original = original.trim_matches('"');
    format!("\"{original}-{}x{}{crop}{format}\"", side(wanted.width), side(wanted.height))
}

fn kept(etag: &str) -> [(header::HeaderName, HeaderValue); 2] {
    let etag = HeaderValue::from_str(etag).unwrap_or(HeaderValue::from_static("\"\""));
    [(header::ETAG, etag), (header::CACHE_CONTROL, HeaderValue::from_static(KEPT))]
}
