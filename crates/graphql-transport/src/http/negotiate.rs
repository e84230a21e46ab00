//! Owns content negotiation: which of our media types an `Accept` header asks for, and which bodies we read.

use http::{HeaderMap, HeaderValue, header};

/// What an answer is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: statuses tell how the request went.
    GraphqlResponse,
    /// `application/json` because the client named it: 200 also for documents that fail.
    Json,
    /// `application/json` because the client stated no preference: statuses tell how the request went.
    JsonByDefault,
    /// `text/event-stream`.
    EventStream,
    /// `text/html`: the page for browsers.
    Html,
}

impl Media {
    /// The value of `Content-Type`.
    pub fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json | Self::JsonByDefault => "application/json; charset=utf-8",
            Self::EventStream => "text/event-stream",
            Self::Html => "text/html; charset=utf-8",
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::Json | Self::JsonByDefault => "application/json",
            Self::EventStream => "text/event-stream",
            Self::Html => "text/html",
        }
    }
}

/// The outcome of negotiation.
#[derive(Clone, Copy, Debug)]
pub struct Accepted {
    /// What the answer is written as.
    pub media: Media,
    /// Whether the client also takes an event stream: some clients name all their types in every request.
    pub events: bool,
}

/// Chooses a media type, or none when the client takes none of ours. Named types go by quality, then in our order; only
/// when none is named do wildcards count, and they give `application/json`.
pub fn negotiate(headers: &HeaderMap, html: bool) -> Option<Accepted> {
    let ranges = ranges(headers);
    if ranges.is_empty() {
        return Some(Accepted { media: Media::JsonByDefault, events: false });
    }
    let quality = |name: &str| {
        let found = ranges.iter().filter(|(range, _)| range == name).map(|(_, quality)| *quality);
        found.max()
    };
    let events = quality(Media::EventStream.name()).is_some_and(|quality| quality > 0);
    let mut best: Option<(u16, Media)> = None;
    for media in [Media::GraphqlResponse, Media::Json, Media::EventStream, Media::Html] {
        let offered = media != Media::Html || html;
        let Some(quality) = quality(media.name()).filter(|&quality| offered && quality > 0) else {
            continue;
        };
        if best.is_none_or(|(most, _)| quality > most) {
            best = Some((quality, media));
        }
    }
    if let Some((_, media)) = best {
        return Some(Accepted { media, events });
    }
    let wild = |name: &str| quality(name).is_some_and(|quality| quality > 0);
    let media = match () {
        () if !wild("*/*") && !wild("application/*") => {
            return (html && wild("text/*")).then_some(Accepted { media: Media::Html, events });
        }
        () if quality(Media::Json.name()) != Some(0) => Media::JsonByDefault,
        () if quality(Media::GraphqlResponse.name()) != Some(0) => Media::GraphqlResponse,
        () => return None,
    };
    Some(Accepted { media, events })
}

/// The media ranges of `Accept` in lower case, with their quality in thousandths. Other parameters are ignored.
fn ranges(headers: &HeaderMap) -> Vec<(String, u16)> {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
            let quality = parts
                .filter_map(|parameter| parameter.strip_prefix("q=").or(parameter.strip_prefix("Q=")))
                .find_map(|quality| quality.parse::<f32>().ok())
                .unwrap_or(1.0);
            Some((name, (quality.clamp(0.0, 1.0) * 1000.0) as u16))
        })
        .collect()
}

/// Whether the body is JSON as we read it: `application/json`, in UTF-8, exactly one header.
pub fn is_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    let Ok(value) = value.to_str() else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    json && parts.filter(|part| !part.is_empty()).all(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
    })
}

/// Whether the body comes compressed, which we do not undo: a small body could become an endless one.
pub fn is_encoded(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str, html: bool) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_str(accept).unwrap());
        negotiate(&headers, html).map(|accepted| accepted.media)
    }

    #[test]
    fn the_best_named_type_wins_and_wildcards_mean_json() {
        use Media::*;
        for (accept, html, expected) in [
            ("application/json", false, Some(Json)),
            ("application/graphql-response+json", false, Some(GraphqlResponse)),
            ("application/json, application/graphql-response+json", false, Some(GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json", false, Some(Json)),
            ("*/*", false, Some(JsonByDefault)),
            ("application/*;q=0.1", false, Some(JsonByDefault)),
            ("application/json;q=0, */*", false, Some(GraphqlResponse)),
            ("text/event-stream", false, Some(EventStream)),
            ("text/event-stream, application/json", false, Some(Json)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", true, Some(Html)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", false, Some(JsonByDefault)),
            ("text/html", false, None),
            ("image/png", true, None),
            ("application/json;q=0", false, None),
            ("", false, Some(JsonByDefault)),
        ] {
            assert_eq!(chosen(accept, html), expected, "{accept}");
        }
    }

    #[test]
    fn only_json_in_utf8_is_read() {
        for (value, expected) in [
            ("application/json", true),
            ("Application/JSON; Charset=\"UTF-8\"", true),
            ("application/json; charset=latin1", false),
            ("text/plain", false),
            ("application/jsonp", false),
            ("application/graphql", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
            assert_eq!(is_json(&headers), expected, "{value}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
