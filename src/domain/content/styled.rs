//! Words for HTML: escaped, and with what was typed marked.

use crate::domain::shared::fold;

/// A text as HTML shows it: nothing in it is a tag, an entity or the end of an attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A phrase with the beginnings of its words that were typed in `<mark>` and the rest in `<span>`, all of it escaped.
/// `typed` are folded words.
#[must_use]
pub fn marked(phrase: &str, typed: &[String]) -> String {
    let mut html = String::new();
    let mut rest = String::new();
    for piece in pieces(phrase) {
        let (beginning, end) = piece.split_at(beginning_of(piece, typed));
        if !beginning.is_empty() {
            span(&mut html, &mut rest);
            html.push_str("<mark>");
            html.push_str(&escaped(beginning));
            html.push_str("</mark>");
        }
        rest.push_str(end);
    }
    span(&mut html, &mut rest);
    html
}

fn span(html: &mut String, rest: &mut String) {
    if !rest.is_empty() {
        html.push_str("<span>");
        html.push_str(&escaped(rest));
        html.push_str("</span>");
        rest.clear();
    }
}

/// Runs of letters and digits, and what stands between them. A combining mark belongs to the letter before it.
fn pieces(phrase: &str) -> Vec<&str> {
    let belongs = |letter: char| {
        letter.is_alphanumeric() || (!letter.is_ascii() && fold(letter.encode_utf8(&mut [0; 4])).is_empty())
    };
    let mut pieces = Vec::new();
    let (mut start, mut inside) = (0, None);
    for (at, letter) in phrase.char_indices() {
        let word = if inside == Some(true) { belongs(letter) } else { letter.is_alphanumeric() };
        if inside.is_some_and(|inside| inside != word) {
            pieces.push(&phrase[start..at]);
            start = at;
        }
        inside = Some(word);
    }
    if start < phrase.len() {
        pieces.push(&phrase[start..]);
    }
    pieces
}

/// How many bytes of a word fold to the longest typed word that it begins with.
fn beginning_of(word: &str, typed: &[String]) -> usize {
    let folded = fold(word);
    let longest = typed
        .iter()
        .filter(|typed| !typed.is_empty() && folded.starts_with(typed.as_str()))
        .max_by_key(|typed| typed.len());
    let Some(longest) = longest else { return 0 };
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let fits = |end: &usize| fold(&word[..*end]).starts_with(longest.as_str());
    let Some(end) = ends.clone().find(fits) else { return 0 };
    // A letter keeps its combining marks.
    ends.take_while(|later| *later <= end || fold(&word[..*later]) == fold(&word[..end])).last().unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(phrase: &str, typed: &[&str]) -> String {
        marked(phrase, &typed.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_beginnings_that_were_typed_are_marked() {
        assert_eq!(
            mark("Snowboard wax", &["sno", "w"]),
            "<mark>Sno</mark><span>wboard </span><mark>w</mark><span>ax</span>"
        );
        assert_eq!(
            mark("Crème brûlée", &["creme", "bru"]),
            "<mark>Crème</mark><span> </span><mark>brû</mark><span>lée</span>"
        );
        assert_eq!(mark("Cre\u{300}me", &["cre"]), "<mark>Cre\u{300}</mark><span>me</span>");
        assert_eq!(mark("Lamp", &["x"]), "<span>Lamp</span>");
        assert_eq!(mark("", &["x"]), "");
    }

    #[test]
    fn nothing_in_a_phrase_becomes_html() {
        let html = mark("<img src=x onerror=\"a('b')\"> & lamp", &["img", "lamp"]);
        assert_eq!(
            html,
            "<span>&lt;</span><mark>img</mark><span> src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt; &amp; </span><mark>lamp</mark>"
        );
    }
}
