//! The type `Customer`.

use async_graphql::{Context, ID, Object};

use super::{CustomerAddress, loaders};
use crate::{
    domain::{
        auth::{Account, Role},
        shared::Permission,
    },
    graphql::{
        cart::{Cart, CartKind, customer_carts},
        checkout::{CustomerPaymentMethod, saved_methods},
        context::ContextExt,
        errors, global_id,
        order::{Order, orders_of_customer},
        pagination::{Arguments, Connection, connection_of_list},
        scalars::DateTime,
        tax::loaders::customer_tax,
    },
};

/// Somebody who has an account to buy with. Shown to that person, and to staff with READ_CUSTOMERS.
#[derive(Clone, Debug)]
pub struct Customer(pub Account);

impl Customer {
    /// Whether it is a customer's account: staff accounts are not looked up as customers.
    #[must_use]
    pub fn buys(&self) -> bool {
        self.0.role == Role::Customer
    }
}

/// Somebody who has an account to buy with. Shown to that person, and to staff with READ_CUSTOMERS.
#[Object]
impl Customer {
    /// The customer's id.
    pub async fn id(&self) -> ID {
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

    /// The customer's open carts and wish lists, newest first; null for everybody but the customer who is signed in by
    /// the header `Authorization`, because the id of a cart opens it.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn carts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only carts, or only wish lists.")] kind: Option<CartKind>,
    ) -> Option<Connection<Cart>> {
        if ctx.viewer().customer_account() != Some(self.0.id) {
            return None;
        }
        let arguments = Arguments { first, last, after, before };
        errors::nullable(ctx, customer_carts(ctx, self.0.id, arguments, kind).await)
    }

    /// The customer's orders that were paid, newest first; null for everybody but the customer who is signed in. Staff use
    /// `orders`.
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Connection<Order>> {
        if ctx.viewer().customer_account() != Some(self.0.id) {
            return None;
        }
        errors::nullable(ctx, orders_of_customer(ctx, self.0.id, Arguments { first, last, after, before }).await)
    }

    /// The addresses that the customer keeps, the default one first, then the oldest first; at most 50.
    async fn addresses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<CustomerAddress>> {
        let rows = errors::required(ctx, loaders::addresses(ctx, self.0.id).await)?;
        let arguments = Arguments { first, last, after, before };
        connection_of_list(ctx, arguments, rows.to_vec(), CustomerAddress)
    }

    /// The ways to pay that the customer saved, the newest first, as the gateways that remember them tell; at most a hundred of a
    /// gateway. For the customer who is signed in, and staff with MANAGE_PAYMENTS; null for everybody else, and with an error
    /// when a gateway does not answer.
    async fn payment_methods(&self, ctx: &Context<'_>) -> Option<Vec<CustomerPaymentMethod>> {
        let own = ctx.viewer().customer_account() == Some(self.0.id);
        if !own && ctx.require(Permission::ManagePayments).is_err() {
            return None;
        }
        let methods = async {
            // Each selection is a call to each gateway.
            ctx.request().budget.charge(100)?;
            saved_methods(ctx, self.0.id).await
        };
        errors::nullable(ctx, methods.await)
    }

    /// The address to begin with; null when the customer keeps none.
    async fn default_address(&self, ctx: &Context<'_>) -> Option<CustomerAddress> {
        let rows = errors::nullable(ctx, loaders::addresses(ctx, self.0.id).await)?;
        rows.iter().find(|row| row.is_default).cloned().map(CustomerAddress)
    }

    /// Whether the customer pays no tax anywhere. Staff say so.
    async fn tax_exempt(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(errors::required(ctx, customer_tax(ctx, self.0.id).await)?.tax_exempt)
    }

    /// The customer's number at the tax office, in capitals; null when there is none.
    async fn tax_number(&self, ctx: &Context<'_>) -> Option<String> {
        errors::nullable(ctx, customer_tax(ctx, self.0.id).await)?.tax_number.clone()
    }

    /// Whether staff confirmed the number with the tax office. Then the customer owes the tax itself where a zone has
    /// reverse charge.
    async fn tax_number_confirmed(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(errors::required(ctx, customer_tax(ctx, self.0.id).await)?.tax_number_valid())
    }

    /// When the account was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
