//! Folding text for comparison, sorting and word search, the same for both databases because it happens here.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without accents, compatibility forms unified, white space collapsed: `"  Café Ⅷ "` gives `"cafe viii"`.
#[must_use]
pub fn fold(text: &str) -> String {
    let letters: String =
        text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The folded words of a text: runs of letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_blanks_do_not_matter() {
        assert_eq!(fold("  Café\u{a0}CRÈME \n Ⅷ "), "cafe creme viii");
        assert_eq!(fold("Straße"), "straße");
        assert_eq!(words("13\" Ultra-Book (2026)"), ["13", "ultra", "book", "2026"]);
        assert!(words(" -- % _ ").is_empty());
    }
}
