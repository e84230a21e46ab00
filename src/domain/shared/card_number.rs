//! Recognising payment card numbers in texts, so that none is taken in: by their digits, their issuers' prefixes and the Luhn
//! check (ISO/IEC 7812-1). Every text is looked at, where texts are checked.

use std::ops::RangeInclusive;

/// Digits of a card number.
const LENGTHS: RangeInclusive<usize> = 13..=19;
/// Digits of the longest telephone number (ITU-T E.164).
const LONGEST_PHONE: usize = 15;

/// Whether a shopper's text holds what looks like a card number, however blanks, hyphens, dots or slashes part its digits.
#[must_use]
pub fn holds_card_number(text: &str) -> bool {
    holds(text, |digits, _| digits >= *LENGTHS.start())
}

/// The same for a telephone number: shorter ones than a card's are those of telephones, of which one in ten would pass.
#[must_use]
pub fn phone_holds_card_number(text: &str) -> bool {
    holds(text, |digits, _| digits > LONGEST_PHONE)
}

/// The same for a text of the shop, such as a description: digits in one piece or in the groups that are printed on cards. Of a
/// table of sizes one row in ten would pass otherwise.
#[must_use]
pub fn shows_card_number(text: &str) -> bool {
    holds(text, |_, groups| match groups {
        [first, middle, last] if (first.len(), middle.len()) == (4, 6) => matches!(last.len(), 4 | 5),
        [_] => true,
        [all_but_last @ .., last] => all_but_last.iter().all(|group| group.len() == 4) && last.len() <= 4,
        [] => false,
    })
}

/// Whether digits that pass the check are there, in groups that count.
fn holds(text: &str, counts: impl Fn(usize, &[Vec<u32>]) -> bool) -> bool {
    let mut groups: Vec<Vec<u32>> = vec![Vec::new()];
    for letter in text.chars().chain(std::iter::once('x')) {
        match (digit_of(letter), groups.last_mut()) {
            (Some(digit), Some(group)) => group.push(digit),
            (Some(digit), None) => groups.push(vec![digit]),
            (None, Some(group)) if separates(letter) => {
                if !group.is_empty() {
                    groups.push(Vec::new());
                }
            }
            (None, _) => {
                if has_card(&groups, &counts) {
                    return true;
                }
                groups = vec![Vec::new()];
            }
        }
    }
    false
}

/// The digit that a letter is, also in Arabic, Persian, Devanagari, Bengali, Thai and full-width figures.
fn digit_of(letter: char) -> Option<u32> {
    const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];
    let of = |zero: &char| u32::from(letter).checked_sub(u32::from(*zero)).filter(|digit| *digit < 10);
    letter.to_digit(10).or_else(|| ZEROS.iter().find_map(of))
}

fn separates(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '.' | '/' | '_' | '\u{2010}'..='\u{2015}')
}

/// Whether some groups of digits that follow each other are a card number: other numbers may stand before and behind it.
fn has_card(groups: &[Vec<u32>], counts: impl Fn(usize, &[Vec<u32>]) -> bool) -> bool {
    (0..groups.len()).any(|first| {
        let mut digits = Vec::new();
        for (more, group) in groups[first..].iter().enumerate() {
            // What is longer already does not become shorter.
            if digits.len() + group.len() > *LENGTHS.end() {
                return false;
            }
            digits.extend_from_slice(group);
            let taken = &groups[first..=first + more];
            if !group.is_empty() && LENGTHS.contains(&digits.len()) && counts(digits.len(), taken) && is_card(&digits) {
                return true;
            }
        }
        false
    })
}

fn is_card(digits: &[u32]) -> bool {
    let begin = digits.iter().take(4).fold(0, |number, digit| number * 10 + digit);
    let issued = match begin {
        // Visa. Those of 13 digits are not issued any more; articles (EAN) have 13 as well.
        4000..=4999 => digits.len() != 13 || !is_article(digits),
        // Mastercard and Mir.
        5100..=5599 | 2221..=2720 | 2200..=2204 => digits.len() == 16,
        // American Express.
        3400..=3499 | 3700..=3799 => digits.len() == 15,
        // Diners Club and JCB.
        3000..=3059 | 3600..=3699 | 3800..=3999 => digits.len() >= 14,
        3528..=3589 => digits.len() >= 16,
        // Discover, UnionPay, Maestro.
        6000..=6999 | 8100..=8199 => digits.len() >= 16,
        5000..=5099 | 5600..=5899 => digits.len() >= 16,
        _ => false,
    };
    issued && luhn(digits)
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| digit * 2 - if digit > 4 { 9 } else { 0 };
    let places = digits.iter().rev().enumerate();
    let sum: u32 = places.map(|(place, digit)| if place % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10)
}

/// Whether the last digit is that of an article's number (GS1 General Specifications, 7.9).
fn is_article(digits: &[u32]) -> bool {
    let places = digits.iter().rev().enumerate();
    let sum: u32 = places.map(|(place, digit)| if place % 2 == 1 { digit * 3 } else { *digit }).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_every_issuer_are_seen_however_they_are_written() {
        for card in [
            "4242 4242 4242 4242",
            "card 5555-5555-5555-4444, thanks",
            "378282246310005",
            "6011.1111.1111.1117",
            "30569309025904",
            "3566002020360505",
            "6200000000000005",
            "4222222222222",
            "2223003122003222",
            "\u{664}\u{662}\u{664}\u{662}\u{664}\u{662}\u{664}\u{662}\u{664}\u{662}\u{664}\u{662}\u{664}\u{662}\u{664}\u{662}",
            "my number is 17, 4242\u{a0}4242\u{a0}4242\u{a0}4242 and 12/34 123",
            "12 4242424242424242 34",
            "4242424242424242 4000000000000002",
        ] {
            assert!(holds_card_number(card), "{card}");
        }
    }

    #[test]
    fn other_numbers_are_let_through() {
        for other in [
            "4242 4242 4242 4241",
            "call 030 1234567",
            "4006381333931",
            "9780306406157",
            "order 20261121000042",
            "0000000000000000",
            "1111111111111117",
            "DE89 3704 0044 0532 0130 00",
            "1Z999AA10123456784",
            "00340434161094021501",
            "2026-11-21 08:45:12",
            "",
        ] {
            assert!(!holds_card_number(other), "{other}");
        }
    }

    #[test]
    fn a_text_of_the_shop_may_have_tables_but_no_card() {
        for card in [
            "4242424242424242",
            "<p>pay to 4242 4242 4242 4242</p>",
            "3782 822463 10005",
            "3056 930902 5904",
            "4222222222222",
            "6205-5000-0000-0000-004",
        ] {
            assert!(shows_card_number(card), "{card}");
        }
        // Digits that pass the check, as a shopper might write them who hides a card.
        for table in ["42 42 42 42 42 42 42 42", "4242 42 4242 424242", "4 242424242424242"] {
            assert!(holds_card_number(table) && !shows_card_number(table), "{table}");
        }
    }

    #[test]
    fn a_long_text_of_numbers_is_read_through_once() {
        let sizes = "40 41  42 ".repeat(100_000);
        let started = std::time::Instant::now();
        assert!(!shows_card_number(&sizes));
        assert!(!holds_card_number(&"1".repeat(1_000_000)));
        assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
    }

    #[test]
    fn a_telephone_number_is_no_card_and_a_card_no_telephone_number() {
        // One in ten German numbers of 13 digits passes the check of a Visa card.
        let passing = (0..100).map(|number| format!("+49 1512 34567{number:02}")).find(|text| holds_card_number(text));
        assert!(!phone_holds_card_number(&passing.expect("one that would be refused elsewhere")));
        assert!(phone_holds_card_number("4242 4242 4242 4242"));
    }
}
