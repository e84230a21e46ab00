//! Descriptions: HTML made safe, and the same as plain text.

/// Tags that end a word in plain text.
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "td",
    "th",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "dt",
    "dd",
    "dl",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "section",
    "article",
    "header",
    "footer",
];

/// HTML without scripts, styles, frames, forms and event attributes.
#[must_use]
pub fn sanitize(html: &str) -> String {
    // Most descriptions without a tag or an entity need no parser.
    if !html.contains(['<', '>', '&', '\u{a0}']) {
        return html.trim().to_owned();
    }
    ammonia::clean(html).trim().to_owned()
}

/// The text of HTML that [`sanitize`] made, white space collapsed.
#[must_use]
pub fn plain_text(sanitized: &str) -> String {
    let mut text = String::with_capacity(sanitized.len());
    let mut rest = sanitized;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let tag = &rest[start + 1..];
        let end = tag_end(tag);
        let name = tag[..end].trim_start_matches('/');
        let name = name.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or("");
        if BLOCKS.contains(&name) {
            text.push(' ');
        }
        rest = tag.get(end + 1..).unwrap_or("");
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ");
    // Last, so that an escaped entity is not decoded twice.
    let text = text.replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_or_restyle_the_page_is_left_out() {
        let dirty = "<p onclick=\"x()\" style=\"color:red\">Good <b>lamp</b><script>steal()</script>\
                     <style>p{}</style><iframe src=\"//evil\"></iframe></p><a href=\"javascript:x()\">more</a>\
                     <img src=x onerror=x()><form><input></form>";
        let clean = sanitize(dirty);
        for word in ["onclick", "style", "script", "steal", "iframe", "onerror", "form", "input"] {
            assert!(!clean.contains(word), "{word} in {clean}");
        }
        assert!(clean.starts_with("<p>Good <b>lamp</b></p>"), "{clean}");
        assert_eq!(sanitize(&clean), clean);
    }

    #[test]
    fn plain_text_keeps_words_apart_and_decodes_entities() {
        let html = sanitize("<h1>Lamp</h1><p>A &amp; B&nbsp;&lt;3</p><ul><li>one</li><li>t<b>w</b>o</li></ul>");
        assert_eq!(plain_text(&html), "Lamp A & B <3 one two");
        assert_eq!(plain_text(&sanitize("<img alt=\"a > b\" src=\"/x\">after")), "after");
        assert_eq!(plain_text(&sanitize("&amp;lt;")), "&lt;");
    }
}
