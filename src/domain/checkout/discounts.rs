//! The uses of discounts that a new order takes.

use pricing::AppliedDiscount;
use sea_orm::DatabaseTransaction;

use super::CheckoutRefusal;
use crate::{
    domain::{
        discount::{self, Buyer, Why},
        order::Order,
        shared::Failure,
    },
    platform::Sources,
};

/// Takes a use of each discount that takes something off a new order, or that an edit newly gives to one. Its products are
/// locked, its stock is not yet.
///
/// # Errors
/// `CheckoutRefusal::DiscountUsedUp` when somebody else took the last use since the cart was quoted; the database's.
pub(super) async fn take(
    tx: &DatabaseTransaction,
    sources: &Sources,
    order: &Order,
    applied: &[&AppliedDiscount],
) -> Result<(), Failure<CheckoutRefusal>> {
    let counting = applied.iter().filter(|applied| applied.amount.is_positive());
    let ids: Vec<_> = counting.map(|applied| discount::id_of(applied.key)).collect();
    let buyer = Buyer { account_id: order.account_id, email: Some(order.email.clone()) };
    let Err(spent) = discount::take(tx, sources, order.id, &buyer, &ids).await? else { return Ok(()) };
    let refuse = |spent: discount::Spent| {
        let applied = applied.iter().find(|applied| applied.key == discount::key_of(spent.discount_id))?;
        let name = applied.code.as_ref().map_or_else(|| applied.title.to_string(), |code| format!("code {code}"));
        let by_customer = match spent.why {
            Why::Gone | Why::UsedUp => false,
            Why::UsedUpByCustomer => true,
        };
        Some(CheckoutRefusal::DiscountUsedUp { name, by_customer })
    };
    Err(Failure::Refused(spent.into_iter().filter_map(refuse).collect()))
}
