//! What the tax office says of customers: who pays no tax, and whose tax number staff confirmed.
//!
//! A number is confirmed by a person: the register of the European Union (VIES) is not asked from here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{auth::account::Role, ids::AccountId, tax::customer_tax};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};
use serde_json::{Value, json};

use super::{
    errors::{Reason, Refusal, refuse_any},
    events::{Change, Subject, record},
};
use crate::{
    domain::{
        customer,
        shared::{Author, Error, Failure, card_number::holds_card_number},
    },
    platform::batch::padded,
};

/// Fewest and most characters of a tax number.
const NUMBER: std::ops::RangeInclusive<usize> = 2..=32;

/// How a customer is taxed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerTax {
    /// Pays no tax anywhere.
    pub tax_exempt: bool,
    /// The number at the tax office.
    pub tax_number: Option<String>,
    /// When staff confirmed the number.
    pub tax_number_confirmed_at: Option<DateTime<Utc>>,
}

impl CustomerTax {
    /// Whether the number was confirmed: what zones with reverse charge look at.
    #[must_use]
    pub fn tax_number_valid(&self) -> bool {
        self.tax_number.is_some() && self.tax_number_confirmed_at.is_some()
    }
}

/// Changes of how a customer is taxed; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct CustomerTaxPatch {
    /// Pays no tax anywhere.
    pub tax_exempt: Option<bool>,
    /// The number; `Some(None)` takes it away.
    pub tax_number: Option<Option<String>>,
    /// Whether the number is confirmed. A number that changes is not, unless this says so.
    pub confirmed: Option<bool>,
}

/// How some customers are taxed, in one statement; those who are taxed as everybody may be missing.
///
/// # Errors
/// The database's.
pub async fn customer(db: &impl ConnectionTrait, ids: &[AccountId]) -> Result<HashMap<AccountId, CustomerTax>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let some = customer_tax::Entity::find();
    let rows = some.filter(customer_tax::Column::AccountId.is_in(padded(ids.iter().copied()))).all(db).await?;
    let facts = rows.into_iter().map(|row| {
        let (tax_exempt, tax_number, tax_number_confirmed_at) =
            (row.tax_exempt, row.tax_number, row.tax_number_confirmed_at);
        (row.account_id, CustomerTax { tax_exempt, tax_number, tax_number_confirmed_at })
    });
    Ok(facts.collect())
}

/// Changes how a customer is taxed.
///
/// # Errors
/// A number that is none; a confirmation of nothing; `NotFound` for whoever is no customer.
pub async fn update_customer(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: AccountId,
    patch: &CustomerTaxPatch,
) -> Result<(), Failure<Refusal>> {
    // The account's row is locked, so that two changes of one customer follow each other.
    let account = customer::find_locked(tx, id).await?;
    account.filter(|account| account.role == Role::Customer).ok_or(Error::NotFound("customer"))?;
    let before = customer(tx, &[id]).await?.remove(&id).unwrap_or_default();
    let mut refusals = Vec::new();
    let tax_number = match &patch.tax_number {
        None => before.tax_number.clone(),
        Some(number) => number.as_deref().and_then(|number| read_number(&mut refusals, number)),
    };
    refuse_any(refusals)?;
    let now = author.sources.now();
    let kept = before.tax_number_confirmed_at.filter(|_| tax_number == before.tax_number);
    let tax_number_confirmed_at = match patch.confirmed {
        Some(true) if tax_number.is_none() => {
            return Err(Failure::refuse(Refusal::new("taxNumberConfirmed", Reason::NothingToConfirm)));
        }
        Some(true) => kept.or(Some(now)),
        Some(false) => None,
        None => kept,
    };
    let after =
        CustomerTax { tax_exempt: patch.tax_exempt.unwrap_or(before.tax_exempt), tax_number, tax_number_confirmed_at };
    if after == before {
        return Ok(());
    }
    save(tx, id, &after, now).await?;
    let change = Change { before: told(&before), after: told(&after) };
    Ok(record(tx, author, Subject { kind: "customer", id: id.0 }, "customer.tax_updated", change).await?)
}

/// A number in capitals and without blanks.
fn read_number(refusals: &mut Vec<Refusal>, text: &str) -> Option<String> {
    let number: String = text.chars().filter(|letter| *letter != ' ').flat_map(char::to_uppercase).collect();
    if number.is_empty() {
        return None;
    }
    let reason = if number.contains('\0') {
        Reason::HoldsNul
    } else if holds_card_number(&number) {
        Reason::CardNumber
    } else if !NUMBER.contains(&number.chars().count()) || !number.chars().all(is_of_number) {
        Reason::NotATaxNumber
    } else {
        return Some(number);
    };
    refusals.push(Refusal::new("taxNumber", reason));
    None
}

fn is_of_number(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '/')
}

async fn save(tx: &DatabaseTransaction, id: AccountId, tax: &CustomerTax, now: DateTime<Utc>) -> Result<(), Error> {
    use customer_tax::Column;
    let row = customer_tax::Model {
        account_id: id,
        tax_exempt: tax.tax_exempt,
        tax_number: tax.tax_number.clone(),
        tax_number_confirmed_at: tax.tax_number_confirmed_at,
        updated_at: now,
    };
    let columns = [Column::TaxExempt, Column::TaxNumber, Column::TaxNumberConfirmedAt, Column::UpdatedAt];
    let overwrite = OnConflict::column(Column::AccountId).update_columns(columns).to_owned();
    let insert = customer_tax::Entity::insert(row.into_active_model().reset_all()).on_conflict(overwrite);
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// What the fact says: that there is a number, and not which, because events leave the house.
fn told(tax: &CustomerTax) -> Value {
    json!({
        "tax_exempt": tax.tax_exempt, "has_tax_number": tax.tax_number.is_some(),
        "tax_number_confirmed": tax.tax_number_valid(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<String>, Reason> {
        let mut refusals = Vec::new();
        let number = read_number(&mut refusals, text);
        refusals.pop().map_or(Ok(number), |refusal| Err(refusal.reason))
    }

    #[test]
    fn tax_numbers_are_read_however_they_are_written() {
        assert_eq!(read(" de 123 456 789 "), Ok(Some("DE123456789".to_owned())));
        assert_eq!(read("29/815/08150"), Ok(Some("29/815/08150".to_owned())));
        assert_eq!(read("  "), Ok(None));
        assert_eq!(read("X"), Err(Reason::NotATaxNumber));
        assert_eq!(read("DE<b>1"), Err(Reason::NotATaxNumber));
        assert_eq!(read("4242 4242 4242 4242"), Err(Reason::CardNumber));
    }
}
