//! The life of an order: three axes, one exhaustive table. Whatever is not in it is refused.

use entity::order::order::{FinancialStatus as Money, FulfillmentStatus as Parcels, OrderStatus as Status};

/// Where an order stands on its three axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderState {
    /// The order.
    pub status: Status,
    /// Its money.
    pub financial: Money,
    /// Its parcels.
    pub fulfillment: Parcels,
}

impl OrderState {
    /// Where this order stands.
    #[must_use]
    pub fn of(order: &super::Order) -> Self {
        Self { status: order.status, financial: order.financial_status, fulfillment: order.fulfillment_status }
    }
}

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderEvent {
    /// The money was taken.
    Captured,
    /// Part of the money that was held was taken, and the rest of the hold is gone.
    PartlyCaptured,
    /// The hold ended before anything of the money was taken.
    HoldLost,
    /// The money is held.
    Authorized,
    /// Some lines were sent.
    PartlyShipped,
    /// The last line was sent.
    Shipped,
    /// Everything arrived.
    Delivered,
    /// The shopper, staff or an edit of the cart gave it up.
    Canceled,
    /// The time to pay passed.
    Expired,
    /// Part of the money went back.
    PartlyRefunded,
    /// All of it went back.
    Refunded,
    /// An edit made it cost more than was paid.
    BalanceDue,
}

/// The table. `None`: not allowed.
#[must_use]
pub fn next(now: OrderState, event: OrderEvent) -> Option<OrderState> {
    use OrderEvent as E;
    let moved = |status, financial, fulfillment| Some(OrderState { status, financial, fulfillment });
    match (now.status, event) {
        (Status::PendingPayment, E::Captured) => moved(Status::Processing, Money::Paid, now.fulfillment),
        (Status::PendingPayment, E::Authorized) => moved(Status::Processing, Money::Authorized, now.fulfillment),
        (Status::PendingPayment, E::Canceled) => moved(Status::Canceled, Money::Voided, now.fulfillment),
        (Status::PendingPayment, E::Expired) => moved(Status::Canceled, Money::Expired, now.fulfillment),
        (
            Status::PendingPayment,
            E::PartlyCaptured
            | E::HoldLost
            | E::PartlyShipped
            | E::Shipped
            | E::Delivered
            | E::PartlyRefunded
            | E::Refunded
            | E::BalanceDue,
        ) => None,

        // Held money may be taken whenever the shop likes, also when everything arrived.
        (Status::Processing | Status::Completed, E::Captured) => match now.financial {
            Money::Authorized | Money::PartiallyPaid => moved(now.status, Money::Paid, now.fulfillment),
            Money::Pending
            | Money::Paid
            | Money::PartiallyRefunded
            | Money::Refunded
            | Money::Voided
            | Money::Expired => None,
        },
        // Without the hold all of it is still to be paid, of an order that stands because something of it was sent.
        (Status::Processing | Status::Completed, E::PartlyCaptured | E::HoldLost) => match now.financial {
            Money::Authorized => moved(now.status, Money::PartiallyPaid, now.fulfillment),
            Money::Pending
            | Money::Paid
            | Money::PartiallyPaid
            | Money::PartiallyRefunded
            | Money::Refunded
            | Money::Voided
            | Money::Expired => None,
        },
        (Status::Processing, E::Authorized | E::Expired) => None,
        (Status::Processing, E::BalanceDue) => match now.financial {
            Money::Paid | Money::PartiallyPaid => moved(now.status, Money::PartiallyPaid, now.fulfillment),
            Money::Pending
            | Money::Authorized
            | Money::PartiallyRefunded
            | Money::Refunded
            | Money::Voided
            | Money::Expired => None,
        },
        (Status::Processing, E::PartlyShipped) => match now.fulfillment {
            Parcels::Unfulfilled | Parcels::InProgress | Parcels::PartiallyFulfilled => {
                moved(now.status, now.financial, Parcels::PartiallyFulfilled)
            }
            Parcels::Fulfilled | Parcels::OnHold | Parcels::Delivered => None,
        },
        (Status::Processing, E::Shipped) => match now.fulfillment {
            Parcels::Unfulfilled | Parcels::InProgress | Parcels::PartiallyFulfilled => {
                moved(now.status, now.financial, Parcels::Fulfilled)
            }
            Parcels::Fulfilled | Parcels::OnHold | Parcels::Delivered => None,
        },
        (Status::Processing, E::Delivered) => match now.fulfillment {
            Parcels::Fulfilled => moved(Status::Completed, now.financial, Parcels::Delivered),
            Parcels::Unfulfilled
            | Parcels::InProgress
            | Parcels::PartiallyFulfilled
            | Parcels::OnHold
            | Parcels::Delivered => None,
        },
        (Status::Processing, E::Canceled) => match now.fulfillment {
            Parcels::Unfulfilled | Parcels::OnHold => {
                let money = if now.financial == Money::Authorized { Money::Voided } else { now.financial };
                moved(Status::Canceled, money, now.fulfillment)
            }
            Parcels::InProgress | Parcels::PartiallyFulfilled | Parcels::Fulfilled | Parcels::Delivered => None,
        },

        // Money that comes after the time to pay had passed: the order stands if its stock can be held again.
        (Status::Canceled, E::Captured) if now.financial == Money::Expired => {
            moved(Status::Processing, Money::Paid, now.fulfillment)
        }
        (Status::Canceled, E::Authorized) if now.financial == Money::Expired => {
            moved(Status::Processing, Money::Authorized, now.fulfillment)
        }
        (
            Status::Canceled,
            E::Captured
            | E::PartlyCaptured
            | E::HoldLost
            | E::Authorized
            | E::PartlyShipped
            | E::Shipped
            | E::Delivered
            | E::Canceled
            | E::Expired
            | E::BalanceDue,
        ) => None,

        (Status::Processing | Status::Completed | Status::Canceled, E::PartlyRefunded) => match now.financial {
            Money::Paid | Money::PartiallyPaid | Money::PartiallyRefunded => {
                moved(now.status, Money::PartiallyRefunded, now.fulfillment)
            }
            Money::Pending | Money::Authorized | Money::Refunded | Money::Voided | Money::Expired => None,
        },
        (Status::Processing | Status::Completed | Status::Canceled, E::Refunded) => match now.financial {
            Money::Paid | Money::PartiallyPaid | Money::PartiallyRefunded => {
                moved(now.status, Money::Refunded, now.fulfillment)
            }
            Money::Pending | Money::Authorized | Money::Refunded | Money::Voided | Money::Expired => None,
        },

        (
            Status::Completed,
            E::Authorized | E::PartlyShipped | E::Shipped | E::Delivered | E::Canceled | E::Expired | E::BalanceDue,
        ) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        let events = [
            OrderEvent::Captured,
            OrderEvent::PartlyCaptured,
            OrderEvent::HoldLost,
            OrderEvent::Authorized,
            OrderEvent::PartlyShipped,
            OrderEvent::Shipped,
            OrderEvent::Delivered,
            OrderEvent::Canceled,
            OrderEvent::Expired,
            OrderEvent::PartlyRefunded,
            OrderEvent::Refunded,
            OrderEvent::BalanceDue,
        ];
        let first =
            OrderState { status: Status::PendingPayment, financial: Money::Pending, fulfillment: Parcels::Unfulfilled };
        // Every state that can be reached from the first, and what each event makes of it.
        let mut reached = vec![first];
        let mut table = String::new();
        let mut place = 0;
        while let Some(state) = reached.get(place).copied() {
            for event in events {
                if let Some(next) = next(state, event) {
                    table.push_str(&format!(
                        "{:?}/{:?}/{:?} + {event:?} -> {:?}/{:?}/{:?}\n",
                        state.status, state.financial, state.fulfillment, next.status, next.financial, next.fulfillment
                    ));
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
            }
            place += 1;
        }
        insta::assert_snapshot!(table);
    }
}
