//! What the price of a cart depends on, in the server's words, and the engine's cart made of it.

use chrono::{DateTime, Utc};
use entity::{
    address::Address,
    ids::{AccountId, CartLineId, GiftCardId, OrderId, ProductId, TaxClassId, VariantId},
    money::{Currency, Money},
};
use pricing::{
    AddressKey, Amount, Cart, Customer, CustomerKey, DeliveryChoice, Line, LineKey, Price, PricingError, ProductKey,
    Timestamp, VariantKey,
};
use uuid::Uuid;

use super::{Agreed, convert};
use crate::domain::tax;

/// A cart, a checkout or an order that is edited.
#[derive(Clone, Debug)]
pub struct CartFacts {
    /// Every amount of the quote is in it.
    pub currency: Currency,
    /// The buyer's country (ISO 3166-1 alpha-2).
    pub country_code: Option<String>,
    /// The customer; `None`: a guest.
    pub account_id: Option<AccountId>,
    /// The buyer's e-mail address, as far as it is known.
    pub email: Option<String>,
    /// What is bought.
    pub lines: Vec<LineFacts>,
    /// Where it goes.
    pub destination: Option<Destination>,
    /// The delivery options that were chosen.
    pub delivery_choices: Vec<DeliveryChoice>,
    /// Discount codes as entered.
    pub discount_codes: Vec<String>,
    /// The gift cards that are to pay.
    pub paying: Paying,
    /// Discounts as they were when they counted for an order that is edited: they go before what has become of them since.
    pub kept_discounts: Vec<pricing::Discount>,
    /// How an order that is edited was delivered and taxed, if that stays so; the shop's rules of now do not count then.
    pub agreed: Option<Agreed>,
    /// The order whose payment the cart waits for, or that is edited. Its own uses of discounts and gift cards do not stand in the
    /// cart's way.
    pub order_id: Option<OrderId>,
}

/// Which gift cards pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paying {
    /// These, in their order, each as far as it goes.
    Cards(Vec<GiftCardId>),
    /// Those that paid for the order, each as far as it did: an order that is edited takes no more of them.
    AsOrdered,
}

/// Where a cart goes.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The row of the address.
    pub id: Uuid,
    /// The address; it counts once its country is known.
    pub address: Address,
}

/// A line.
#[derive(Clone, Debug)]
pub struct LineFacts {
    /// The line.
    pub id: CartLineId,
    /// What is sold.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// How people call it.
    pub title: String,
    /// Units.
    pub quantity: i64,
    /// The variant's own price of one unit, when it has one in the currency.
    pub price: Option<Money>,
    /// What one unit cost before.
    pub compare_at: Option<Money>,
    /// What price lists ask for it in the buyer's country; of these and its own price the engine chooses, by quantity and time.
    pub list_prices: Vec<Price>,
    /// A price of one unit that was agreed before, in minor units: an order that is edited keeps it.
    pub agreed_price: Option<i64>,
    /// The moment whose prices count; none is the moment of the quote.
    pub priced_at: Option<DateTime<Utc>>,
    /// The line as it was when its order was made: what it weighs, how it is taxed and which collections it is in stay so.
    pub as_ordered: Option<Line>,
    /// What one unit weighs.
    pub weight_grams: i64,
    /// Whether it is shipped.
    pub requires_shipping: bool,
    /// Whether it sells gift cards.
    pub gift_card: bool,
    /// Whether it is taxed.
    pub taxable: bool,
    /// How it is taxed; none is the standard class.
    pub tax_class_id: Option<TaxClassId>,
}

impl CartFacts {
    /// The engine's cart at a moment.
    ///
    /// # Errors
    /// `Code`, which cannot happen: the server's currencies are the engine's.
    pub(super) fn cart(&self, now: DateTime<Utc>) -> Result<Cart, PricingError> {
        let mut cart = Cart::new(convert::currency(self.currency)?, Timestamp(now.timestamp()));
        cart.country = self.country_code.as_deref().and_then(convert::country);
        cart.customer = self.account_id.map(|id| Customer { key: CustomerKey(id.0.as_u128()), ..Customer::default() });
        cart.discount_codes = self.discount_codes.iter().map(|code| code.as_str().into()).collect();
        let address = self.destination.as_ref().and_then(|to| Some((to.id, convert::address(&to.address)?)));
        cart.addresses = address.into_iter().map(|(id, address)| (AddressKey(id.as_u128()), address)).collect();
        cart.delivery_choices = self.delivery_choices.clone();
        cart.lines = self.lines.iter().map(LineFacts::line).collect::<Result<_, _>>()?;
        Ok(cart)
    }
}

impl LineFacts {
    fn line(&self) -> Result<Line, PricingError> {
        let own = |price: Money| {
            let currency = convert::currency(price.currency)?;
            let compare_at = self.compare_at.map(|before| Amount(before.minor));
            Ok::<_, PricingError>(Price { compare_at, ..Price::own(currency, Amount(price.minor)) })
        };
        let own = self.price.map(own).transpose()?;
        let prices = own.into_iter().chain(self.list_prices.iter().cloned()).collect();
        let (variant, product) = (VariantKey(self.variant_id.0.as_u128()), ProductKey(self.product_id.0.as_u128()));
        let mut line = Line::new(LineKey(self.id.0.as_u128()), variant, product, self.quantity, prices);
        line.title = self.title.as_str().into();
        line.agreed_price = self.agreed_price.map(Amount);
        line.priced_at = self.priced_at.map(|moment| Timestamp(moment.timestamp()));
        line.weight_grams = self.weight_grams;
        line.requires_shipping = self.requires_shipping;
        line.gift_card = self.gift_card;
        line.tax_class = tax::class_of(self.taxable, self.tax_class_id);
        if let Some(ordered) = &self.as_ordered {
            line.weight_grams = ordered.weight_grams;
            line.tax_class = ordered.tax_class;
            line.collections.clone_from(&ordered.collections);
        }
        Ok(line)
    }
}
