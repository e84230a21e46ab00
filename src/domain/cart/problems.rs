//! What would make the completion of a cart fail.

use entity::cart::{cart, cart_line};
use pricing::CodeProblem;

use super::{CartStatus, Target, shelf::Shelf};
use crate::domain::pricing::Quote;

/// What would make completion fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// There is nothing in the cart.
    Empty,
    /// Nothing of the line's variant is left.
    OutOfStock,
    /// Fewer units are left than the cart's lines of the variant have together.
    NotEnoughStock,
    /// The variant is not on sale, or does not exist any more.
    NotAvailable,
    /// A discount code was used as often as it may be.
    CodeUsedUp {
        /// Whether it was this customer who used it.
        by_customer: bool,
    },
    /// Nothing is delivered to the cart's address.
    NotDelivered,
    /// No delivery rate fits the cart's address, weight and price.
    NoDeliveryRate,
    /// The delivery option that was chosen is not offered any more.
    DeliveryOptionGone,
    /// The delivery option that was chosen is not for the cart's address.
    DeliveryOptionNotForAddress,
    /// The delivery option that was chosen is not for the cart's weight.
    DeliveryOptionNotForWeight,
    /// The delivery option that was chosen is not for the cart's price.
    DeliveryOptionNotForPrice,
    /// The delivery option that was chosen is not offered in the cart's currency.
    DeliveryOptionNotInCurrency,
}

/// A problem and what has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// The line, or the cart.
    pub target: Target,
    /// The variant, the code or the delivery option, for people; `None` for a variant that is not on sale any more, because
    /// its name may be withheld then.
    pub title: Option<String>,
}

/// The entered codes whose uses others took, or the buyer. Were they passed over at completion, the buyer would pay more than
/// the cart said before; other codes that do not apply any more change the total, which a client expects or not.
pub(super) fn codes_used_up(cart: &cart::Model, quote: &Quote) -> Vec<Problem> {
    let problem = |outcome: &pricing::CodeOutcome| {
        let by_customer = match outcome.problem? {
            CodeProblem::UsageLimitReached => false,
            CodeProblem::CustomerUsageLimitReached => true,
            CodeProblem::NotFound
            | CodeProblem::Inactive
            | CodeProblem::CustomerMissing
            | CodeProblem::CustomerNotEligible
            | CodeProblem::CurrencyNotOffered
            | CodeProblem::NoEntitledLines
            | CodeProblem::NoEntitledShipping
            | CodeProblem::SubtotalTooSmall
            | CodeProblem::QuantityTooSmall
            | CodeProblem::BetterCombination
            | CodeProblem::Repeated
            | CodeProblem::TooMany => return None,
        };
        let kind = ProblemKind::CodeUsedUp { by_customer };
        Some(Problem { kind, target: Target::Cart(cart.id), title: Some(outcome.code.to_string()) })
    };
    quote.engine().codes.iter().filter_map(problem).collect()
}

/// What would make completion fail. Lines of one variant share its stock: the first ones get it.
pub(super) fn problems(cart: &cart::Model, lines: &[cart_line::Model], shelf: &Shelf) -> Vec<Problem> {
    if lines.is_empty() {
        return vec![Problem { kind: ProblemKind::Empty, target: Target::Cart(cart.id), title: None }];
    }
    let mut left = shelf.available.clone();
    let mut problems = Vec::new();
    for line in lines {
        let kind = match shelf.sellables.get(&line.variant_id) {
            None => Some(ProblemKind::NotAvailable),
            Some(sellable) if !sellable.purchasable => Some(ProblemKind::NotAvailable),
            // While a payment pends, the cart's units are held for its order: what is left beside is not the question.
            Some(sellable) if !sellable.limited_by_stock() || cart.status == CartStatus::Locked => None,
            Some(_) => {
                let left = left.entry(line.variant_id).or_insert(0);
                let before = *left;
                *left -= i64::from(line.quantity);
                match *left {
                    0.. => None,
                    _ if before <= 0 => Some(ProblemKind::OutOfStock),
                    _ => Some(ProblemKind::NotEnoughStock),
                }
            }
        };
        let title = shelf.purchasable(line.variant_id).then(|| shelf.title(line.variant_id));
        problems.extend(kind.map(|kind| Problem { kind, target: Target::Line(line.id), title }));
    }
    problems
}
