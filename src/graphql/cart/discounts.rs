//! What discounts take off a cart and its lines.

use async_graphql::{Enum, Interface, Object, SimpleObject, Union};
use pricing::{AppliedDiscount, BasisPoints, Discount, DiscountClass, Effect, Items, Off, QuoteLine};

use crate::{domain::pricing::Quote, graphql::scalars::MoneyV2};

/// How the value of a discount is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DiscountApplicationAllocationMethod {
    /// Over all that it is for.
    Across,
    /// To each that it is for.
    Each,
    /// To one of those that it is for.
    #[graphql(deprecation = "Use `ACROSS`.")]
    One,
}

/// Which of the lines a discount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DiscountApplicationTargetSelection {
    /// All of them.
    All,
    /// Those that its conditions entitle.
    Entitled,
    /// Those that were named.
    Explicit,
}

/// What a discount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DiscountApplicationTargetType {
    /// Merchandise.
    LineItem,
    /// Delivery.
    ShippingLine,
}

/// A share of a price.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct PricingPercentageValue {
    /// The share in percent, such as 12.5.
    percentage: f64,
}

/// What a discount takes off: an amount or a share.
#[derive(Clone, Debug, Union)]
pub enum PricingValue {
    /// An amount.
    MoneyV2(MoneyV2),
    /// A share.
    PricingPercentageValue(PricingPercentageValue),
}

/// How a discount works on a cart.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartDiscountApplication {
    /// How its value is spread.
    allocation_method: DiscountApplicationAllocationMethod,
    /// Which lines it is for.
    target_selection: DiscountApplicationTargetSelection,
    /// What it is for.
    target_type: DiscountApplicationTargetType,
    /// What it takes off.
    value: PricingValue,
}

/// What a discount takes off a cart or a line.
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "discount_application", ty = "CartDiscountApplication", desc = "How the discount works."),
    field(name = "discounted_amount", ty = "MoneyV2", desc = "What it takes off here."),
    field(name = "target_type", ty = "DiscountApplicationTargetType", desc = "What it is for.")
)]
pub enum CartDiscountAllocation {
    /// Of a discount code.
    Code(CartCodeDiscountAllocation),
    /// Of a discount that applies by itself.
    Automatic(CartAutomaticDiscountAllocation),
    /// Of a discount that an extension of the shop made.
    Custom(CartCustomDiscountAllocation),
}

macro_rules! allocations {
    ($($name:ident, $own:ident, $doc:literal, $own_doc:literal;)+) => {$(
        #[doc = $doc]
        #[derive(Clone, Debug)]
        pub struct $name {
            application: CartDiscountApplication,
            amount: MoneyV2,
            $own: String,
        }

        #[doc = $doc]
        #[Object]
        impl $name {
            #[doc = $own_doc]
            async fn $own(&self) -> &str {
                &self.$own
            }

            /// How the discount works.
            pub async fn discount_application(&self) -> CartDiscountApplication {
                self.application.clone()
            }

            /// What it takes off here.
            pub async fn discounted_amount(&self) -> MoneyV2 {
                self.amount.clone()
            }

            /// What it is for.
            pub async fn target_type(&self) -> DiscountApplicationTargetType {
                self.application.target_type
            }
        }
    )+};
}

allocations!(
    CartCodeDiscountAllocation, code,
        "What a discount code takes off.", "The code as entered.";
    CartAutomaticDiscountAllocation, title,
        "What a discount that applies by itself takes off.",
        "The discount's name.";
    CartCustomDiscountAllocation, title,
        "What a discount of an extension takes off. It does not occur: there are no extensions.",
        "The discount's name.";
);

impl From<DiscountClass> for DiscountApplicationTargetType {
    fn from(class: DiscountClass) -> Self {
        match class {
            DiscountClass::Product | DiscountClass::Order => Self::LineItem,
            DiscountClass::Shipping => Self::ShippingLine,
        }
    }
}

/// How a discount works on a cart of this quote's currency.
fn application(quote: &Quote, discount: &Discount) -> CartDiscountApplication {
    use DiscountApplicationAllocationMethod::{Across, Each};
    use DiscountApplicationTargetSelection::{All, Entitled};
    let percentage = |part: BasisPoints| {
        let percentage = f64::from(part.0) / 100.0;
        PricingValue::PricingPercentageValue(PricingPercentageValue { percentage })
    };
    let amount = |amounts: &pricing::Amounts| {
        let amount = amounts.in_currency(quote.engine().currency).unwrap_or_default();
        PricingValue::MoneyV2(quote.money(amount).into())
    };
    let selection = |items: &Items| match items {
        Items::All => All,
        Items::Of { .. } => Entitled,
    };
    let (allocation_method, target_selection, value) = match &discount.effect {
        Effect::Items { off: Off::Percentage(part), items } => (Each, selection(items), percentage(*part)),
        Effect::Items { off: Off::Each(amounts), items } => (Each, selection(items), amount(amounts)),
        Effect::Items { off: Off::Across(amounts), items } => (Across, selection(items), amount(amounts)),
        Effect::BuyXGetY(rule) => (Each, selection(&rule.get), percentage(rule.off)),
        Effect::Order(Off::Percentage(part)) => (Across, All, percentage(*part)),
        Effect::Order(Off::Each(amounts) | Off::Across(amounts)) => (Across, All, amount(amounts)),
        Effect::Shipping { off, countries, .. } => {
            (Each, if countries.is_empty() { All } else { Entitled }, percentage(*off))
        }
    };
    CartDiscountApplication { allocation_method, target_selection, target_type: discount.effect.class().into(), value }
}

fn allocation(quote: &Quote, applied: &AppliedDiscount, amount: pricing::Amount) -> Option<CartDiscountAllocation> {
    let application = application(quote, quote.discount(applied.key)?);
    let amount = quote.money(amount).into();
    Some(match &applied.code {
        Some(code) => {
            CartDiscountAllocation::Code(CartCodeDiscountAllocation { application, amount, code: code.to_string() })
        }
        None => {
            let title = applied.title.to_string();
            CartDiscountAllocation::Automatic(CartAutomaticDiscountAllocation { application, amount, title })
        }
    })
}

/// What product discounts take off a line.
pub(super) fn of_line(quote: &Quote, line: &QuoteLine) -> Vec<CartDiscountAllocation> {
    let pieces = line.discounts.iter().filter_map(|piece| {
        let applied = quote.engine().discounts.iter().find(|applied| applied.key == piece.discount)?;
        match applied.class {
            DiscountClass::Product => allocation(quote, applied, piece.amount),
            DiscountClass::Order | DiscountClass::Shipping => None,
        }
    });
    pieces.collect()
}

/// What order and shipping discounts take off a cart.
pub(super) fn of_cart(quote: &Quote) -> Vec<CartDiscountAllocation> {
    let pieces = quote.engine().discounts.iter().filter(|applied| applied.amount.is_positive());
    let pieces = pieces.filter_map(|applied| match applied.class {
        DiscountClass::Product => None,
        DiscountClass::Order | DiscountClass::Shipping => allocation(quote, applied, applied.amount),
    });
    pieces.collect()
}
