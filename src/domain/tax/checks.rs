//! What is right of a zone's rates: everything that the engine would refuse is refused here, with its place.

use std::collections::BTreeSet;

use entity::{
    ids::TaxClassId,
    tax::tax_rate::{Tax, Taxes},
};
use pricing::{PartsPerMillion, TaxRate};
use uuid::Uuid;

use super::{
    errors::{Reason, Refusal},
    patch::{RateDraft, TaxDraft},
    percent::parse_percent,
};
use crate::{domain::shared::card_number::shows_card_number, platform::Sources};

/// Longest name and title.
pub(super) const NAME_MOST: usize = 255;
/// Most rates of a zone.
const RATES_MOST: usize = 100;
/// Most taxes of one rate together, in millionths of millionths: what the engine takes.
const TOGETHER_MOST: u128 = 1_000 * ONE * ONE;
const ONE: u128 = 1_000_000;

/// A rate that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CheckedRate {
    pub class: Option<TaxClassId>,
    pub taxes: Taxes,
}

/// Checks a text that must be there.
pub(super) fn name(refusals: &mut Vec<Refusal>, at: impl Into<String>, text: &str) {
    let reason = if text.trim().is_empty() {
        Reason::Blank
    } else if text.contains('\0') {
        Reason::HoldsNul
    } else if text.chars().nth(NAME_MOST).is_some() {
        Reason::TooLong(NAME_MOST)
    } else if shows_card_number(text) {
        Reason::CardNumber
    } else {
        return;
    };
    refusals.push(Refusal::new(at, reason));
}

/// Checks rates. A tax that the zone has already, by title, rate and kind, keeps its key.
pub(super) fn rates(
    refusals: &mut Vec<Refusal>,
    drafts: &[RateDraft],
    known: &[Tax],
    sources: &Sources,
) -> Vec<CheckedRate> {
    if drafts.len() > RATES_MOST {
        refusals.push(Refusal::new("rates", Reason::TooMany(RATES_MOST)));
        return Vec::new();
    }
    let mut keys = Keys { known: known.to_vec(), sources };
    let mut classes = BTreeSet::new();
    let mut checked = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let at = format!("rates.{index}");
        if !classes.insert(draft.class) {
            refusals.push(Refusal::new(format!("{at}.taxClassId"), Reason::ClassTwice));
        }
        if draft.taxes.len() > TaxRate::MOST_COMPONENTS {
            refusals.push(Refusal::new(format!("{at}.taxes"), Reason::TooMany(TaxRate::MOST_COMPONENTS)));
            continue;
        }
        let mut taxes: Vec<Tax> = Vec::new();
        for (index, draft) in draft.taxes.iter().enumerate() {
            let at = format!("{at}.taxes.{index}");
            let Some(tax) = keys.tax(refusals, &at, draft) else { continue };
            if taxes.iter().any(|earlier| earlier.key == tax.key) {
                refusals.push(Refusal::new(at, Reason::TaxTwice));
            }
            taxes.push(tax);
        }
        if together(&taxes) > TOGETHER_MOST {
            refusals.push(Refusal::new(format!("{at}.taxes"), Reason::TaxesTooHigh));
        }
        checked.push(CheckedRate { class: draft.class, taxes: Taxes(taxes) });
    }
    checked
}

/// What taxes come to upon a price, in millionths of millionths.
fn together(taxes: &[Tax]) -> u128 {
    taxes.iter().fold(0, |total, tax| {
        let base = if tax.compound { ONE * ONE + total } else { ONE * ONE };
        total + u128::from(tax.rate) * base / ONE
    })
}

/// The keys of a zone's taxes. The engine wants one rate for one tax, which holds because the rate is part of what makes it.
struct Keys<'a> {
    known: Vec<Tax>,
    sources: &'a Sources,
}

impl Keys<'_> {
    fn tax(&mut self, refusals: &mut Vec<Refusal>, at: &str, draft: &TaxDraft) -> Option<Tax> {
        let before = refusals.len();
        name(refusals, format!("{at}.title"), &draft.title);
        let rate = match parse_percent(&draft.percent) {
            None => Err(Reason::NotAPercentage),
            Some(rate) if rate > PartsPerMillion::MOST.0 => Err(Reason::TaxTooHigh),
            Some(rate) => Ok(rate),
        };
        let rate = rate.map_err(|reason| refusals.push(Refusal::new(format!("{at}.percent"), reason))).ok()?;
        if refusals.len() > before {
            return None;
        }
        let (title, compound) = (draft.title.trim(), draft.compound);
        let same = |tax: &&Tax| tax.title == title && tax.rate == rate && tax.compound == compound;
        if let Some(tax) = self.known.iter().find(same) {
            return Some(tax.clone());
        }
        let tax = Tax { key: self.sources.id::<Uuid>(), title: title.to_owned(), rate, compound };
        self.known.push(tax.clone());
        Some(tax)
    }
}

#[cfg(test)]
mod tests {
    use pricing::{Amount, Area, Cart, Currency, Line, LineKey, Price, ProductKey, Rules, TaxRules, TaxZone};
    use pricing::{PriceBasis, ShippingTax, TaxRounding, TaxZoneKey, Timestamp, VariantKey};
    use proptest::prelude::*;

    use super::{super::model::component, *};

    fn draft(title: &str, percent: &str, compound: bool) -> TaxDraft {
        TaxDraft { title: title.to_owned(), percent: percent.to_owned(), compound }
    }

    fn checked(rates: &[RateDraft]) -> Result<Vec<CheckedRate>, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let checked = super::rates(&mut refusals, rates, &[], &Sources::system());
        if refusals.is_empty() { Ok(checked) } else { Err(refusals) }
    }

    fn drafts() -> impl Strategy<Value = Vec<RateDraft>> {
        let percent = prop_oneof![Just("1000"), Just("999.9999"), Just("5"), Just("9.975"), Just("0")];
        let tax = ("[AB]", percent, any::<bool>());
        let tax = tax.prop_map(|(title, percent, compound)| draft(&title, percent, compound));
        let class = prop::option::of((1_u128..4).prop_map(|id| TaxClassId(Uuid::from_u128(id))));
        let rate = (class, prop::collection::vec(tax, 0..9));
        prop::collection::vec(rate.prop_map(|(class, taxes)| RateDraft { class, taxes }), 0..5)
    }

    proptest! {
        #[test]
        fn what_is_accepted_the_engine_accepts(drafts in drafts()) {
            let Ok(rates) = checked(&drafts) else { return Ok(()) };
            let rates = rates.into_iter().map(|rate| pricing::TaxRate {
                class: rate.class.map(super::super::model::class_key),
                components: rate.taxes.0.into_iter().map(component).collect(),
            });
            let zone = TaxZone {
                key: TaxZoneKey(1), areas: vec![Area::default()], shown: PriceBasis::Exclusive, rates: rates.collect(),
                rounding: TaxRounding::default(), shipping: ShippingTax::NotTaxed, reverse_charge: false,
            };
            let rules = TaxRules { zones: vec![zone], ..TaxRules::default() };
            let currency = Currency::new("EUR", 2).expect("a code");
            let mut cart = Cart::new(currency, Timestamp(0));
            cart.country = Some("DE".parse().expect("a code"));
            let price = vec![Price::own(currency, Amount(100))];
            cart.lines.push(Line::new(LineKey(1), VariantKey(1), ProductKey(1), 1, price));
            let quote = pricing::quote(&cart, &Rules { taxes: Some(rules), ..Rules::default() });
            prop_assert!(quote.is_ok(), "{quote:?}");
        }
    }

    #[test]
    fn one_tax_in_two_classes_is_one_and_two_rates_are_two() {
        let books = Some(TaxClassId(Uuid::from_u128(7)));
        let rates = [
            RateDraft { class: None, taxes: vec![draft("GST", "5", false), draft("PST", "7", false)] },
            RateDraft { class: books, taxes: vec![draft(" GST", "5.0", false)] },
            RateDraft { class: Some(TaxClassId(Uuid::from_u128(8))), taxes: vec![draft("PST", "10", false)] },
        ];
        let rates = checked(&rates).expect("they are right");
        assert_eq!(rates[0].taxes.0[0], rates[1].taxes.0[0]);
        assert_ne!(rates[0].taxes.0[1].key, rates[2].taxes.0[0].key);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let rate = |taxes: Vec<TaxDraft>| vec![RateDraft { class: None, taxes }];
        let wrong = [
            (rate(vec![draft(" ", "5", false)]), "rates.0.taxes.0.title", Reason::Blank),
            (rate(vec![draft("VAT", "5%", false)]), "rates.0.taxes.0.percent", Reason::NotAPercentage),
            (rate(vec![draft("VAT", "1000.0001", false)]), "rates.0.taxes.0.percent", Reason::TaxTooHigh),
            (rate(vec![draft("VAT", "5", false); 2]), "rates.0.taxes.1", Reason::TaxTwice),
            ([rate(vec![]), rate(vec![])].concat(), "rates.1.taxClassId", Reason::ClassTwice),
            (
                rate((0..9).map(|one| draft(&one.to_string(), "5", false)).collect()),
                "rates.0.taxes",
                Reason::TooMany(8),
            ),
            (
                rate((0..8).map(|one| draft(&one.to_string(), "1000", true)).collect()),
                "rates.0.taxes",
                Reason::TaxesTooHigh,
            ),
        ];
        for (drafts, at, reason) in wrong {
            assert_eq!(checked(&drafts), Err(vec![Refusal::new(at, reason)]));
        }
        assert!(checked(&vec![RateDraft::default(); RATES_MOST + 1]).is_err());
    }
}
