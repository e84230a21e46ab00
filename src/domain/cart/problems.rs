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
    /// The shop does not sell to the country of the cart's address.
    CountryNotServed,
    /// Nothing is delivered to the cart's address.
    NotDelivered,
    /// No delivery rate fits the cart's address, weight and price.
    NoDeliveryRate,
    /// A delivery option has to be chosen.
    DeliveryOptionRequired,
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

impl ProblemKind {
    /// Whether it is about how something is delivered.
    #[must_use]
    pub fn is_of_delivery(self) -> bool {
        match self {
            Self::Empty | Self::OutOfStock | Self::NotEnoughStock | Self::NotAvailable | Self::CodeUsedUp { .. } => {
                false
            }
            Self::CountryNotServed
            | Self::NotDelivered
            | Self::NoDeliveryRate
            | Self::DeliveryOptionRequired
            | Self::DeliveryOptionGone
            | Self::DeliveryOptionNotForAddress
            | Self::DeliveryOptionNotForWeight
            | Self::DeliveryOptionNotForPrice
            | Self::DeliveryOptionNotInCurrency => true,
        }
    }
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

impl Problem {
    /// What the shopper reads.
    #[must_use]
    pub fn in_words(&self) -> String {
        let title = self.title.as_deref().unwrap_or("a product of this cart");
        match self.kind {
            ProblemKind::Empty => "the cart is empty".to_owned(),
            ProblemKind::OutOfStock => format!("{title} is out of stock"),
            ProblemKind::NotEnoughStock => format!("there is not enough of {title} in stock"),
            ProblemKind::NotAvailable => format!("{title} is no longer sold"),
            ProblemKind::CodeUsedUp { by_customer: false } => {
                format!("the discount code {title} is used up; take it out")
            }
            ProblemKind::CodeUsedUp { by_customer: true } => {
                format!("you used the discount code {title} as often as one may; take it out")
            }
            ProblemKind::CountryNotServed => {
                format!(
                    "the shop does not sell to {}; choose another address",
                    self.title.as_deref().unwrap_or("this country")
                )
            }
            ProblemKind::NotDelivered => "nothing is delivered to this address".to_owned(),
            ProblemKind::NoDeliveryRate => {
                "there is no way of delivery for this address, weight, price and currency".to_owned()
            }
            ProblemKind::DeliveryOptionRequired => "choose how it is delivered".to_owned(),
            ProblemKind::DeliveryOptionGone => format!("{title} is no longer offered; choose another delivery"),
            ProblemKind::DeliveryOptionNotForAddress => {
                format!("{title} is not for this address; choose another delivery")
            }
            ProblemKind::DeliveryOptionNotForWeight => {
                format!("{title} is not for this weight; choose another delivery")
            }
            ProblemKind::DeliveryOptionNotForPrice => {
                format!("{title} is not for this price; choose another delivery")
            }
            ProblemKind::DeliveryOptionNotInCurrency => {
                format!("{title} is not offered in this currency; choose another delivery")
            }
        }
    }
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
