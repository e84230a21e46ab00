//! Paths of the shop: percent-encoding (RFC 3986), and the form in which two paths are compared.

/// A part of a path, percent-encoded where it holds more than unreserved characters.
#[must_use]
pub fn encoded(part: &str) -> String {
    let mut encoded = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A text with its percent-encoded bytes decoded; what is not encoded well, or is not UTF-8, stays as it is.
#[must_use]
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let pair = if byte == b'%' { after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok()) } else { None };
        // "+1" is a number for the parser, and no byte.
        let pair = pair.filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A path as paths are compared: decoded, lower case, without blanks around it and slashes at its end.
#[must_use]
pub fn key(path: &str) -> String {
    let key = decoded(path.trim()).to_lowercase().replace('\0', "");
    match key.trim_end_matches('/') {
        "" => "/".to_owned(),
        kept => kept.to_owned(),
    }
}

/// Whether a text is a path of the shop: it begins with one slash and holds nothing that ends a URL's path or misleads.
#[must_use]
pub fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//") && is_clean(text)
}

/// Whether a text is an address on the web.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let scheme_end = text.find("://").map(|at| text[..at].to_ascii_lowercase());
    let Some("http" | "https") = scheme_end.as_deref() else { return false };
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    !host.is_empty() && !host.contains('@') && !host.starts_with(':') && is_clean(text)
}

fn is_clean(text: &str) -> bool {
    !text.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "\"<>\\`".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_to_one_place_have_one_key() {
        for path in ["/pages/café", "/pages/caf%C3%A9/", " /Pages/Caf%c3%a9//"] {
            assert_eq!(key(path), "/pages/café", "{path}");
        }
        assert_eq!(key("/"), "/");
        assert_eq!(key(""), "/");
        assert_eq!(key("/100%"), "/100%");
        assert_eq!(key("/%+1"), "/%+1");
        assert_eq!(key("/%FF"), "/%ff");
        assert_eq!(encoded("café 1"), "caf%C3%A9%201");
    }

    #[test]
    fn what_is_no_path_and_no_address_is_known() {
        assert!(is_path("/") && is_path("/a?b=c#d") && is_path("/café"));
        for bad in ["", "a", "//evil.example", "/a b", "/a\\b", "/\"", "https://x"] {
            assert!(!is_path(bad), "{bad}");
        }
        assert!(is_web_address("https://x.example/a?b") && is_web_address("HTTP://x"));
        for bad in ["", "/a", "https://", "javascript:alert(1)", "https://shop@evil/", "ftp://x", "https://a b"] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
