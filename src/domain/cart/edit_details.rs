//! Changing what a cart says about itself: note, attributes, who buys, discount codes, name and kind.

use entity::{
    address::{Attribute, Attributes},
    cart::cart::{self, DiscountCodes, Preferences},
    ids::AccountId,
};
use sea_orm::sea_query::Expr;

use super::{CartKind, EditableCart, NewAddress, Reason, Refusal, checks, edit::Outcome};
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
    /// What the buyer prefers.
    pub preferences: Change<Preferences>,
    /// Delivery addresses in place of the present ones, the first one selected.
    pub addresses: Option<Vec<NewAddress>>,
    /// Whose cart it is.
    pub customer: CustomerChange,
}

/// Whose cart it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerChange {
    /// A cart that is nobody's becomes the customer's who is signed in.
    Viewer(Option<AccountId>),
    /// This customer's, who proved it with a token. To them another's cart reads as missing.
    To(AccountId),
    /// Nobody's.
    Nobody,
}

impl Default for CustomerChange {
    fn default() -> Self {
        Self::Viewer(None)
    }
}

impl CustomerChange {
    /// Whose a new cart is.
    #[must_use]
    pub fn owner(self) -> Option<AccountId> {
        match self {
            Self::Viewer(account_id) => account_id,
            Self::To(account_id) => Some(account_id),
            Self::Nobody => None,
        }
    }
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
    if let Change::To(preferences) = identity.preferences {
        refusals.extend(preferences.as_ref().map(checks::preferences).transpose()?.unwrap_or_default());
        outcome.columns.push((cart::Column::Preferences, Expr::val(preferences)));
    }
    match (cart.cart().account_id, identity.customer) {
        (Some(owner), CustomerChange::To(account_id)) if owner != account_id => {
            return Err(Failure::refuse(Refusal::cart_not_found()));
        }
        (None, CustomerChange::To(account_id) | CustomerChange::Viewer(Some(account_id))) => {
            outcome.columns.push((cart::Column::AccountId, Expr::val(account_id)));
        }
        (Some(_), CustomerChange::Nobody) => {
            outcome.columns.push((cart::Column::AccountId, Expr::val(None::<AccountId>)));
        }
        (Some(_), CustomerChange::To(_) | CustomerChange::Viewer(_))
        | (None, CustomerChange::Viewer(None) | CustomerChange::Nobody) => {}
    }
    refuse_any(refusals)?;
    Ok(outcome)
}

fn tidy(argument: &str, text: Option<String>) -> Result<Option<String>, Failure<Refusal>> {
    let Some(text) = text else { return Ok(None) };
    checks::refuse_nul(argument, &text)?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// The codes are kept as entered, each once, also those that do not apply; the new quote says which and why.
pub(super) fn discount_codes(codes: &[String]) -> Changed {
    refuse_any(checks::discount_codes(codes)?)?;
    let mut kept: Vec<String> = Vec::new();
    for code in codes.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
        if !kept.iter().any(|other| other.to_lowercase() == code.to_lowercase()) {
            kept.push(code.to_owned());
        }
    }
    Ok(Outcome::column(cart::Column::DiscountCodes, DiscountCodes(kept)))
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
