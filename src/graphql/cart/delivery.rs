//! Where a cart is sent, and how.

use std::{collections::HashSet, sync::Arc};

use async_graphql::{Context, Enum, ID, Object, SimpleObject, Union};
use entity::{
    address::Address,
    cart::cart_address,
    ids::{CartAddressId, PickupLocationId},
    money::{Currency, Money},
};
use pricing::{LocationKey, OptionKind};
use uuid::Uuid;

use super::{
    inputs::CartSelectedDeliveryOptionInput,
    line::{BaseCartLine, CartLine},
};
use crate::{
    domain::{
        cart::{self, CartSnapshot, OptionChoice, group_name},
        shared::postal,
    },
    graphql::{
        address::{AddressOwner, MailingAddress, country_of, english, formatted},
        context::ContextExt,
        delivery::{self, PickupLocation},
        errors,
        global_id::{self, GlobalId},
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

impl CartDeliveryAddress {
    /// An address.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self(address)
    }
}

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

/// How an option of the pricing engine is delivered.
pub fn method_of(kind: OptionKind) -> DeliveryMethodType {
    match kind {
        OptionKind::Shipping(_) => DeliveryMethodType::Shipping,
        OptionKind::Pickup(_) => DeliveryMethodType::PickUp,
    }
}

/// Whether lines of a delivery group are bought once or again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CartDeliveryGroupType {
    /// Bought once.
    OneTimePurchase,
    /// Bought again and again. It does not occur: there are no subscriptions.
    Subscription,
}

/// A way to deliver a group of lines.
#[derive(Clone, Debug)]
pub struct CartDeliveryOption {
    option: pricing::DeliveryOption,
    currency: Currency,
}

impl CartDeliveryOption {
    /// The ways of a list, with costs in `currency`.
    #[must_use]
    pub fn all(options: &[pricing::DeliveryOption], currency: Currency) -> Vec<Self> {
        options.iter().map(|option| Self { option: option.clone(), currency }).collect()
    }

    /// The way of a group that counts; none where its problem says why.
    #[must_use]
    pub fn chosen(group: &pricing::DeliveryGroup, currency: Currency) -> Option<Self> {
        let chosen = group.options.iter().find(|option| Some(&option.handle) == group.chosen.as_ref())?;
        Some(Self { option: chosen.clone(), currency })
    }
}

/// A way to deliver a group of lines.
#[Object]
impl CartDeliveryOption {
    /// Code of the option: its handle.
    async fn code(&self) -> Option<&str> {
        Some(&self.option.handle)
    }

    /// How it is delivered: SHIPPING or PICK_UP.
    async fn delivery_method_type(&self) -> DeliveryMethodType {
        method_of(self.option.kind)
    }

    /// What the buyer should know of it, such as how long it takes or when the location is open.
    async fn description(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        errors::required(ctx, delivery::loaders::description_of(ctx, self.option.kind).await)
    }

    /// What it costs for these lines, before discounts on delivery.
    async fn estimated_cost(&self) -> MoneyV2 {
        Money::new(self.option.cost.0, self.currency).into()
    }

    /// The handle under which it is chosen.
    async fn handle(&self) -> &str {
        &self.option.handle
    }

    /// Where it is collected; null for what is sent.
    async fn pickup_location(&self, ctx: &Context<'_>) -> Option<PickupLocation> {
        match self.option.kind {
            OptionKind::Shipping(_) => None,
            OptionKind::Pickup(LocationKey(key)) => {
                let id = PickupLocationId(Uuid::from_u128(key));
                errors::optional(ctx, PickupLocation::load(ctx, id).await)
            }
        }
    }

    /// Its name, for people.
    async fn title(&self) -> Option<&str> {
        Some(&self.option.title)
    }
}

/// Lines of a cart that are delivered together.
#[derive(Clone, Debug)]
pub struct CartDeliveryGroup {
    snapshot: Arc<CartSnapshot>,
    place: usize,
}

/// The type's name in ids.
const GROUP: &str = "CartDeliveryGroup";

impl From<CartSelectedDeliveryOptionInput> for OptionChoice {
    fn from(input: CartSelectedDeliveryOptionInput) -> Self {
        let parsed = GlobalId::parse(&input.delivery_group_id).filter(|parsed| parsed.kind == GROUP);
        let group = parsed.and_then(|parsed| Uuid::try_parse(parsed.tail).ok());
        Self { group, handle: input.delivery_option_handle }
    }
}

impl CartDeliveryGroup {
    /// The groups of a cart.
    pub(super) fn all(snapshot: &Arc<CartSnapshot>) -> Vec<Self> {
        let groups = snapshot.quote.engine().delivery_groups.len();
        (0..groups).map(|place| Self { snapshot: Arc::clone(snapshot), place }).collect()
    }

    fn group(&self) -> &pricing::DeliveryGroup {
        &self.snapshot.quote.engine().delivery_groups[self.place]
    }
}

/// Lines of a cart that are delivered together.
#[Object]
impl CartDeliveryGroup {
    /// The group's id, for `cartSelectedDeliveryOptionsUpdate`. It changes with the address.
    async fn id(&self) -> ID {
        ID(format!("gid://cartwright/{GROUP}/{}", group_name(self.snapshot.cart.id, self.group())))
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
        let keys: HashSet<u128> = self.group().lines.iter().map(|key| key.0).collect();
        let mut lines = CartLine::all(&self.snapshot);
        lines.retain(|line| keys.contains(&line.line_id().0.as_u128()));
        connection_of_list(ctx, arguments, lines, BaseCartLine::CartLine)
    }

    /// Where they are sent. While the cart has no address, one of which at most the country is known.
    async fn delivery_address(&self, ctx: &Context<'_>) -> MailingAddress {
        let cart = &self.snapshot.cart;
        let name = group_name(cart.id, self.group());
        let destination = self.snapshot.destination.as_ref().filter(|to| to.id == name);
        let unknown = || Address { country_code: cart.country_code.clone(), ..Address::default() };
        let tail = cart::capability(&ctx.app().capability_keys, cart.id);
        let address = destination.map_or_else(unknown, |to| to.address.clone());
        MailingAddress::new(AddressOwner::Cart(CartAddressId(name), tail), address)
    }

    /// The ways to deliver them, the cheapest first, pick-up last. Without an address only pick-up can be told.
    async fn delivery_options(&self) -> Vec<CartDeliveryOption> {
        CartDeliveryOption::all(&self.group().options, self.snapshot.quote.currency())
    }

    /// Whether they are bought once.
    async fn group_type(&self) -> CartDeliveryGroupType {
        CartDeliveryGroupType::OneTimePurchase
    }

    /// The way that counts: the one that was chosen, or before a choice the cheapest that is sent, as the shop likes. Null when
    /// there is none, and when the chosen one does not fit: `problems` of the cart say why.
    async fn selected_delivery_option(&self) -> Option<CartDeliveryOption> {
        CartDeliveryOption::chosen(self.group(), self.snapshot.quote.currency())
    }
}
