//! Where a cart is sent, and how.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject, Union};
use entity::{address::Address, cart::cart_address};

use super::line::{BaseCartLine, CartLine};
use crate::{
    domain::{cart::CartSnapshot, shared::postal},
    graphql::{
        address::{MailingAddress, country_of, english, formatted},
        global_id,
        pagination::{Arguments, Connection, connection_of_list},
        scalars::MoneyV2,
    },
};

/// Where a cart is sent.
#[derive(Clone, Debug)]
pub struct CartDelivery(pub(super) Arc<CartSnapshot>);

/// Where a cart is sent.
#[Object]
impl CartDelivery {
    /// Delivery addresses, oldest first, at most 20.
    async fn addresses(
        &self,
        #[graphql(desc = "Only the one that is selected; all when false or left out.")] selected: Option<bool>,
    ) -> Vec<CartSelectableAddress> {
        let only_selected = selected.unwrap_or(false);
        let rows = self.0.addresses.iter().filter(|row| row.selected || !only_selected);
        rows.map(CartSelectableAddress::from).collect()
    }
}

/// A delivery address of a cart.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartSelectableAddress {
    /// Its id in this cart.
    id: ID,
    /// The address.
    address: CartAddress,
    /// Whether the cart is to be sent there; at most one is selected.
    selected: bool,
    /// Whether it is for this cart only and not to be remembered for the customer.
    one_time_use: bool,
}

impl From<&cart_address::Model> for CartSelectableAddress {
    fn from(row: &cart_address::Model) -> Self {
        Self {
            id: global_id::encode(row.id),
            address: CartAddress::CartDeliveryAddress(CartDeliveryAddress(row.address.clone())),
            selected: row.selected,
            one_time_use: row.one_time_use,
        }
    }
}

/// The kinds of addresses that a cart can be sent to.
#[derive(Clone, Debug, Union)]
pub enum CartAddress {
    /// A postal address.
    CartDeliveryAddress(CartDeliveryAddress),
}

/// A postal address that a cart can be sent to. It may be incomplete until the cart is completed.
#[derive(Clone, Debug)]
pub struct CartDeliveryAddress(Address);

/// A postal address that a cart can be sent to. It may be incomplete until the cart is completed.
#[Object]
impl CartDeliveryAddress {
    /// Given name.
    async fn first_name(&self) -> Option<&str> {
        self.0.first_name.as_deref()
    }

    /// Family name.
    async fn last_name(&self) -> Option<&str> {
        self.0.last_name.as_deref()
    }

    /// Given and family name; null when neither is known.
    async fn name(&self) -> Option<String> {
        postal::name(&self.0)
    }

    /// Company.
    async fn company(&self) -> Option<&str> {
        self.0.company.as_deref()
    }

    /// Street and number.
    async fn address1(&self) -> Option<&str> {
        self.0.address1.as_deref()
    }

    /// Flat, floor or building.
    async fn address2(&self) -> Option<&str> {
        self.0.address2.as_deref()
    }

    /// City or town.
    async fn city(&self) -> Option<&str> {
        self.0.city.as_deref()
    }

    /// Part of the country after the country's code (ISO 3166-2), such as `NY`; null when only its name was given.
    async fn province_code(&self) -> Option<&str> {
        self.0.province_code.as_deref()
    }

    /// Postal code.
    async fn zip(&self) -> Option<&str> {
        self.0.zip.as_deref()
    }

    /// Country (ISO 3166-1 alpha-2).
    async fn country_code(&self) -> Option<&str> {
        self.0.country_code.as_deref()
    }

    /// Phone number.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// The lines of the address in the order of its country, those that are empty left out.
    async fn formatted(
        &self,
        #[graphql(desc = "Whether the name is the first line; false when left out.")] with_name: Option<bool>,
        #[graphql(desc = "Whether there is a line of the company; true when left out.")] with_company: Option<bool>,
    ) -> Vec<String> {
        formatted(&self.0, with_name, with_company)
    }

    /// City, part of the country and country with commas; null when none is known.
    async fn formatted_area(&self) -> Option<String> {
        postal::area(&self.0, country_of(&self.0).map(english))
    }

    /// Always null: addresses are not looked up on a map.
    async fn latitude(&self) -> Option<f64> {
        None
    }

    /// Always null: addresses are not looked up on a map.
    async fn longitude(&self) -> Option<f64> {
        None
    }
}

/// How something is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DeliveryMethodType {
    /// Brought by the shop itself.
    Local,
    /// Not at all: nothing has to be delivered.
    None,
    /// To a point of a carrier, where the buyer fetches it.
    PickupPoint,
    /// Fetched at a location of the shop.
    PickUp,
    /// Handed over at the till.
    Retail,
    /// Sent by a carrier.
    Shipping,
}

/// Whether lines of a delivery group are bought once or again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CartDeliveryGroupType {
    /// Bought once.
    OneTimePurchase,
    /// Bought again and again. It does not occur: there are no subscriptions.
    Subscription,
}

/// A way to deliver a group of lines. It does not occur yet: there are no delivery rates.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartDeliveryOption {
    /// Code of the option.
    code: Option<String>,
    /// How it is delivered.
    delivery_method_type: DeliveryMethodType,
    /// What the buyer should know of it.
    description: Option<String>,
    /// What it costs, as far as is known now.
    estimated_cost: MoneyV2,
    /// The handle under which it is chosen.
    handle: String,
    /// Its name, for people.
    title: Option<String>,
}

/// Lines of a cart that are delivered together. It does not occur yet: there are no delivery rates.
#[derive(Clone, Debug)]
pub struct CartDeliveryGroup {
    id: ID,
    address: MailingAddress,
    lines: Vec<CartLine>,
    options: Vec<CartDeliveryOption>,
    selected: Option<CartDeliveryOption>,
}

/// Lines of a cart that are delivered together. It does not occur yet: there are no delivery rates.
#[Object]
impl CartDeliveryGroup {
    /// The group's id.
    async fn id(&self) -> &ID {
        &self.id
    }

    /// The lines, oldest first.
    async fn cart_lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first lines, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only lines after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last lines, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only lines before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<BaseCartLine>> {
        let arguments = Arguments { first, last, after, before };
        connection_of_list(ctx, arguments, self.lines.clone(), BaseCartLine::CartLine)
    }

    /// Where they are sent.
    async fn delivery_address(&self) -> &MailingAddress {
        &self.address
    }

    /// The ways to deliver them.
    async fn delivery_options(&self) -> &[CartDeliveryOption] {
        &self.options
    }

    /// Whether they are bought once.
    async fn group_type(&self) -> CartDeliveryGroupType {
        CartDeliveryGroupType::OneTimePurchase
    }

    /// The way that was chosen; null before.
    async fn selected_delivery_option(&self) -> Option<&CartDeliveryOption> {
        self.selected.as_ref()
    }
}
