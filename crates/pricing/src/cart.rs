//! What is quoted: lines, the buyer, addresses, codes and choices. Facts only; what follows from them are the rules.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Address, AddressKey, Amount, CollectionKey, Country, Currency, CustomerGroupKey, CustomerKey, GiftCardKey, LineKey,
    Price, ProductKey, TaxClassKey, Timestamp, VariantKey,
};

/// A cart, a checkout or an order being edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// Every amount of the quote is in it.
    pub currency: Currency,
    /// The time of the quote.
    pub now: Timestamp,
    /// The buyer's country as the shop knows it (`@inContext`, buyer identity). It chooses prices, and estimates taxes
    /// until there is an address.
    pub country: Option<Country>,
    /// Who buys; none is a guest.
    pub customer: Option<Customer>,
    /// What is bought, each line with a key of its own.
    pub lines: Vec<Line>,
    /// Where it goes. The first is the address of every line that names none.
    pub addresses: Vec<(AddressKey, Address)>,
    /// The delivery options that the buyer chose.
    pub delivery_choices: Vec<DeliveryChoice>,
    /// The discount codes entered, in their order, as they were written.
    pub discount_codes: Vec<Arc<str>>,
    /// The gift cards applied, in the order in which they are used up.
    pub gift_cards: Vec<GiftCard>,
}

impl Cart {
    /// A guest's empty cart.
    #[must_use]
    pub fn new(currency: Currency, now: Timestamp) -> Self {
        Self {
            currency,
            now,
            country: None,
            customer: None,
            lines: Vec::new(),
            addresses: Vec::new(),
            delivery_choices: Vec::new(),
            discount_codes: Vec::new(),
            gift_cards: Vec::new(),
        }
    }
}

/// The customer, as far as prices depend on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// Who it is.
    pub key: CustomerKey,
    /// The groups it belongs to.
    pub groups: Vec<CustomerGroupKey>,
    /// Pays no tax anywhere: a diplomat, a reseller with a certificate.
    pub tax_exempt: bool,
    /// Gave a tax number that the tax office confirmed (VIES for the EU). Zones with reverse charge look at it.
    pub tax_number_valid: bool,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The line; no two of a cart have the same.
    pub key: LineKey,
    /// What is sold.
    pub variant: VariantKey,
    /// The product of the variant.
    pub product: ProductKey,
    /// The collections of the product.
    pub collections: Vec<CollectionKey>,
    /// How the explanation calls it.
    pub title: Arc<str>,
    /// Units, at least 1.
    pub quantity: i64,
    /// The prices among which one is chosen.
    pub prices: Vec<Price>,
    /// A unit's price that was agreed before, as in an order that is edited. It goes before `prices` and is not converted.
    pub agreed_price: Option<Amount>,
    /// The moment by which one of `prices` is chosen; none is the cart's. What is added to an order costs what it costs then.
    #[serde(default)]
    pub priced_at: Option<Timestamp>,
    /// What one unit weighs.
    pub weight_grams: i64,
    /// Whether it is delivered. What is not (a download) belongs to no delivery group.
    pub requires_shipping: bool,
    /// How it is taxed; none is the standard class.
    pub tax_class: Option<TaxClassKey>,
    /// Sells a gift card: money for later. It is neither discounted nor taxed, because what it buys will be.
    pub gift_card: bool,
    /// Where it goes; none is the cart's first address.
    pub address: Option<AddressKey>,
}

impl Line {
    /// A line of goods that are shipped, of the standard tax class.
    #[must_use]
    pub fn new(key: LineKey, variant: VariantKey, product: ProductKey, quantity: i64, prices: Vec<Price>) -> Self {
        Self {
            key,
            variant,
            product,
            collections: Vec::new(),
            title: "".into(),
            quantity,
            prices,
            agreed_price: None,
            priced_at: None,
            weight_grams: 0,
            requires_shipping: true,
            tax_class: None,
            gift_card: false,
            address: None,
        }
    }
}

/// A delivery option that the buyer chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryChoice {
    /// For which delivery group, which is named after its address; none is for every group.
    pub group: Option<AddressKey>,
    /// The option's handle.
    pub handle: Arc<str>,
}

/// A gift card and what is left on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftCard {
    /// The card.
    pub key: GiftCardKey,
    /// Its currency. It pays only carts of the same.
    pub currency: Currency,
    /// What is left on it.
    pub balance: Amount,
}
