//! Changing what a cart says about itself: note, attributes, who buys, discount codes, name and kind.

use entity::{
    address::{Attribute, Attributes},
    cart::cart::{self, DiscountCodes},
    ids::AccountId,
};
use sea_orm::sea_query::Expr;

use super::{CartKind, EditableCart, Reason, Refusal, Target, Warning, WarningKind, checks, edit::Outcome};
use crate::domain::shared::{Failure, address::is_email};

/// A value that a change leaves, sets or clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// As it is.
    #[default]
    Keep,
    /// This, or nothing.
    To(Option<T>),
}

/// Who buys.
#[derive(Clone, Debug, Default)]
pub struct BuyerIdentity {
    /// Country (ISO 3166-1 alpha-2).
    pub country_code: Change<String>,
    /// E-mail address.
    pub email: Change<String>,
    /// Phone number.
    pub phone: Change<String>,
    /// The customer who is signed in: a cart that is nobody's becomes theirs.
    pub account_id: Option<AccountId>,
}

type Changed = Result<Outcome, Failure<Refusal>>;

fn refuse_any(refusals: Vec<Refusal>) -> Result<(), Failure<Refusal>> {
    if refusals.is_empty() { Ok(()) } else { Err(Failure::Refused(refusals)) }
}

pub(super) fn note(note: &str) -> Changed {
    refuse_any(checks::note(note)?)?;
    Ok(Outcome::column(cart::Column::Note, Some(note.to_owned()).filter(|note| !note.is_empty())))
}

pub(super) fn attributes(attributes: Vec<Attribute>) -> Changed {
    refuse_any(checks::attributes(&attributes, &["attributes"])?)?;
    Ok(Outcome::column(cart::Column::Attributes, Attributes(attributes)))
}

pub(super) fn buyer_identity(cart: &EditableCart, identity: BuyerIdentity) -> Changed {
    let mut outcome = Outcome::default();
    let mut refusals = Vec::new();
    if let Change::To(country) = identity.country_code {
        outcome.columns.push((cart::Column::CountryCode, Expr::val(country)));
    }
    if let Change::To(email) = identity.email {
        let email = tidy("buyerIdentity.email", email)?;
        if email.as_deref().is_some_and(|email| !is_email(email)) {
            refusals.push(Refusal::new(Reason::EmailInvalid, &["buyerIdentity", "email"]));
        }
        outcome.columns.push((cart::Column::Email, Expr::val(email)));
    }
    if let Change::To(phone) = identity.phone {
        let phone = tidy("buyerIdentity.phone", phone)?;
        if phone.as_deref().is_some_and(|phone| !checks::is_phone(phone)) {
            refusals.push(Refusal::new(Reason::PhoneInvalid, &["buyerIdentity", "phone"]));
        }
        outcome.columns.push((cart::Column::Phone, Expr::val(phone)));
    }
    if let (None, Some(account_id)) = (cart.cart().account_id, identity.account_id) {
        outcome.columns.push((cart::Column::AccountId, Expr::val(account_id)));
    }
    refuse_any(refusals)?;
    Ok(outcome)
}

fn tidy(argument: &str, text: Option<String>) -> Result<Option<String>, Failure<Refusal>> {
    let Some(text) = text else { return Ok(None) };
    checks::refuse_nul(argument, &text)?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// The codes are kept as entered, each once; none of them is known, because this shop has no discounts yet.
pub(super) fn discount_codes(cart: &EditableCart, codes: &[String]) -> Changed {
    refuse_any(checks::discount_codes(codes)?)?;
    let mut kept: Vec<String> = Vec::new();
    for code in codes.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
        if !kept.iter().any(|other| other.to_lowercase() == code.to_lowercase()) {
            kept.push(code.to_owned());
        }
    }
    let target = Target::Cart(cart.cart().id);
    let warnings = kept.iter().map(|code| Warning::new(WarningKind::DiscountNotFound(code.clone()), target)).collect();
    let mut outcome = Outcome::column(cart::Column::DiscountCodes, DiscountCodes(kept));
    outcome.warnings = warnings;
    Ok(outcome)
}

pub(super) fn rename(name: Change<String>, kind: Option<CartKind>) -> Changed {
    let mut outcome = Outcome::default();
    if let Change::To(name) = name {
        if let Some(name) = &name {
            refuse_any(checks::name(name)?)?;
        }
        let name = name.map(|name| name.trim().to_owned());
        outcome.columns.push((cart::Column::Name, Expr::val(name)));
    }
    if let Some(kind) = kind {
        outcome.columns.push((cart::Column::Kind, Expr::val(kind)));
    }
    Ok(outcome)
}
