//! What the price of an edited order depends on: what was agreed, and what is new.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    address::Address,
    ids::{CartLineId, ProductId, VariantId},
    money::{Currency, Money},
};
use pricing::{DeliveryChoice, LineKey};

use super::{
    OrderEdit,
    plan::{Goods, PlannedLine},
};
use crate::domain::{
    catalog::Sellable,
    order::{KeptQuote, Order},
    pricing::{Basis, CartFacts, Destination, LineFacts, Paying, convert},
};

/// What was agreed of an order, and where it would go.
pub(super) struct Agreement<'a> {
    /// The quote that counts now.
    pub before: &'a KeptQuote,
    /// What it was made of.
    pub basis: Basis,
    /// Where the order would go, or where it is taxed when nothing is sent.
    pub address: Option<Address>,
    /// What the shop knows today of the goods that were ordered.
    pub there: &'a HashMap<VariantId, Sellable>,
}

/// The facts of an order with these lines.
pub(super) fn of(
    edit: &OrderEdit,
    order: &Order,
    lines: &[PlannedLine],
    agreement: Agreement<'_>,
    now: DateTime<Utc>,
) -> CartFacts {
    let Agreement { before, basis, address, there } = agreement;
    CartFacts {
        currency: order.currency,
        country_code: country(order, &basis),
        account_id: order.account_id,
        email: Some(order.email.clone()),
        lines: lines.iter().map(|line| facts_of(line, order.currency, now, (&basis, there))).collect(),
        destination: address.map(|address| Destination { id: order.id.0, address }),
        order_id: Some(order.id),
        delivery_choices: edit.delivery_option.clone().or_else(|| chosen(before)).map(choice).into_iter().collect(),
        discount_codes: codes(before),
        kept_discounts: basis.discounts,
        agreed: basis.agreed.filter(|_| stays(edit, order)),
        paying: if order.gift_card_minor > 0 { Paying::AsOrdered } else { Paying::Cards(Vec::new()) },
    }
}

/// Whether the order goes where it went, as far as delivery and taxes depend on it.
fn stays(edit: &OrderEdit, order: &Order) -> bool {
    let Some(new) = &edit.shipping_address else { return true };
    order.shipping_address.as_ref().is_some_and(|old| convert::address(old) == convert::address(new))
}

/// The buyer's country, which chooses prices as in the cart, wherever the order goes; where none was known, that of the order's address.
pub(super) fn country(order: &Order, basis: &Basis) -> Option<String> {
    let addresses = [&order.shipping_address, &order.billing_address];
    let of_address = || addresses.into_iter().flatten().find_map(|address| address.country_code.clone());
    basis.country.map(|country| country.to_string()).or_else(of_address)
}

fn facts_of(
    line: &PlannedLine,
    currency: Currency,
    now: DateTime<Utc>,
    (basis, there): (&Basis, &HashMap<VariantId, Sellable>),
) -> LineFacts {
    // The engine calls lines by 128 bits; whether they are a cart's or an order's is all one to it.
    let id = CartLineId(line.id.0);
    match &line.goods {
        Goods::Ordered(ordered) => {
            let variant_id = ordered.variant_id.unwrap_or(VariantId(ordered.id.0));
            let sellable = there.get(&variant_id);
            LineFacts {
                id,
                variant_id,
                product_id: ordered.product_id.unwrap_or(ProductId(ordered.id.0)),
                title: ordered.title.clone(),
                quantity: line.quantity,
                price: Some(Money::new(ordered.unit_price_minor, currency)),
                compare_at: None,
                list_prices: Vec::new(),
                agreed_price: Some(ordered.unit_price_minor),
                priced_at: None,
                as_ordered: basis.lines.iter().find(|kept| kept.key == LineKey(ordered.id.0.as_u128())).cloned(),
                weight_grams: sellable.map_or(0, |sellable| i64::from(sellable.weight_grams)),
                requires_shipping: ordered.requires_shipping,
                gift_card: ordered.is_gift_card,
                taxable: sellable.is_none_or(|sellable| sellable.taxable),
                tax_class_id: sellable.and_then(|sellable| sellable.tax_class_id),
            }
        }
        Goods::Added(sellable) => LineFacts {
            id,
            variant_id: sellable.variant_id,
            product_id: sellable.product_id,
            title: sellable.product_title.clone(),
            quantity: line.quantity,
            price: sellable.price,
            compare_at: sellable.compare_at,
            list_prices: sellable.list_prices.clone(),
            agreed_price: None,
            priced_at: Some(now),
            as_ordered: None,
            weight_grams: i64::from(sellable.weight_grams),
            requires_shipping: sellable.requires_shipping,
            gift_card: sellable.is_gift_card,
            taxable: sellable.taxable,
            tax_class_id: sellable.tax_class_id,
        },
    }
}

fn choice(handle: String) -> DeliveryChoice {
    DeliveryChoice { group: None, handle: handle.into() }
}

/// The delivery option that the order was placed with.
fn chosen(before: &KeptQuote) -> Option<String> {
    before.quote.delivery_groups.iter().find_map(|group| group.chosen.as_deref().map(str::to_owned))
}

/// The codes that took something off.
fn codes(before: &KeptQuote) -> Vec<String> {
    before.quote.discounts.iter().filter_map(|discount| discount.code.as_deref().map(str::to_owned)).collect()
}
