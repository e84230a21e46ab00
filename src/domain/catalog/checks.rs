//! The bounds of what the catalog keeps, and the checks against them. Lengths count characters.

use super::errors::{Reason, Refusal};
use crate::domain::shared::card_number::shows_card_number;

/// Longest title, handle, vendor, type, tag, option name or value, SKU and so on.
pub const TITLE_MOST: usize = 255;
/// Longest description (HTML).
pub const HTML_MOST: usize = 65_535;
/// Longest SEO description and longest text of a picture.
pub const TEXT_MOST: usize = 1_000;
/// Longest URL.
pub const URL_MOST: usize = 2_048;
/// Most options of a product.
pub const OPTIONS_MOST: usize = 3;
/// Most variants of a product.
pub const VARIANTS_MOST: usize = 250;
/// Most pictures of a product.
pub const IMAGES_MOST: usize = 250;
/// Most tags of a product.
pub const TAGS_MOST: usize = 250;
/// Most ids in one call.
pub const IDS_MOST: usize = 250;
/// Highest price in minor units: 999 of it still fit into 64 bits many times over.
pub const PRICE_MOST: i64 = 1_000_000_000_000;
/// Heaviest variant: a thousand tonnes.
pub const GRAMS_MOST: i32 = 1_000_000_000;

/// Collects what is wrong with an input.
#[derive(Debug, Default)]
pub struct Checks {
    /// What was found.
    pub refusals: Vec<Refusal>,
}

impl Checks {
    /// Remembers a refusal.
    pub fn refuse(&mut self, at: impl Into<String>, reason: Reason) {
        self.refusals.push(Refusal::new(at, reason));
    }

    /// A text that may be empty.
    pub fn text(&mut self, at: impl Into<String>, text: &str, most: usize) {
        if shows_card_number(text) {
            self.refuse(at, Reason::CardNumber);
        } else {
            self.code(at, text, most);
        }
    }

    /// An article's number, a path or a part of one, that may be empty: digits there are no card's.
    pub fn code(&mut self, at: impl Into<String>, text: &str, most: usize) {
        if text.contains('\0') {
            self.refuse(at, Reason::HoldsNul);
        } else if text.chars().nth(most).is_some() {
            self.refuse(at, Reason::TooLong(most));
        }
    }

    /// A text that must not be empty.
    pub fn required(&mut self, at: impl Into<String>, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.refuse(at, Reason::Blank);
        } else {
            self.text(at, text, most);
        }
    }

    /// A path or a part of one that must not be empty.
    pub fn required_code(&mut self, at: impl Into<String>, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.refuse(at, Reason::Blank);
        } else {
            self.code(at, text, most);
        }
    }

    /// A list.
    pub fn count(&mut self, at: impl Into<String>, count: usize, most: usize) {
        if count > most {
            self.refuse(at, Reason::TooMany(most));
        }
    }

    /// A number from zero to `most`.
    pub fn number(&mut self, at: impl Into<String>, number: i64, most: i64) {
        if number < 0 {
            self.refuse(at, Reason::Negative);
        } else if number > most {
            self.refuse(at, Reason::TooLarge(most));
        }
    }

    /// Where a picture is.
    pub fn url(&mut self, at: impl Into<String>, url: &str) {
        if url.contains('\0') {
            self.refuse(at, Reason::HoldsNul);
        } else if url.len() > URL_MOST {
            self.refuse(at, Reason::TooLong(URL_MOST));
        } else if !is_picture_url(url) {
            self.refuse(at, Reason::NotAUrl);
        }
    }
}

/// Whether pictures may be found there: `http(s)://host…`, or a path below `/media/` that does not climb out of it.
#[must_use]
pub fn is_picture_url(url: &str) -> bool {
    if url.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "\"<>\\`".contains(letter)) {
        return false;
    }
    if let Some(path) = url.strip_prefix("/media/") {
        let path = path.to_lowercase().replace("%2e", ".").replace("%2f", "/");
        return !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    }
    let scheme_end = url.find("://").map(|at| url[..at].to_ascii_lowercase());
    let Some("http" | "https") = scheme_end.as_deref() else { return false };
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    // A name before the host ("https://shop@evil") misleads people.
    !host.is_empty() && !host.contains('@') && !host.starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_on_the_web_or_below_media() {
        for url in ["https://cdn.example/a.jpg?v=1", "HTTP://x/y", "/media/demo/a.webp"] {
            assert!(is_picture_url(url), "{url}");
        }
        for url in [
            "",
            "a.jpg",
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "//host/a.jpg",
            "/media/",
            "/media/../secret",
            "/media/%2e%2E/secret",
            "/etc/passwd",
            "https://",
            "https://a b/c",
            "https://shop@evil/a.jpg",
            "https://x/\"onerror=",
        ] {
            assert!(!is_picture_url(url), "{url}");
        }
    }
}
