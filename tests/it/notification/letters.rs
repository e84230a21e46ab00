//! A mail as its receiver reads it (RFC 5322, RFC 2045).

use base64::{Engine, engine::general_purpose::STANDARD};

/// A mail, taken apart.
#[derive(Clone, Debug)]
pub struct Letter {
    head: Vec<(String, String)>,
    pub text: String,
    pub html: String,
}

impl Letter {
    pub fn parse(raw: &str) -> Self {
        let (head, body) = parts(raw);
        let kind = value(&head, "Content-Type").expect("a content type");
        let boundary = kind.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a boundary");
        let mut found = Self { head: head.clone(), text: String::new(), html: String::new() };
        for part in body.split(&format!("--{boundary}")).skip(1) {
            if part.starts_with("--") {
                break;
            }
            let (head, body) = parts(part.trim_start_matches("\r\n"));
            // The line break before a boundary belongs to the boundary.
            let body = body.strip_suffix("\r\n").unwrap_or(&body);
            let decoded = decode(&value(&head, "Content-Transfer-Encoding").unwrap_or_default(), body);
            let kind = value(&head, "Content-Type").expect("a content type");
            if kind.starts_with("text/html") {
                found.html = decoded;
            } else {
                assert!(kind.starts_with("text/plain"), "{kind}");
                found.text = decoded;
            }
        }
        found
    }

    /// Every header of this name.
    pub fn headers(&self, name: &str) -> Vec<String> {
        let of = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.head.iter().filter(of).map(|(_, value)| value.clone()).collect()
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> String {
        let found = self.headers(name);
        assert_eq!(found.len(), 1, "{name} in {:?}", self.head);
        found[0].clone()
    }

    pub fn subject(&self) -> String {
        self.header("Subject")
    }
}

/// Headers, folded lines joined, and the rest.
fn parts(raw: &str) -> (Vec<(String, String)>, String) {
    let (head, body) = raw.split_once("\r\n\r\n").expect("an empty line after the headers");
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let line = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    (unfolded.split("\r\n").filter_map(line).collect(), body.to_owned())
}

fn value(head: &[(String, String)], name: &str) -> Option<String> {
    head.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
}

fn decode(encoding: &str, body: &str) -> String {
    let bytes = match encoding {
        "base64" => STANDARD.decode(body.replace("\r\n", "")).expect("base64"),
        "quoted-printable" => quoted(body),
        "" | "7bit" | "8bit" => body.as_bytes().to_vec(),
        other => panic!("unexpected {other}"),
    };
    String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n")
}

fn quoted(body: &str) -> Vec<u8> {
    let joined = body.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_str());
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).expect("two hexadecimal digits"));
        rest = &after[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
