//! What a rate or a pick-up may cost.

use entity::money::{Currency, Money};

use super::{
    Band, Cost,
    errors::{Reason, Refusal},
};
use crate::domain::catalog::checks::PRICE_MOST;

/// Most bands of a rate.
const BANDS_MOST: usize = 50;

/// What a rate costs, as staff say it: amounts with their currencies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CostDraft {
    /// Always the same.
    pub flat: Option<Money>,
    /// By what the goods weigh, in grams.
    pub by_weight: Option<Vec<BandDraft<i64>>>,
    /// By what the goods cost.
    pub by_price: Option<Vec<BandDraft<Money>>>,
}

/// A cost for what measures at least `from` and less than `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandDraft<T> {
    /// The least measure; none is zero.
    pub from: Option<T>,
    /// The first measure beyond it; none is open.
    pub until: Option<T>,
    /// What it costs.
    pub cost: Money,
}

/// Amounts of one rate, all in the currency of the first.
#[derive(Debug, Default)]
pub(super) struct Amounts {
    pub(super) currency: Option<Currency>,
    pub(super) refusals: Vec<Refusal>,
}

impl Amounts {
    /// Whose currency is known: other amounts have to be in it.
    pub(super) fn of(currency: Currency) -> Self {
        Self { currency: Some(currency), refusals: Vec::new() }
    }

    /// Takes an amount in minor units.
    pub(super) fn take(&mut self, at: String, money: Money) -> i64 {
        let reason = if *self.currency.get_or_insert(money.currency) != money.currency {
            Some(Reason::CurrencyMixed)
        } else if money.minor < 0 {
            Some(Reason::Negative)
        } else if money.minor > PRICE_MOST {
            Some(Reason::TooLarge(PRICE_MOST))
        } else {
            None
        };
        self.refusals.extend(reason.map(|reason| Refusal::new(at, reason)));
        money.minor
    }

    /// Takes a cost.
    pub(super) fn take_cost(&mut self, draft: CostDraft) -> Cost {
        match (draft.flat, draft.by_weight, draft.by_price) {
            (Some(flat), None, None) => Cost::Flat(self.take("cost.flat".to_owned(), flat)),
            (None, Some(bands), None) => {
                let measured = bands.into_iter().enumerate().map(|(index, band)| {
                    let cost = self.take(format!("cost.byWeight.{index}.cost"), band.cost);
                    Band { from: band.from.unwrap_or(0), until: band.until, cost }
                });
                let bands: Vec<Band> = measured.collect();
                self.check_bands("cost.byWeight", &bands);
                Cost::ByWeight(bands)
            }
            (None, None, Some(bands)) => {
                let measured = bands.into_iter().enumerate().map(|(index, band)| {
                    let at = |field| format!("cost.byPrice.{index}.{field}");
                    let cost = self.take(at("cost"), band.cost);
                    let from = band.from.map_or(0, |from| self.take(at("from"), from));
                    Band { from, until: band.until.map(|until| self.take(at("until"), until)), cost }
                });
                let bands: Vec<Band> = measured.collect();
                self.check_bands("cost.byPrice", &bands);
                Cost::ByPrice(bands)
            }
            (None, None, None) | (Some(_), Some(_), _) | (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => {
                self.refusals.push(Refusal::new("cost", Reason::CostNotOne));
                Cost::Flat(0)
            }
        }
    }

    fn check_bands(&mut self, at: &str, bands: &[Band]) {
        if bands.is_empty() {
            self.refusals.push(Refusal::new(at, Reason::Blank));
        }
        if bands.len() > BANDS_MOST {
            self.refusals.push(Refusal::new(at, Reason::TooMany(BANDS_MOST)));
        }
        // Where the next band may begin; none after an open one.
        let mut next = Some(0);
        for (index, band) in bands.iter().enumerate() {
            let begins = next.is_some_and(|next| band.from >= next);
            if !begins || band.until.is_some_and(|until| until <= band.from) {
                self.refusals.push(Refusal::new(format!("{at}.{index}"), Reason::BandOrder));
            }
            next = band.until;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn refused(draft: CostDraft) -> Vec<Reason> {
        let mut amounts = Amounts::default();
        amounts.take_cost(draft);
        amounts.refusals.into_iter().map(|refusal| refusal.reason).collect()
    }

    fn by_weight(bands: &[(Option<i64>, Option<i64>)]) -> CostDraft {
        let band = |(from, until): &(Option<i64>, Option<i64>)| BandDraft { from: *from, until: *until, cost: usd(1) };
        CostDraft { by_weight: Some(bands.iter().map(band).collect()), ..CostDraft::default() }
    }

    #[test]
    fn bands_follow_each_other_and_only_the_last_is_open() {
        assert_eq!(refused(by_weight(&[(None, Some(500)), (Some(500), Some(900)), (Some(1_000), None)])), []);
        assert_eq!(refused(by_weight(&[])), [Reason::Blank]);
        for bands in [
            [(Some(0), None), (Some(500), None)],
            [(Some(0), Some(500)), (Some(499), None)],
            [(Some(500), Some(500)), (Some(500), None)],
            [(Some(-1), Some(500)), (Some(500), None)],
        ] {
            assert_eq!(refused(by_weight(&bands)), [Reason::BandOrder], "{bands:?}");
        }
    }

    #[test]
    fn a_cost_is_given_once_and_in_one_currency() {
        let euro = "EUR".parse().expect("a code");
        assert_eq!(refused(CostDraft::default()), [Reason::CostNotOne]);
        assert_eq!(refused(CostDraft { flat: Some(usd(1)), ..by_weight(&[(None, None)]) }), [Reason::CostNotOne]);
        assert_eq!(refused(CostDraft { flat: Some(usd(-1)), ..CostDraft::default() }), [Reason::Negative]);
        let band = BandDraft { from: Some(Money::new(1, euro)), until: None, cost: usd(1) };
        let mixed = CostDraft { by_price: Some(vec![band]), ..CostDraft::default() };
        assert_eq!(refused(mixed), [Reason::CurrencyMixed]);
    }
}
