//! Discounts as values: their keys, where they stand in time, and what the pricing engine makes of them.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use entity::{
    discount::{
        discount::{self, DiscountMethod},
        discount_redemption, rule,
    },
    ids::{AccountId, DiscountId},
    money::Money,
};
use pricing::{
    Amount, Amounts, BasisPoints, CollectionKey, CombinesWith, Country, CustomerKey, DiscountKey, Effect, Eligibility,
    Items, Method, Minimum, Off, Period, PricingError, ProductKey, Timestamp, Usage, VariantKey,
};
use uuid::Uuid;

use crate::domain::{auth::email_key, shared::fold};

/// Where a discount stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It counts now.
    Active,
    /// It will count.
    Scheduled,
    /// It counted, and does not any more.
    Expired,
}

impl Status {
    /// Where a discount stands at a moment.
    #[must_use]
    pub fn of(row: &discount::Model, now: DateTime<Utc>) -> Self {
        if row.ends_at.is_some_and(|end| end <= now) {
            Self::Expired
        } else if row.starts_at > now {
            Self::Scheduled
        } else {
            Self::Active
        }
    }
}

/// Who buys, as far as limits for each customer ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buyer {
    /// The customer, when signed in.
    pub account_id: Option<AccountId>,
    /// The e-mail address of the cart or order.
    pub email: Option<String>,
}

impl Buyer {
    /// What their uses are counted by: the address of everybody, so that signing out makes nobody another customer, and the
    /// account of those who are signed in. Nothing while nobody is known. No key has a space in it.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let account = self.account_id.map(|account_id| format!("account:{account_id}"));
        let email = self.email.as_deref().map(email_key).filter(|email| !email.contains(char::is_whitespace));
        account.into_iter().chain(email.map(|email| format!("email:{email}"))).collect()
    }
}

/// What a use was counted by; one from before addresses of customers were has only an account.
pub(super) fn keys_of(row: &discount_redemption::Model) -> impl Iterator<Item = &str> {
    row.customer_key.split(' ')
}

/// The form of a code that is unique in the shop: case and accents do not make another code.
#[must_use]
pub fn code_key(code: &str) -> String {
    fold(code)
}

/// What the engine calls a discount.
#[must_use]
pub fn key_of(id: DiscountId) -> DiscountKey {
    DiscountKey(id.0.as_u128())
}

/// The discount that the engine speaks of.
#[must_use]
pub fn id_of(key: DiscountKey) -> DiscountId {
    DiscountId(Uuid::from_u128(key.0))
}

/// A discount as the engine takes it. `codes` are those of its codes that matter; no customer's uses are counted in it.
///
/// # Errors
/// A row that the engine cannot read; none that was checked when it was written.
pub fn engine(row: &discount::Model, codes: Vec<Arc<str>>) -> Result<pricing::Discount, PricingError> {
    let second = |moment: DateTime<Utc>| Timestamp(moment.timestamp());
    Ok(pricing::Discount {
        key: key_of(row.id),
        title: row.title.as_str().into(),
        method: match row.method {
            DiscountMethod::Automatic => Method::Automatic,
            DiscountMethod::Code => Method::Codes(codes),
        },
        effect: effect(&row.effect)?,
        combines_with: CombinesWith { product: row.with_product, order: row.with_order, shipping: row.with_shipping },
        minimum: match &row.minimum {
            rule::Minimum::None => Minimum::None,
            rule::Minimum::Subtotal(least) => Minimum::Subtotal(amounts(least)?),
            rule::Minimum::Quantity(least) => Minimum::Quantity(*least),
        },
        eligibility: match &row.eligibility {
            rule::Eligibility::Everyone => Eligibility::Everyone,
            rule::Eligibility::Customers(ids) => {
                Eligibility::Customers(ids.iter().map(|id| CustomerKey(id.0.as_u128())).collect())
            }
        },
        period: Period { starts_at: Some(second(row.starts_at)), ends_at: row.ends_at.map(second) },
        usage: Usage {
            limit: row.usage_limit,
            used: row.used,
            limit_per_customer: row.limit_per_customer,
            used_by_customer: 0,
        },
    })
}

fn effect(effect: &rule::Effect) -> Result<Effect, PricingError> {
    Ok(match effect {
        rule::Effect::Items { off: how_much, items: which } => {
            Effect::Items { off: off(how_much)?, items: items(which) }
        }
        rule::Effect::BuyXGetY(rule) => Effect::BuyXGetY(pricing::BuyXGetY {
            buy: items(&rule.buy),
            buy_quantity: rule.buy_quantity,
            get: items(&rule.get),
            get_quantity: rule.get_quantity,
            off: BasisPoints(rule.off),
            uses_per_order: rule.uses_per_order,
        }),
        rule::Effect::Order { off: how_much } => Effect::Order(off(how_much)?),
        rule::Effect::Shipping { off, most, countries } => Effect::Shipping {
            off: BasisPoints(*off),
            most: most.as_deref().map(amounts).transpose()?,
            countries: countries.iter().map(|code| code.parse::<Country>()).collect::<Result<_, _>>()?,
        },
    })
}

fn off(off: &rule::Off) -> Result<Off, PricingError> {
    Ok(match off {
        rule::Off::Percentage(part) => Off::Percentage(BasisPoints(*part)),
        rule::Off::Each(each) => Off::Each(amounts(each)?),
        rule::Off::Across(across) => Off::Across(amounts(across)?),
    })
}

fn amounts(amounts: &[Money]) -> Result<Amounts, PricingError> {
    let amount = |money: &Money| {
        // No currency has more than four digits.
        let digits = u8::try_from(money.currency.digits()).unwrap_or(u8::MAX);
        Ok((pricing::Currency::new(money.currency.as_str(), digits)?, Amount(money.minor)))
    };
    amounts.iter().map(amount).collect::<Result<_, _>>().map(Amounts)
}

fn items(items: &rule::Items) -> Items {
    match items {
        rule::Items::All => Items::All,
        rule::Items::Of(named) => Items::Of {
            products: named.products.iter().map(|id| ProductKey(id.0.as_u128())).collect(),
            variants: named.variants.iter().map(|id| VariantKey(id.0.as_u128())).collect(),
            collections: named.collections.iter().map(|id| CollectionKey(id.0.as_u128())).collect::<BTreeSet<_>>(),
        },
    }
}

/// Whether what a discount does depends on the collections of lines.
#[must_use]
pub(super) fn names_collections(effect: &rule::Effect) -> bool {
    let named = |items: &rule::Items| match items {
        rule::Items::All => false,
        rule::Items::Of(named) => !named.collections.is_empty(),
    };
    match effect {
        rule::Effect::Items { items, .. } => named(items),
        rule::Effect::BuyXGetY(rule) => named(&rule.buy) || named(&rule.get),
        rule::Effect::Order { .. } | rule::Effect::Shipping { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_counted_by_address_and_customers_by_account_too() {
        let account_id = Some(AccountId(Uuid::nil()));
        let email = || Some("Ada@Example.com ".to_owned());
        let keys = |account_id, email| Buyer { account_id, email }.keys();
        let (account, address) = (format!("account:{}", Uuid::nil()), "email:ada@example.com".to_owned());
        assert_eq!(keys(account_id, email()), [account.clone(), address.clone()]);
        assert_eq!(keys(account_id, None), [account]);
        assert_eq!(keys(None, email()), [address]);
        assert!(keys(None, Some("a b@example.com".to_owned())).is_empty());
    }

    #[test]
    fn keys_lead_back_to_the_discount() {
        let id = DiscountId(Uuid::now_v7());
        assert_eq!(id_of(key_of(id)), id);
    }
}
