//! Checking what staff say of a discount: every mistake together, and last what the pricing engine itself would refuse.

use std::{collections::HashSet, hash::Hash};

use entity::{
    discount::{
        discount,
        rule::{BuyXGetY, Effect, Eligibility, Items, Minimum, Named, Off},
    },
    money::Money,
};
use sea_orm::DatabaseTransaction;

use super::{
    errors::{Reason, Refusal},
    model::engine,
    patch::{DiscountPatch, contradiction},
    store,
};
use crate::domain::{
    catalog::checks::{PRICE_MOST, TITLE_MOST},
    shared::{
        Error, Failure,
        card_number::{holds_card_number, shows_card_number},
    },
};

/// Most products, variants, collections, customers, countries or amounts of one discount, and codes of one call.
pub(super) const ENTRIES_MOST: usize = 250;
/// Longest code, in characters.
pub(super) const CODE_MOST: usize = 250;
/// All of it, in hundredths of a percent.
const ALL: u32 = 10_000;
/// Largest quantity or number of uses.
const NUMBER_MOST: i64 = 1_000_000_000;

/// Collects what is wrong with an input.
#[derive(Debug, Default)]
pub(super) struct Checks(Vec<Refusal>);

impl Checks {
    pub fn refuse(&mut self, at: impl Into<String>, reason: Reason) {
        self.0.push(Refusal::new(at, reason));
    }

    /// Refuses with all that was found, if anything was.
    pub fn finish(self) -> Result<(), Failure<Refusal>> {
        if self.0.is_empty() { Ok(()) } else { Err(Failure::Refused(self.0)) }
    }

    fn number(&mut self, at: &str, number: i64) {
        if number < 1 {
            self.refuse(at, Reason::NotAboveZero);
        } else if number > NUMBER_MOST {
            self.refuse(at, Reason::TooLarge(NUMBER_MOST));
        }
    }

    fn part(&mut self, at: &str, part: u32) {
        if part == 0 || part > ALL {
            self.refuse(at, Reason::NotAPart);
        }
    }

    /// A list that is not too long, without doubles.
    fn list<T: Eq + Hash>(&mut self, at: &str, list: &[T]) {
        if list.len() > ENTRIES_MOST {
            return self.refuse(at, Reason::TooMany(ENTRIES_MOST));
        }
        let mut seen = HashSet::new();
        for (index, entry) in list.iter().enumerate() {
            if !seen.insert(entry) {
                self.refuse(format!("{at}.{index}"), Reason::Twice);
            }
        }
    }

    fn amounts(&mut self, at: &str, amounts: &[Money]) {
        if amounts.is_empty() {
            return self.refuse(at, Reason::Blank);
        }
        if amounts.len() > ENTRIES_MOST {
            return self.refuse(at, Reason::TooMany(ENTRIES_MOST));
        }
        let mut seen = HashSet::new();
        for (index, money) in amounts.iter().enumerate() {
            if !seen.insert(money.currency) {
                self.refuse(format!("{at}.{index}.currencyCode"), Reason::CurrencyTwice);
            }
            if money.minor < 1 {
                self.refuse(format!("{at}.{index}.amount"), Reason::NotAboveZero);
            } else if money.minor > PRICE_MOST {
                self.refuse(format!("{at}.{index}.amount"), Reason::TooLarge(PRICE_MOST));
            }
        }
    }

    fn off(&mut self, at: &str, off: &Off) {
        match off {
            Off::Percentage(part) => self.part(&format!("{at}.percentage"), *part),
            Off::Each(amounts) | Off::Across(amounts) => self.amounts(&format!("{at}.amount"), amounts),
        }
    }

    fn items(&mut self, at: &str, items: &Items) {
        let Items::Of(Named { products, variants, collections }) = items else { return };
        if products.is_empty() && variants.is_empty() && collections.is_empty() {
            return self.refuse(at, Reason::Blank);
        }
        self.list(&format!("{at}.productIds"), products);
        self.list(&format!("{at}.variantIds"), variants);
        self.list(&format!("{at}.collectionIds"), collections);
    }

    fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Items { off, items } => {
                self.off("effect.items", off);
                self.items("effect.items.items", items);
            }
            Effect::BuyXGetY(BuyXGetY { buy, buy_quantity, get, get_quantity, off, uses_per_order }) => {
                self.number("effect.buyXGetY.customerBuys.quantity", *buy_quantity);
                self.items("effect.buyXGetY.customerBuys.items", buy);
                self.number("effect.buyXGetY.customerGets.quantity", *get_quantity);
                self.items("effect.buyXGetY.customerGets.items", get);
                self.part("effect.buyXGetY.customerGets.percentage", *off);
                if let Some(uses) = uses_per_order {
                    self.number("effect.buyXGetY.usesPerOrderLimit", *uses);
                }
            }
            Effect::Order { off } => self.off("effect.order", off),
            Effect::Shipping { off, most, countries } => {
                self.part("effect.shipping.percentage", *off);
                if let Some(most) = most {
                    self.amounts("effect.shipping.maximumShippingPrice", most);
                }
                self.list("effect.shipping.countries", countries);
            }
        }
    }
}

/// Checks the form of what a patch says. Something new wants a title and says what it does.
pub(super) fn form(patch: &DiscountPatch, new: bool) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    let missing = new.then_some("");
    if let Some(title) = patch.title.as_deref().or(missing) {
        refuse_nul("title", title)?;
        if title.trim().is_empty() {
            checks.refuse("title", Reason::Blank);
        } else if title.chars().nth(TITLE_MOST).is_some() {
            checks.refuse("title", Reason::TooLong(TITLE_MOST));
        } else if shows_card_number(title) {
            checks.refuse("title", Reason::CardNumber);
        }
    }
    match &patch.effect {
        Some(effect) => checks.effect(effect),
        None if new => checks.refuse("effect", Reason::Blank),
        None => {}
    }
    match &patch.minimum {
        Some(Minimum::Subtotal(amounts)) => checks.amounts("minimumRequirement.subtotal", amounts),
        Some(Minimum::Quantity(least)) => checks.number("minimumRequirement.quantity", *least),
        Some(Minimum::None) | None => {}
    }
    if let Some(Eligibility::Customers(customers)) = &patch.eligibility {
        if customers.is_empty() {
            checks.refuse("customerIds", Reason::Blank);
        }
        checks.list("customerIds", customers);
    }
    for (at, limit) in [("usageLimit", patch.usage_limit), ("usageLimitPerCustomer", patch.limit_per_customer)] {
        if let Some(Some(limit)) = limit {
            checks.number(at, limit);
        }
    }
    checks.finish()
}

/// Checks the form of codes that are given at `at`.
pub(super) fn codes(at: &str, codes: &[String]) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    if codes.len() > ENTRIES_MOST {
        checks.refuse(at, Reason::TooMany(ENTRIES_MOST));
        return checks.finish();
    }
    let mut seen = HashSet::new();
    for (index, code) in codes.iter().enumerate() {
        let at = format!("{at}.{index}");
        refuse_nul(&at, code)?;
        let key = super::code_key(code);
        if key.is_empty() {
            checks.refuse(at, Reason::Blank);
        } else if code.trim().chars().nth(CODE_MOST).is_some() || key.chars().nth(CODE_MOST).is_some() {
            checks.refuse(at, Reason::TooLong(CODE_MOST));
        } else if holds_card_number(code) {
            checks.refuse(at, Reason::CardNumber);
        } else if !seen.insert(key) {
            checks.refuse(at, Reason::Twice);
        }
    }
    checks.finish()
}

fn refuse_nul(at: &str, text: &str) -> Result<(), Error> {
    if text.contains('\0') { Err(Error::bad_input(at, "must not hold the character NUL")) } else { Ok(()) }
}

/// Checks a row as it is about to be written: that what it names is there, and that the engine takes it.
pub(super) async fn row(
    tx: &DatabaseTransaction,
    row: &discount::Model,
    patch: &DiscountPatch,
) -> Result<(), Failure<Refusal>> {
    let mut checks = Checks::default();
    if patch.moves() && row.ends_at.is_some_and(|end| end <= row.starts_at) {
        checks.refuse("endsAt", Reason::EndsFirst);
    }
    match &patch.effect {
        Some(Effect::Items { items, .. }) => known(tx, &mut checks, "effect.items.items", items).await?,
        Some(Effect::BuyXGetY(rule)) => {
            known(tx, &mut checks, "effect.buyXGetY.customerBuys.items", &rule.buy).await?;
            known(tx, &mut checks, "effect.buyXGetY.customerGets.items", &rule.get).await?;
        }
        Some(Effect::Order { .. } | Effect::Shipping { .. }) | None => {}
    }
    if let Some(Eligibility::Customers(ids)) = &patch.eligibility {
        let there = store::customers(tx, ids).await?;
        unknown(&mut checks, "customerIds", ids, &there, "customer");
    }
    match engine(row, Vec::new()).and_then(|discount| discount.check()) {
        Ok(()) => {}
        Err(error) => checks.refuse("effect", contradiction(&error)),
    }
    checks.finish()
}

async fn known(tx: &DatabaseTransaction, checks: &mut Checks, at: &str, items: &Items) -> Result<(), Error> {
    let Items::Of(named) = items else { return Ok(()) };
    let there = store::products(tx, &named.products).await?;
    unknown(checks, &format!("{at}.productIds"), &named.products, &there, "product");
    let there = store::variants(tx, &named.variants).await?;
    unknown(checks, &format!("{at}.variantIds"), &named.variants, &there, "variant");
    let there = store::collections(tx, &named.collections).await?;
    unknown(checks, &format!("{at}.collectionIds"), &named.collections, &there, "collection");
    Ok(())
}

fn unknown<T: Eq>(checks: &mut Checks, at: &str, wanted: &[T], there: &[T], what: &'static str) {
    for (index, id) in wanted.iter().enumerate() {
        if !there.contains(id) {
            checks.refuse(format!("{at}.{index}"), Reason::Unknown(what));
        }
    }
}
