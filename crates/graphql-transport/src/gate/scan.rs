//! Owns the look at the raw text before any parser runs: tokens and brackets, in one pass, without recursion or allocation.

use crate::{limits::Limits, refusal::Refusal};

/// Refuses a text that is too long, has too many tokens or nests brackets too deeply.
///
/// The parser recurses once a bracket, so a text of nothing but `[` would overflow the stack before any other limit could
/// speak. Brackets inside strings, block strings and comments do not count. Faults of syntax are left to the parser.
pub fn scan(text: &str, limits: &Limits) -> Result<(), Refusal> {
    if text.len() > limits.query_bytes {
        return Err(Refusal::too_complex("the query text is too long").with_extension("limit", limits.query_bytes));
    }
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut depth) = (0, 0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        let Some(end) = token_end(bytes, at) else {
            return Err(Refusal::document("the document has a string without an end"));
        };
        if is_ignored(byte) {
            at = end;
            continue;
        }
        tokens += 1;
        if tokens > limits.tokens {
            return Err(Refusal::too_complex("the query has too many tokens").with_extension("limit", limits.tokens));
        }
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limits.bracket_depth {
            return Err(
                Refusal::too_complex("the query is nested too deeply").with_extension("limit", limits.bracket_depth)
            );
        }
        at = end;
    }
    Ok(())
}

/// Blanks, commas, comments and the byte order mark mean nothing to the grammar.
fn is_ignored(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'#' | 0xEF | 0xBB | 0xBF)
}

/// Where the token that begins at `at` ends, always beyond `at`; `None` for a string that does not end.
///
/// The parser takes `"""x" [[[` for an empty string, another string and brackets, when no `"""` follows. Whoever reads on in
/// a string without an end can therefore be led past brackets that the parser will see.
fn token_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let length = match rest[0] {
        b'#' => rest.iter().position(|&byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len()),
        b'"' if rest.starts_with(br#"""""#) => block_string_length(rest)?,
        b'"' => string_length(rest)?,
        b'.' if rest.starts_with(b"...") => 3,
        first if is_word(first) => rest.iter().take_while(|&&byte| is_word(byte)).count(),
        _ => 1,
    };
    Some(at + length)
}

/// Names and whole numbers. The sign and the fraction of a number count as tokens of their own, which errs to the strict side.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of a `"…"`, which ends before its line does.
fn string_length(rest: &[u8]) -> Option<usize> {
    let mut length = 1;
    loop {
        match rest.get(length)? {
            b'\\' => length += 2,
            b'"' => return Some(length + 1),
            b'\n' | b'\r' => return None,
            _ => length += 1,
        }
    }
}

/// The length of a `"""…"""`, in which only `\"""` is an escape.
fn block_string_length(rest: &[u8]) -> Option<usize> {
    let mut length = 3;
    while length < rest.len() {
        if rest[length..].starts_with(br#"\""""#) {
            length += 4;
        } else if rest[length..].starts_with(br#"""""#) {
            return Some(length + 3);
        } else {
            length += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deep(text: &str, bracket_depth: usize) -> bool {
        let limits = Limits { bracket_depth, ..Limits::default() };
        scan(text, &limits).is_err()
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        for text in [
            r#"{a(b:"[[[[[[")}"#,
            r#"{a(b:"\"[[[[[[")}"#,
            r#"{a(b:"\\",c:"[[[[")}"#,
            r#"{a(b:"""[[[ " [[[ \""" [[[ """)}"#,
            r#"{a(b:"""\\""" c:[[[ """)}"#,
            "{a #[[[[[[[\n}",
            "{a(b:\"\"\"\"[[[[\"\"\")}",
        ] {
            assert!(!deep(text, 2), "{text}");
        }
    }

    #[test]
    fn brackets_after_strings_and_comments_count() {
        for text in [
            r#"{a(b:"x" c:[[[)}"#,
            r#"{a(b:"""\ """ c:[[[)}"#,
            r#"{a(b:"\\" c:[[[)}"#,
            r#"{a(b:"" c:[[[)}"#,
            "{a #\r[[[[",
        ] {
            assert!(deep(text, 4), "{text}");
        }
    }

    #[test]
    fn a_string_without_an_end_hides_no_brackets() {
        for text in ["{a(b:\"open\n[[[", "{a(b:\"open", "{a(b:\"open\\", r#"{a(b:["""x" [[["#, r#"{a(b:["""x\""" [[["#]
        {
            assert!(scan(text, &Limits::default()).is_err(), "{text}");
        }
    }

    #[test]
    fn closed_brackets_make_room() {
        assert!(!deep("{a(b:[]) c(d:[]) e(f:[])}", 3));
    }

    #[test]
    fn tokens_are_those_of_the_grammar() {
        let count = |text: &str| (0..).find(|&tokens| scan(text, &Limits { tokens, ..Limits::default() }).is_ok());
        assert_eq!(count(""), Some(0));
        assert_eq!(count(" ,,, # nothing\n\u{feff}"), Some(0));
        assert_eq!(count("{ a }"), Some(3));
        assert_eq!(count("{a...b}"), Some(5));
        assert_eq!(count("{a(b:-1.5e+3 c:$d)}"), Some(17));
        assert_eq!(count(r#"{a(b:"x y" c:"""z " z""")}"#), Some(11));
    }
}
