//! What gateways gave back that nobody here asked for.

use entity::payment::{
    payment,
    refund::{self, RefundStatus},
};

use super::{GatewayState, is_foreign};

/// What a gateway gave back of a payment that nobody here asked for and that is not on record yet, in minor units. `refunds`: those
/// of the payment's order. A refund of ours carries its key there, so one whose answer we have not recorded yet is not foreign;
/// one that staff closed is, should its gateway have made it all the same.
#[must_use]
pub fn foreign_minor(paid: &payment::Model, refunds: &[refund::Model], state: &GatewayState) -> i64 {
    let Some(there) = &state.refunds else { return 0 };
    let of_it = || refunds.iter().filter(|refund| refund.payment_id == paid.id);
    let live = |refund: &&refund::Model| refund.status != RefundStatus::Canceled && !is_foreign(refund);
    let keys: Vec<String> = of_it().filter(live).map(|refund| refund.id.to_string()).collect();
    let ours = |key: &Option<String>| key.as_ref().is_some_and(|key| keys.contains(key));
    let foreign = there.iter().filter(|one| one.amount.currency == paid.currency && !ours(&one.key));
    let recorded: i64 = of_it().filter(|refund| is_foreign(refund)).map(|refund| refund.amount_minor).sum();
    let new = foreign.map(|one| one.amount.minor).sum::<i64>() - recorded;
    new.min(paid.captured_minor - paid.refunded_minor).max(0)
}
