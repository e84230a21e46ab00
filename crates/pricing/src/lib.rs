//! What a cart costs: the one place of Cartwright that adds money up.
//!
//! [`quote`] turns a [`Cart`] (facts: lines, buyer, addresses, codes) and the shop's [`Rules`] (discounts, delivery, taxes)
//! into a [`Quote`]. It is a pure function in integer minor units with checked arithmetic: no float, no clock, no database,
//! no panic. The cart, the checkout and the edit of an order call it; [`difference`] compares two quotes and [`refund_for`]
//! divides one. What each rule means, in which order they apply, how they round and where that is written stands in
//! `docs/pricing.md`.
//!
//! # The steps
//!
//! 1. **Price** ([`choose`]): of each line's candidates ([`Price`]) one by currency, country, customer group, quantity and
//!    time, with its [`PriceReason`]. Where prices are shown with other taxes than they were entered with, it is converted.
//! 2. **Discounts** ([`Discount`]): which count ([`CodeProblem`] says why a code does not), which combination is the best
//!    for the buyer, and what each takes off where ([`Allocation`], by the largest remainder).
//! 3. **Delivery** ([`DeliveryRules`]): groups by address, options with their costs, the chosen one, or a
//!    [`DeliveryProblem`].
//! 4. **Taxes** ([`TaxRules`]): rates by place and class on lines and delivery, inside or on top of prices.
//! 5. **Gift cards** ([`GiftCard`]) pay; the rest is [`Quote::due`].
//!
//! [`Quote::steps`] tells all this line by line.
//!
//! # What the caller does
//!
//! It loads the facts of one cart: the prices that may count, the discounts that are automatic and active or whose codes
//! were entered, with how often they were used ([`Usage`]), the delivery and tax zones, the balances of gift cards. Objects
//! are named by keys of 128 bits ([`LineKey`] and its like), so that a UUID goes in and comes out. A [`Currency`] brings its
//! own number of digits. All types can be serialized, so that an order can keep the quote that it was placed with.
//!
//! Limits that parallel orders share (uses of a code, a card's balance) are facts here; holding them is the business of the
//! transaction that places the order.
//!
//! ```
//! use pricing::*;
//!
//! let euro = Currency::new("EUR", 2)?;
//! let mut cart = Cart::new(euro, Timestamp(1_800_000_000));
//! let price = Price::own(euro, Amount(11_900));
//! cart.lines.push(Line::new(LineKey(1), VariantKey(1), ProductKey(1), 2, vec![price]));
//! let quote = quote(&cart, &Rules::default())?;
//! assert_eq!(quote.total, Amount(23_800));
//! # Ok::<(), PricingError>(())
//! ```
//!
//! # Where things are
//!
//! | module | owns |
//! | --- | --- |
//! | `amount`, `time`, `place`, `key` | the words: amounts and rounding, periods, areas, keys |
//! | `cart`, `rules` | what goes in |
//! | `price`, `omnibus` | which price counts; the lowest price of thirty days |
//! | `discount`, `delivery`, `tax` | the rules: each has a `model` (what staff describe) and its calculation beside it |
//! | `quote` | what comes out, and the order in which it is calculated (`compute`) |
//! | `difference`, `refund` | what an edit changes, what is given back |

mod amount;
mod cart;
mod delivery;
mod difference;
mod discount;
mod error;
mod key;
mod omnibus;
mod place;
mod price;
mod quote;
mod refund;
mod rules;
mod tax;
mod time;

pub use amount::{Amount, BasisPoints, Currency, Rounding, allocate};
pub use cart::{Cart, Customer, DeliveryChoice, GiftCard, Line};
pub use delivery::{
    Band, DeliveryProblem, DeliveryRate, DeliveryRules, DeliveryZone, OptionKind, PickupLocation, RateCost, Unchosen,
};
pub use difference::{Difference, Settlement, difference};
pub use discount::{
    Allocation, Amounts, AppliedDiscount, BuyXGetY, CodeOutcome, CodeProblem, CombinesWith, Discount, DiscountClass,
    Effect, Eligibility, Items, MOST_DISCOUNTS, Method, Minimum, Off, Usage,
};
pub use error::PricingError;
pub use key::{
    AddressKey, CollectionKey, CustomerGroupKey, CustomerKey, DeliveryRateKey, DeliveryZoneKey, DiscountKey,
    GiftCardKey, LineKey, LocationKey, PriceListKey, ProductKey, TaxClassKey, TaxKey, TaxZoneKey, VariantKey,
};
pub use omnibus::{PricePoint, PriorPrice, Reductions, lowest_in_30_days};
pub use place::{Address, Area, Country, PostalPattern};
pub use price::{Buyer, ChosenPrice, ListPlace, Price, PriceReason, choose};
pub use quote::{
    AppliedGiftCard, DeliveryGroup, DeliveryOption, Quote, QuoteLine, Step, StepSubject, TaxLine, TaxSum, quote,
};
pub use refund::{Portion, Refund, RefundLine, refund_for};
pub use rules::Rules;
pub use tax::{
    Component, Components, PartsPerMillion, PriceBasis, PricesAbroad, RoundingLevel, ShippingTax, TaxExemption,
    TaxRate, TaxRounding, TaxRules, TaxZone,
};
pub use time::{Period, Timestamp};
