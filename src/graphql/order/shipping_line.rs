//! How an order is delivered, and what that costs.

use async_graphql::SimpleObject;
use entity::{
    address::Address,
    money::{Currency, Money},
    order::order::Deliveries,
};

use crate::graphql::{
    cart::{CartDeliveryAddress, DeliveryMethodType, method_of},
    scalars::MoneyV2,
};

/// One delivery of an order: the option that its buyer chose, or that counted without a choice, as it was then.
#[derive(Debug, SimpleObject)]
pub struct OrderShippingLine {
    /// The option's name, for people.
    title: String,
    /// The handle under which it was chosen.
    handle: String,
    /// Code of the option: its handle.
    code: Option<String>,
    /// What the buyer was told of it.
    description: Option<String>,
    /// How it is delivered: SHIPPING or PICK_UP.
    delivery_method_type: DeliveryMethodType,
    /// Where it is collected; null for what is sent to the shipping address.
    pickup_address: Option<CartDeliveryAddress>,
    /// What it costs before discounts on delivery.
    original_price: MoneyV2,
    /// What it costs after discounts on delivery, without the taxes that are added.
    discounted_price: MoneyV2,
    /// Taxes that are added to it.
    tax: MoneyV2,
}

/// The deliveries of a quote, with what the buyer was told of them.
pub fn of_quote(quote: &pricing::Quote, told: Option<&Deliveries>, currency: Currency) -> Vec<OrderShippingLine> {
    let line = |group: &pricing::DeliveryGroup| {
        let option = group.options.iter().find(|option| Some(&option.handle) == group.chosen.as_ref())?;
        let told = told.and_then(|told| told.0.iter().find(|told| *told.handle == *option.handle));
        let money = |amount: pricing::Amount| MoneyV2::from(Money::new(amount.0, currency));
        let pickup: Option<Address> = told.and_then(|told| told.pickup.clone());
        Some(OrderShippingLine {
            title: option.title.to_string(),
            handle: option.handle.to_string(),
            code: Some(option.handle.to_string()),
            description: told.and_then(|told| told.description.clone()),
            delivery_method_type: method_of(option.kind),
            pickup_address: pickup.map(CartDeliveryAddress::new),
            original_price: money(group.cost),
            discounted_price: money(group.taxable),
            tax: money(group.tax),
        })
    };
    quote.delivery_groups.iter().filter_map(line).collect()
}
