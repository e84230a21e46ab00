//! What goes back for what is asked, and where to: pure.

use std::collections::BTreeMap;

use entity::{
    ids::{OrderLineId, PaymentId},
    money::Money,
    order::order_refund_line::RestockType,
};
use pricing::{Amount, Portion, Refund, refund_for};

use super::{
    RefundLine, RefundRefusal, RefundRequest, RefundShipping,
    standing::{Standing, key_of},
};
use crate::domain::{
    payment,
    shared::{Error, Failure},
};

/// Most lines that a refund names: each is put back under the order's lock.
const MOST_LINES: usize = 500;

/// What goes back, in minor units of the order's currency: `total = units.total + adjustment`, and it is the sum of
/// `by_payment` and `gift_cards`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundPlan {
    /// Of units and delivery, as the engine counts it.
    pub units: Refund,
    /// Beside them: goodwill, less what went back of them as goodwill before.
    pub adjustment: i64,
    /// Together.
    pub total: i64,
    /// By which payments.
    pub by_payment: Vec<(PaymentId, i64)>,
    /// To gift cards.
    pub gift_cards: i64,
    /// What could go back at most.
    pub left: i64,
}

/// Counts what goes back. Units and delivery give back at most what is left: where an amount went back as goodwill before, it
/// counts as theirs. Gateways give back first, each what it can; gift cards the rest.
///
/// # Errors
/// Everything that is wrong with the lines, else the first other refusal; `BadInput` for another currency.
pub fn plan(standing: &Standing, request: &RefundRequest) -> Result<RefundPlan, Failure<RefundRefusal>> {
    if request.lines.is_empty() && request.shipping.is_none() && request.amount.is_none() {
        return Err(Failure::refuse(RefundRefusal::Nothing));
    }
    if request.lines.len() > MOST_LINES {
        let why = "A refund names at most 500 lines. Make several of it.";
        return Err(Failure::refuse(RefundRefusal::NotAllowed { why }));
    }
    check_lines(standing, &request.lines)?;
    let now = Portion {
        lines: request.lines.iter().map(|line| (key_of(line.order_line_id), line.quantity)).collect(),
        shipping: Amount(shipping(standing, request.shipping)?),
    };
    let units = refund_for(&standing.quote, &standing.before, &now).map_err(Error::fault)?;
    let left = standing.left();
    let of_units = units.total.0.min(left);
    let beside = match request.amount {
        None => 0,
        Some(amount) => {
            let most = Money::new(left - of_units, standing.currency);
            same_currency(standing, amount, "input.amount.currencyCode")?;
            if amount.minor < 1 || amount.minor > most.minor {
                return Err(Failure::refuse(RefundRefusal::Amount { left: most }));
            }
            amount.minor
        }
    };
    let total = of_units + beside;
    // Units that cost nothing may come back without money; units that cost something must not be given back for nothing.
    if total == 0 && (request.lines.is_empty() || units.total.is_positive()) {
        return Err(Failure::refuse(RefundRefusal::NothingLeft));
    }
    let (by_payment, rest) = payment::divide(total, standing.payments.iter().copied());
    if rest > standing.gift_cards {
        // What the steps of gateways leave over is more than gift cards can take.
        let step = standing.payments.iter().map(|source| source.step).max().unwrap_or(1);
        let over = (rest - standing.gift_cards) % step;
        let money = |minor| Money::new(minor, standing.currency);
        return Err(Failure::refuse(RefundRefusal::Step { step: money(step), more: money(step - over) }));
    }
    let adjustment = total - units.total.0;
    Ok(RefundPlan { units, adjustment, total, by_payment, gift_cards: rest, left })
}

fn same_currency(standing: &Standing, money: Money, argument: &str) -> Result<(), Error> {
    if money.currency == standing.currency {
        return Ok(());
    }
    Err(Error::bad_input(argument, format!("must be the order's currency, {}", standing.currency)))
}

fn shipping(standing: &Standing, asked: Option<RefundShipping>) -> Result<i64, Failure<RefundRefusal>> {
    let left = standing.quote.shipping.0 - standing.before.shipping.0;
    match asked {
        None => Ok(0),
        Some(RefundShipping::Full) => Ok(left),
        Some(RefundShipping::Amount(amount)) => {
            same_currency(standing, amount, "input.shipping.amount.currencyCode")?;
            if amount.minor < 1 || amount.minor > left {
                let left = Money::new(left, standing.currency);
                return Err(Failure::refuse(RefundRefusal::Shipping { left }));
            }
            Ok(amount.minor)
        }
    }
}

/// Units of one line that may still be asked for.
#[derive(Clone, Copy, Debug)]
struct Units {
    /// Whose money did not go back.
    paid: i64,
    /// That were sent and did not come back.
    sent: i64,
    /// That are still to be sent.
    unsent: i64,
}

fn check_lines(standing: &Standing, asked: &[RefundLine]) -> Result<(), Failure<RefundRefusal>> {
    let back = |id: OrderLineId| -> i64 {
        standing.before.lines.iter().filter(|(key, _)| *key == key_of(id)).map(|(_, units)| units).sum()
    };
    let mut left: BTreeMap<OrderLineId, Units> = standing
        .lines
        .iter()
        .map(|line| {
            let returned = standing.returned.get(&line.id).copied().unwrap_or(0);
            let units = Units {
                paid: line.quantity - back(line.id),
                sent: line.fulfilled_quantity - returned,
                unsent: line.unsent(),
            };
            (line.id, units)
        })
        .collect();
    let mut refusals = Vec::new();
    for (index, line) in asked.iter().enumerate() {
        let Some(units) = left.get_mut(&line.order_line_id) else {
            refusals.push(RefundRefusal::UnknownLine { index });
            continue;
        };
        if line.quantity < 1 || line.quantity > units.paid {
            refusals.push(RefundRefusal::Quantity { index, left: units.paid });
            continue;
        }
        units.paid -= line.quantity;
        let (of, sent) = match line.restock {
            RestockType::NoRestock => continue,
            RestockType::Return => (&mut units.sent, true),
            RestockType::Cancel => (&mut units.unsent, false),
        };
        if line.quantity > *of {
            refusals.push(RefundRefusal::Restock { index, sent, left: *of });
        } else {
            *of -= line.quantity;
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(Failure::Refused(refusals)) }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
