//! What a gateway's word makes of a payment: one exhaustive table.

use entity::payment::payment::PaymentStatus;

use super::GatewayStatus;

/// What to do with a payment whose gateway state was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing changed.
    Stay,
    /// Nothing changed, unless somebody had the gateway give money back.
    Compare,
    /// The money is held or taken: place the order, if amount and currency are right.
    Accept(PaymentStatus),
    /// The shopper has to do something.
    AskShopper,
    /// It failed.
    Fail,
    /// It was given up.
    Void,
    /// Money came although the attempt had been given up here: place the order if that is still possible, else give it back.
    AcceptLate(PaymentStatus),
    /// Held money was taken.
    Capture,
}

/// The table. `now` is what we have recorded, `gateway` what the gateway says.
#[must_use]
pub fn step(now: PaymentStatus, gateway: GatewayStatus) -> Step {
    use GatewayStatus as G;
    use PaymentStatus as P;
    match (now, gateway) {
        (P::Pending | P::RequiresAction, G::Authorized) => Step::Accept(P::Authorized),
        (P::Pending | P::RequiresAction, G::Captured) => Step::Accept(P::Captured),
        (P::Pending, G::RequiresAction) => Step::AskShopper,
        (P::Pending | P::RequiresAction, G::Failed) => Step::Fail,
        (P::Pending | P::RequiresAction, G::Voided) => Step::Void,
        // A shopper who did what was asked: the gateway is working on it.
        (P::Pending | P::RequiresAction, G::Processing) | (P::RequiresAction, G::RequiresAction) => Step::Stay,
        (P::Authorized, G::Captured) => Step::Capture,
        (P::Authorized, G::Voided) => Step::Void,
        // Messages come late and in any order: what is older than what we know changes nothing.
        (P::Authorized, G::Authorized | G::Processing | G::RequiresAction | G::Failed) => Step::Stay,
        (P::Captured, G::Captured) => Step::Compare,
        (P::Captured, G::Processing | G::RequiresAction | G::Authorized | G::Failed | G::Voided) => Step::Stay,
        (P::Refunded, G::Processing | G::RequiresAction | G::Authorized | G::Captured | G::Failed | G::Voided) => {
            Step::Stay
        }
        (P::Failed | P::Voided, G::Authorized) => Step::AcceptLate(P::Authorized),
        (P::Failed | P::Voided, G::Captured) => Step::AcceptLate(P::Captured),
        (P::Failed | P::Voided, G::Processing | G::RequiresAction | G::Failed | G::Voided) => Step::Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        use PaymentStatus as P;
        let states = [P::Pending, P::RequiresAction, P::Authorized, P::Captured, P::Failed, P::Voided, P::Refunded];
        let words = [
            GatewayStatus::Processing,
            GatewayStatus::RequiresAction,
            GatewayStatus::Authorized,
            GatewayStatus::Captured,
            GatewayStatus::Failed,
            GatewayStatus::Voided,
        ];
        let mut table = String::new();
        for state in states {
            for word in words {
                table.push_str(&format!("{state:?} + {word:?} -> {:?}\n", step(state, word)));
            }
        }
        insta::assert_snapshot!(table);
    }
}
