//! Facts about accounts that others may react to.

use serde_json::json;

use super::Account;
use crate::platform::outbox::Fact;

/// A customer's account was made.
pub fn customer_created(account: &Account) -> Fact {
    Fact {
        kind: "customer.created",
        subject_type: "customer",
        subject_id: account.id.0,
        data: json!({ "user_id": account.id }),
    }
}
