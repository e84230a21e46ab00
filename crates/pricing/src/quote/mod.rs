//! The quote: what a cart costs, with every sum and where it comes from.

mod assemble;
mod compute;
mod explain;
mod tax;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use compute::quote;
pub use explain::{Step, StepSubject};

use crate::{
    AddressKey, Allocation, Amount, AppliedDiscount, ChosenPrice, CodeOutcome, Currency, DeliveryProblem, GiftCardKey,
    Line, LineKey, OptionKind, PartsPerMillion, TaxExemption, TaxKey,
};

/// A line with its price, before discounts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PricedLine<'a> {
    pub line: &'a Line,
    pub price: ChosenPrice,
    pub unit_price: Amount,
    pub compare_at: Option<Amount>,
    pub subtotal: Amount,
}

impl<'a> PricedLine<'a> {
    pub fn line(priced: &Self) -> &'a Line {
        priced.line
    }
}

/// What a cart costs. Every amount is in `currency`, and none is negative. These hold, and the property tests keep them:
///
/// - `total = subtotal - discount + shipping + tax`, and `due = total - gift_card_amount`;
/// - `subtotal`, `discount`, `tax` and `total` are the sums of the lines' and delivery groups';
/// - `tax` is the sum of `taxes` that are added, `tax_included` of those that are inside the prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The currency of every amount.
    pub currency: Currency,
    /// The lines, in the order given.
    pub lines: Vec<QuoteLine>,
    /// The delivery groups, by the keys of their addresses.
    pub delivery_groups: Vec<DeliveryGroup>,
    /// The discounts that count: those of codes in the codes' order, then automatic ones.
    pub discounts: Vec<AppliedDiscount>,
    /// What became of every code entered.
    pub codes: Vec<CodeOutcome>,
    /// The taxes of the whole order by tax, with what they are charged on.
    pub taxes: Vec<TaxSum>,
    /// Taxes were estimated by the buyer's country, because an address is missing.
    pub taxes_estimated: bool,
    /// What the lines cost before discounts.
    pub subtotal: Amount,
    /// What is taken off the lines.
    pub discount: Amount,
    /// What delivery costs after its discounts.
    pub shipping: Amount,
    /// What was taken off delivery. It is not part of `discount`.
    pub shipping_discount: Amount,
    /// Taxes that are added.
    pub tax: Amount,
    /// Taxes that are inside the prices.
    pub tax_included: Amount,
    /// What the order costs.
    pub total: Amount,
    /// What each gift card pays.
    pub gift_cards: Vec<AppliedGiftCard>,
    /// What gift cards pay together.
    pub gift_card_amount: Amount,
    /// What is left to pay.
    pub due: Amount,
}

impl Quote {
    /// What stands in the way of delivery, by group. An order should not be placed while there is something.
    pub fn delivery_problems(&self) -> impl Iterator<Item = (Option<AddressKey>, &DeliveryProblem)> {
        self.delivery_groups.iter().filter_map(|group| Some((group.address, group.problem.as_ref()?)))
    }
}

/// What a line costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// The line.
    pub key: LineKey,
    /// How the explanation calls it.
    pub title: Arc<str>,
    /// Its units.
    pub quantity: i64,
    /// What one unit costs this buyer.
    pub unit_price: Amount,
    /// What it cost before, if that was more.
    pub compare_at: Option<Amount>,
    /// The price that was chosen, as it was entered, and why. It differs from `unit_price` where taxes were taken out or
    /// put in.
    pub price: ChosenPrice,
    /// `unit_price` times `quantity`.
    pub subtotal: Amount,
    /// The discounts' parts, at most one product discount, then order discounts.
    pub discounts: Vec<Allocation>,
    /// The sum of `discounts`.
    pub discount: Amount,
    /// What taxes are charged on, or are inside of: `subtotal - discount`.
    pub taxable: Amount,
    /// The taxes.
    pub taxes: Vec<TaxLine>,
    /// Why there are none, if there is a reason.
    pub exemption: Option<TaxExemption>,
    /// Taxes that are added.
    pub tax: Amount,
    /// Taxes that are inside `taxable`.
    pub tax_included: Amount,
    /// `taxable + tax`.
    pub total: Amount,
}

/// A tax on a line or delivery group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxLine {
    /// The tax.
    pub tax: TaxKey,
    /// Its rate.
    pub rate: PartsPerMillion,
    /// What it amounts to.
    pub amount: Amount,
    /// Whether it is inside the price.
    pub included: bool,
}

/// A tax of the whole order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxSum {
    /// The tax.
    pub tax: TaxKey,
    /// How buyers see it.
    pub title: Arc<str>,
    /// Its rate.
    pub rate: PartsPerMillion,
    /// Whether it is inside the prices.
    pub included: bool,
    /// What it is charged on, or inside of.
    pub taxable: Amount,
    /// What it amounts to.
    pub amount: Amount,
}

/// Lines that are delivered together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryGroup {
    /// Where they go; none while there is no address.
    pub address: Option<AddressKey>,
    /// The lines.
    pub lines: Vec<LineKey>,
    /// What may be chosen: delivery by cost and handle, then pick-up.
    pub options: Vec<DeliveryOption>,
    /// The handle of the one that counts.
    pub chosen: Option<Arc<str>>,
    /// Why none counts, although the lines have to be delivered.
    pub problem: Option<DeliveryProblem>,
    /// What the option costs before discounts; nothing while none counts.
    pub cost: Amount,
    /// The discount's part.
    pub discounts: Vec<Allocation>,
    /// The sum of `discounts`.
    pub discount: Amount,
    /// `cost - discount`.
    pub taxable: Amount,
    /// The taxes. A tax may come twice, for goods of two rates.
    pub taxes: Vec<TaxLine>,
    /// Taxes that are added.
    pub tax: Amount,
    /// Taxes that are inside `taxable`.
    pub tax_included: Amount,
    /// `taxable + tax`.
    pub total: Amount,
}

/// A way of delivering a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryOption {
    /// What a front end sends to choose it.
    pub handle: Arc<str>,
    /// How buyers see it.
    pub title: Arc<str>,
    /// What it is.
    pub kind: OptionKind,
    /// What it costs before discounts, as prices are shown to this buyer.
    pub cost: Amount,
}

/// What a gift card pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedGiftCard {
    /// The card.
    pub key: GiftCardKey,
    /// What it pays; nothing if it is empty, of another currency or not needed.
    pub amount: Amount,
    /// What stays on it, in its currency.
    pub left: Amount,
}
