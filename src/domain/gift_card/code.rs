//! The code of a card: drawn at random, hashed under a key, shown in groups of four.

use std::fmt;

use crate::{
    domain::shared::card_number::holds_card_number,
    platform::{Sources, keys::KeyRing},
};

/// Letters and digits that nobody takes for another: no 0, 1, I, O. 32 of them, so that each carries five bits.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Characters of a code: 80 bits, which nobody guesses.
const LENGTH: usize = 16;
/// Characters that people tell cards apart by.
const LAST: usize = 4;
/// What the hash is made for.
const PURPOSE: &str = "gift card code";

/// A card's code in plain. It is never kept, logged or put into an error.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    /// A new code. What would pass for a number of a payment card is drawn again: it would be refused where it is entered.
    #[must_use]
    pub(super) fn draw(sources: &Sources) -> Self {
        loop {
            let bytes: [u8; LENGTH] = sources.secret();
            let text: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
            if !holds_card_number(&text) {
                return Self(text);
            }
        }
    }

    /// The code as it is shown and mailed, such as `AB2C-D3EF-GH4J-K5LM`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> = (0..LENGTH).step_by(4).filter_map(|at| self.0.get(at..at + 4)).collect();
        groups.join("-")
    }

    /// What is kept of it to find the card by.
    pub(super) fn hash(&self, keys: &KeyRing) -> String {
        keys.fingerprints(PURPOSE, self.0.as_bytes()).into_iter().next().unwrap_or_default()
    }

    /// Its last characters.
    pub(super) fn last_characters(&self) -> String {
        self.0[LENGTH - LAST..].to_owned()
    }
}

/// A code as somebody entered it: what is needed to look for its card, and nothing of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredCode {
    hashes: Vec<String>,
    blank: bool,
    payment_card: bool,
}

impl EnteredCode {
    /// Reads a code. Case, blanks and dashes make no difference.
    #[must_use]
    pub fn read(keys: &KeyRing, text: &str) -> Self {
        let plain =
            |letter: &char| !letter.is_whitespace() && !"-_.\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}".contains(*letter);
        // A text that is much too long is not worth more work.
        let letters: String =
            text.chars().filter(plain).take(LENGTH + 1).map(|letter| letter.to_ascii_uppercase()).collect();
        let possible = letters.len() == LENGTH && letters.bytes().all(|letter| ALPHABET.contains(&letter));
        let hashes = if possible { keys.fingerprints(PURPOSE, letters.as_bytes()) } else { Vec::new() };
        Self { hashes, blank: letters.is_empty(), payment_card: holds_card_number(text) }
    }

    /// Whether nothing was entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.blank
    }

    /// Whether it is the number of a payment card, which must not be entered here.
    #[must_use]
    pub fn is_payment_card(&self) -> bool {
        self.payment_card
    }

    /// The hashes that its card may have, one for each key; none: it is no code.
    pub(super) fn hashes(&self) -> &[String] {
        &self.hashes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_written() {
        let keys = KeyRing::of_secret(b"secret");
        let code = Code::draw(&Sources::system());
        let shown = code.grouped();
        assert_eq!((shown.len(), shown.matches('-').count()), (19, 3));
        for text in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('-', "\u{2013}"),
            format!(" {shown}\n"),
        ] {
            assert_eq!(EnteredCode::read(&keys, &text).hashes(), [code.hash(&keys)], "{text}");
        }
        assert!(shown.ends_with(&code.last_characters()));
        assert!(!format!("{code:?} {:?}", EnteredCode::read(&keys, &shown)).contains(&code.last_characters()));
    }

    #[test]
    fn what_cannot_be_a_code_is_not_looked_for() {
        let keys = KeyRing::of_secret(b"secret");
        for text in ["", " - ", "ABCD", "0BCDEFGH23456789", "ABCDEFGHJKLMNPQRS", "\u{0}", "ÄBCDEFGH23456789"] {
            assert!(EnteredCode::read(&keys, text).hashes().is_empty(), "{text}");
        }
        assert!(EnteredCode::read(&keys, " - ").is_blank());
        assert!(EnteredCode::read(&keys, "4242 4242 4242 4242").is_payment_card());
    }

    #[test]
    fn codes_use_the_whole_alphabet_and_none_comes_twice() {
        let sources = Sources::system();
        let codes: std::collections::HashSet<String> = (0..2_000).map(|_| Code::draw(&sources).0).collect();
        assert_eq!(codes.len(), 2_000);
        let letters: std::collections::BTreeSet<u8> = codes.iter().flat_map(|code| code.bytes()).collect();
        assert_eq!(letters.len(), ALPHABET.len());
    }
}
