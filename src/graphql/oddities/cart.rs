//! What only old clients ask of carts, and send to them.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Union};

use crate::{
    domain::{
        cart::{self, CartSnapshot, NewAddress},
        shared::Error,
    },
    graphql::{
        address::{AddressOwner, MailingAddress, MailingAddressInput},
        cart::{DeliveryAddressValidationStrategy, KeptAddresses},
        context::ContextExt,
        scalars::MoneyV2,
    },
};

/// Members of `CartCost` for old clients.
#[derive(Clone, Debug)]
pub struct CartCostOddities {
    taxes: Option<MoneyV2>,
}

impl CartCostOddities {
    /// Of a cart with these taxes, those inside the prices among them.
    #[must_use]
    pub fn new(taxes: Option<MoneyV2>) -> Self {
        Self { taxes }
    }
}

/// Members of `CartCost` for old clients.
#[Object]
impl CartCostOddities {
    /// Duties. Always null: there are none yet.
    #[graphql(deprecation = "Use `totalAmount`: duties are not computed.")]
    async fn total_duty_amount(&self) -> Option<MoneyV2> {
        None
    }

    /// Taxes, added and inside prices together; null where none are charged.
    #[graphql(deprecation = "Use `taxAmount` and `taxIncludedAmount`, which tell whether they are part of the prices.")]
    async fn total_tax_amount(&self) -> Option<MoneyV2> {
        self.taxes.clone()
    }
}

/// Members of `CartBuyerIdentity` for old clients.
#[derive(Clone, Debug)]
pub struct BuyerIdentityOddities(Arc<CartSnapshot>);

impl BuyerIdentityOddities {
    /// Of this cart's buyer.
    #[must_use]
    pub fn new(snapshot: Arc<CartSnapshot>) -> Self {
        Self(snapshot)
    }
}

/// An address that something may be delivered to.
#[derive(Clone, Debug, Union)]
pub enum DeliveryAddress {
    /// A postal address.
    MailingAddress(MailingAddress),
}

/// Members of `CartBuyerIdentity` for old clients.
#[Object]
impl BuyerIdentityOddities {
    /// The cart's delivery addresses, the selected one first.
    #[graphql(deprecation = "Use `delivery` of the cart.")]
    async fn delivery_address_preferences(&self, ctx: &Context<'_>) -> Vec<DeliveryAddress> {
        let tail = cart::capability(&ctx.app().capability_keys, self.0.cart.id);
        let mut rows: Vec<_> = self.0.addresses.iter().collect();
        rows.sort_by_key(|row| !row.selected);
        let shown = rows.into_iter().map(|row| {
            let owner = AddressOwner::Cart(row.id, tail.clone());
            DeliveryAddress::MailingAddress(MailingAddress::new(owner, row.address.clone()))
        });
        shown.collect()
    }
}

/// A delivery address of an old client: its fields, or the id of one of the customer's addresses.
#[derive(Clone, Debug, InputObject)]
pub struct DeliveryAddressInput {
    /// Id of an address of the customer who is signed in.
    customer_address_id: Option<ID>,
    /// The address.
    delivery_address: Option<MailingAddressInput>,
    /// How much of it must be there; COUNTRY_CODE_ONLY when left out.
    delivery_address_validation_strategy: Option<DeliveryAddressValidationStrategy>,
    /// Whether it is for this cart only; false when left out.
    one_time_use: Option<bool>,
}

impl DeliveryAddressInput {
    /// The addresses as the domain takes them.
    ///
    /// # Errors
    /// `BadInput` for an id that is none; the database's.
    pub async fn check_all(ctx: &Context<'_>, inputs: Vec<Self>) -> Result<Vec<NewAddress>, Error> {
        let kept = KeptAddresses::load(ctx, inputs.iter().any(|input| input.customer_address_id.is_some())).await?;
        let addresses = inputs.into_iter().map(|input| {
            Ok(NewAddress {
                address: kept.source(input.delivery_address.map(Into::into), input.customer_address_id.as_ref())?,
                selected: None,
                one_time_use: input.one_time_use.unwrap_or(false),
                completeness: input.delivery_address_validation_strategy.unwrap_or_default().into(),
            })
        });
        addresses.collect()
    }
}
