//! Checks of the texts that shoppers and front ends put into carts: bounded, without NUL, without card numbers.

use entity::{
    address::Attribute,
    cart::cart::{Coordinates, Preferences},
};

use super::{Reason, Refusal};
use crate::domain::shared::{
    Error,
    card_number::{holds_card_number, phone_holds_card_number},
};

/// Longest note, in characters.
pub(super) const LONGEST_NOTE: usize = 5_000;
/// Longest name, key, code or e-mail address, in characters.
pub(super) const LONGEST_NAME: usize = 255;
/// Longest value of an attribute, in characters.
const LONGEST_VALUE: usize = 1_000;
/// Most attributes of a cart or a line.
const MOST_ATTRIBUTES: usize = 50;
/// Most discount codes of a cart.
const MOST_CODES: usize = 50;

/// PostgreSQL's text cannot hold NUL: no text that has one goes further.
///
/// # Errors
/// `BadInput` naming `argument`.
pub fn refuse_nul(argument: &str, text: &str) -> Result<(), Error> {
    if text.contains('\0') { Err(Error::bad_input(argument, "must not hold the character U+0000")) } else { Ok(()) }
}

/// Attributes at a place such as `["lines", "0", "attributes"]`.
pub(super) fn attributes(attributes: &[Attribute], place: &[&str]) -> Result<Vec<Refusal>, Error> {
    if attributes.len() > MOST_ATTRIBUTES {
        return Ok(vec![Refusal::new(Reason::TooManyAtOnce { most: MOST_ATTRIBUTES }, place)]);
    }
    let mut refusals = Vec::new();
    for (index, attribute) in attributes.iter().enumerate() {
        let index = index.to_string();
        for (field, text, shortest, longest) in
            [("key", &attribute.key, 1, LONGEST_NAME), ("value", &attribute.value, 0, LONGEST_VALUE)]
        {
            refuse_nul("attributes", text)?;
            let length = text.chars().count();
            let reason = if length < shortest || length > longest {
                Reason::TextLength { most: longest }
            } else if holds_card_number(text) {
                Reason::CardNumber
            } else {
                continue;
            };
            refusals.push(Refusal::new(reason, &[place, &[&index, field]].concat()));
        }
    }
    Ok(refusals)
}

/// A note.
pub(super) fn note(note: &str) -> Result<Vec<Refusal>, Error> {
    refuse_nul("note", note)?;
    let reason = if note.chars().count() > LONGEST_NOTE {
        Reason::NoteTooLong
    } else if holds_card_number(note) {
        Reason::CardNumber
    } else {
        return Ok(Vec::new());
    };
    Ok(vec![Refusal::new(reason, &["note"])])
}

/// A name of a cart.
pub(super) fn name(name: &str) -> Result<Vec<Refusal>, Error> {
    refuse_nul("name", name)?;
    let reason = if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
        Reason::TextLength { most: LONGEST_NAME }
    } else if holds_card_number(name) {
        Reason::CardNumber
    } else {
        return Ok(Vec::new());
    };
    Ok(vec![Refusal::new(reason, &["name"])])
}

/// Discount codes.
pub(super) fn discount_codes(codes: &[String]) -> Result<Vec<Refusal>, Error> {
    if codes.len() > MOST_CODES {
        return Ok(vec![Refusal::new(Reason::TooManyAtOnce { most: MOST_CODES }, &["discountCodes"])]);
    }
    let mut refusals = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        refuse_nul("discountCodes", code)?;
        let reason = if code.chars().count() > LONGEST_NAME {
            Reason::TextLength { most: LONGEST_NAME }
        } else if holds_card_number(code) {
            Reason::CardNumber
        } else {
            continue;
        };
        refusals.push(Refusal::new(reason, &["discountCodes", &index.to_string()]));
    }
    Ok(refusals)
}

/// Most entries of a list of preferences.
const MOST_PREFERENCES: usize = 50;

/// What a buyer prefers.
pub(super) fn preferences(preferences: &Preferences) -> Result<Vec<Refusal>, Error> {
    const PLACE: [&str; 2] = ["buyerIdentity", "preferences"];
    let none = Vec::new();
    let delivery = preferences.delivery.as_ref();
    let lists: [(&[&str], &Vec<String>); 3] = [
        (&["delivery", "deliveryMethod"], delivery.map_or(&none, |delivery| &delivery.methods)),
        (&["delivery", "pickupHandle"], delivery.map_or(&none, |delivery| &delivery.pickup_handles)),
        (&["wallet"], preferences.wallet.as_ref().unwrap_or(&none)),
    ];
    let mut refusals = Vec::new();
    for (field, texts) in lists {
        let place = [&PLACE, field].concat();
        if texts.len() > MOST_PREFERENCES {
            refusals.push(Refusal::new(Reason::TooManyAtOnce { most: MOST_PREFERENCES }, &place));
            continue;
        }
        for (index, text) in texts.iter().enumerate() {
            refuse_nul("buyerIdentity.preferences", text)?;
            let reason = if text.is_empty() || text.chars().count() > LONGEST_NAME {
                Reason::TextLength { most: LONGEST_NAME }
            } else if holds_card_number(text) {
                Reason::CardNumber
            } else {
                continue;
            };
            refusals.push(Refusal::new(reason, &[&*place, &[&index.to_string()]].concat()));
        }
    }
    let on_the_map = |place: &Coordinates| {
        place.latitude_e7.unsigned_abs() <= 900_000_000 && place.longitude_e7.unsigned_abs() <= 1_800_000_000
    };
    if delivery.and_then(|delivery| delivery.coordinates.as_ref()).is_some_and(|place| !on_the_map(place)) {
        refusals.push(Refusal::new(Reason::Coordinates, &[&PLACE[..], &["delivery", "coordinates"]].concat()));
    }
    Ok(refusals)
}

/// A phone number: digits with the usual marks between them.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let marks = text.chars().all(|letter| letter.is_ascii_digit() || " +-()./x#".contains(letter));
    (3..=20).contains(&digits) && marks && text.len() <= 40 && !phone_holds_card_number(text)
}
