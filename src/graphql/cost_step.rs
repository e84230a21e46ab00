//! How a sum comes about: the steps of a quote, one after the other.

use async_graphql::{Enum, ID, SimpleObject};
use entity::money::{Currency, Money};
use pricing::{LineKey, Step, StepSubject};

use crate::graphql::scalars::MoneyV2;

/// What a step of a cost is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CostStepSubject {
    /// A line: `target` is its id.
    Line,
    /// Delivery.
    Delivery,
    /// The cart or order as a whole.
    Order,
}

/// One step of how a cost comes about. The amounts of the steps that count add up to what is left to pay.
#[derive(Clone, Debug, SimpleObject)]
pub struct CostStep {
    /// What it is about.
    subject: CostStepSubject,
    /// Id of the line that it is about; null when it is about no line.
    target: Option<ID>,
    /// What happens, in English.
    text: String,
    /// What it adds; a negative amount takes.
    amount: MoneyV2,
    /// Whether the amount changes what is to be paid. Prices as entered, taxes inside prices and sums only tell.
    counts: bool,
}

/// The steps of a quote; `target` gives the id of a line.
pub fn steps(quote: &pricing::Quote, currency: Currency, target: impl Fn(LineKey) -> Option<ID>) -> Vec<CostStep> {
    let shown = |step: Step| CostStep {
        subject: match step.subject {
            StepSubject::Line(_) => CostStepSubject::Line,
            StepSubject::Delivery(_) => CostStepSubject::Delivery,
            StepSubject::Order => CostStepSubject::Order,
        },
        target: match step.subject {
            StepSubject::Line(key) => target(key),
            StepSubject::Delivery(_) | StepSubject::Order => None,
        },
        text: step.text.trim().to_owned(),
        amount: Money::new(step.amount.0, currency).into(),
        counts: step.counts,
    };
    quote.steps().into_iter().map(shown).collect()
}
