//! The taxes of carts and orders, as buyers see them.

use async_graphql::{Enum, SimpleObject};
use entity::{
    ids::{CartLineId, OrderLineId},
    money::{Currency, Money},
};
use pricing::{Amount, LineKey, PartsPerMillion, TaxKey};

use crate::{
    domain::{
        pricing::Quote,
        shared::tax_table::{tax_table, title_of},
        tax::format_percent,
    },
    graphql::scalars::{Decimal, MoneyV2},
};

/// A tax and what it amounts to.
#[derive(Clone, Debug, SimpleObject)]
pub struct TaxLine {
    /// How the tax is called, such as `VAT` or `GST`.
    title: String,
    /// Its rate in percent, such as `19.0` or `9.975`.
    percent: Decimal,
    /// What it amounts to. Where taxes are rounded by order, a line's is its part of the order's.
    amount: MoneyV2,
    /// Whether it is inside the price; false when it is added.
    included: bool,
    /// What it is charged on, without the taxes inside of it; null for single lines and delivery.
    net_amount: Option<MoneyV2>,
}

/// Why no tax is charged where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "pricing::TaxExemption")]
pub enum TaxExemption {
    /// The customer pays no tax.
    Customer,
    /// The buyer owes the tax itself.
    ReverseCharge,
    /// The line sells a gift card; what it buys is taxed.
    GiftCard,
}

/// The taxes of a whole quote.
pub fn of_quote(quote: &pricing::Quote, currency: Currency) -> Vec<TaxLine> {
    let money = |amount: Amount| MoneyV2::from(Money::new(amount.0, currency));
    let entries = tax_table(quote).into_iter().map(|entry| TaxLine {
        title: entry.title,
        percent: percent(entry.rate),
        amount: money(entry.amount),
        included: entry.included,
        net_amount: Some(money(entry.net)),
    });
    entries.collect()
}

/// The taxes of a line of a cart.
pub fn of_cart_line(quote: &Quote, id: CartLineId) -> Vec<TaxLine> {
    let taxes = quote.line_of(id).map(|line| line.taxes.as_slice()).unwrap_or_default();
    shown(quote.engine(), quote.currency(), taxes)
}

/// The taxes of a line of an order.
pub fn of_order_line(quote: &pricing::Quote, currency: Currency, id: OrderLineId) -> Vec<TaxLine> {
    let taxes = line_of(quote, id).map(|line| line.taxes.as_slice()).unwrap_or_default();
    shown(quote, currency, taxes)
}

/// Why a line of an order carries no tax.
pub fn exemption_of(quote: &pricing::Quote, id: OrderLineId) -> Option<TaxExemption> {
    line_of(quote, id)?.exemption.map(TaxExemption::from)
}

/// The taxes of all delivery groups together.
pub fn of_delivery(quote: &pricing::Quote, currency: Currency) -> Vec<TaxLine> {
    let mut sums: Vec<pricing::TaxLine> = Vec::new();
    for tax in quote.delivery_groups.iter().flat_map(|group| &group.taxes) {
        let same = |sum: &&mut pricing::TaxLine| sum.tax == tax.tax && sum.included == tax.included;
        match sums.iter_mut().find(same) {
            // The engine added them up within 64 bits already.
            Some(sum) => sum.amount = Amount(sum.amount.0.saturating_add(tax.amount.0)),
            None => sums.push(*tax),
        }
    }
    shown(quote, currency, &sums)
}

fn line_of(quote: &pricing::Quote, id: OrderLineId) -> Option<&pricing::QuoteLine> {
    quote.lines.iter().find(|line| line.key == LineKey(id.0.as_u128()))
}

fn shown(quote: &pricing::Quote, currency: Currency, taxes: &[pricing::TaxLine]) -> Vec<TaxLine> {
    let title = |tax: TaxKey| title_of(quote, tax).unwrap_or_default().to_owned();
    let lines = taxes.iter().map(|line| TaxLine {
        title: title(line.tax),
        percent: percent(line.rate),
        amount: Money::new(line.amount.0, currency).into(),
        included: line.included,
        net_amount: None,
    });
    lines.collect()
}

fn percent(rate: PartsPerMillion) -> Decimal {
    Decimal(format_percent(rate.0))
}
