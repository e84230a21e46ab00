//! What discounts take off a cart and its lines. There are none yet: the lists of these types are empty.

use async_graphql::{Enum, Interface, Object, SimpleObject, Union};

use crate::graphql::scalars::MoneyV2;

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
    CartCodeDiscountAllocation(CartCodeDiscountAllocation),
    /// Of a discount that applies by itself.
    CartAutomaticDiscountAllocation(CartAutomaticDiscountAllocation),
    /// Of a discount that an extension of the shop made.
    CartCustomDiscountAllocation(CartCustomDiscountAllocation),
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
        "What a discount code takes off. It does not occur yet: there are no discounts.", "The code.";
    CartAutomaticDiscountAllocation, title,
        "What a discount that applies by itself takes off. It does not occur yet: there are no discounts.",
        "The discount's name.";
    CartCustomDiscountAllocation, title,
        "What a discount of an extension takes off. It does not occur: there are no extensions.",
        "The discount's name.";
);
