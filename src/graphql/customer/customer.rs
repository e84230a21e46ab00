//! The type `Customer`.

use async_graphql::{ID, Object};

use crate::{
    domain::auth::Account,
    graphql::{global_id, scalars::DateTime},
};

/// Somebody who has an account to buy with. Shown to that person, and to staff with READ_CUSTOMERS.
#[derive(Debug)]
pub struct Customer(pub Account);

/// Somebody who has an account to buy with. Shown to that person, and to staff with READ_CUSTOMERS.
#[Object]
impl Customer {
    /// The customer's id.
    async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// What to call the customer: the names that are known, else the e-mail address.
    async fn display_name(&self) -> String {
        let names = [self.0.first_name.as_deref(), self.0.last_name.as_deref()];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if name.is_empty() { self.0.email.clone() } else { name }
    }

    /// E-mail address, as the customer spelled it. It was not confirmed by a mail.
    async fn email(&self) -> Option<&str> {
        Some(&self.0.email)
    }

    /// Given name, if told.
    async fn first_name(&self) -> Option<&str> {
        self.0.first_name.as_deref()
    }

    /// Family name, if told.
    async fn last_name(&self) -> Option<&str> {
        self.0.last_name.as_deref()
    }

    /// Phone, as the customer wrote it, if told.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// Whether the customer wants mail about offers.
    async fn accepts_marketing(&self) -> bool {
        self.0.accepts_marketing
    }

    /// When the account was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
