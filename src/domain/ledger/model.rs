//! What can be posted: facts whose moves balance because each debits one account by what it credits another.

use std::collections::BTreeMap;

use entity::{
    ids::{OrderId, PaymentId, RefundId},
    ledger::{ledger_entry::LedgerAccount as Account, ledger_transaction::LedgerKind as Kind},
    money::{Currency, Money},
};
use uuid::Uuid;

/// An amount that one account is debited and another credited, above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Move {
    debit: Account,
    credit: Account,
    minor: i64,
}

/// A fact to post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub(super) order_id: OrderId,
    pub(super) payment_id: Option<PaymentId>,
    pub(super) refund_id: Option<RefundId>,
    pub(super) kind: Kind,
    pub(super) source: String,
    pub(super) currency: Currency,
    moves: Vec<Move>,
}

/// Which payment a fact is about.
#[derive(Clone, Copy, Debug)]
pub struct OfPayment {
    /// Its order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
    /// The currency of its amounts.
    pub currency: Currency,
}

/// Which refund a fact is about.
#[derive(Clone, Copy, Debug)]
pub struct OfRefund {
    /// The payment that it gives back of.
    pub payment: OfPayment,
    /// The refund.
    pub refund_id: RefundId,
    /// Minor units.
    pub minor: i64,
}

impl Posting {
    /// An order was placed: this is owed for it.
    #[must_use]
    pub fn sale(order_id: OrderId, total: Money) -> Self {
        let source = format!("sale/{}", order_id.0.simple());
        Self::of_order(Kind::Sale, order_id, total.currency, source).moved(
            Account::Receivable,
            Account::Sales,
            total.minor,
        )
    }

    /// What is owed for a placed order became more (above zero) or less. `fact` makes it unique: the refund or the edit that
    /// changed it.
    #[must_use]
    pub fn sale_changed(order_id: OrderId, change: Money, fact: Uuid) -> Self {
        let source = format!("sale-changed/{}", fact.simple());
        let posting = Self::of_order(Kind::SaleChanged, order_id, change.currency, source);
        if change.minor < 0 {
            posting.moved(Account::Sales, Account::Receivable, change.minor.saturating_neg())
        } else {
            posting.moved(Account::Receivable, Account::Sales, change.minor)
        }
    }

    /// A placed order was canceled: this, what was owed until now, is not owed any more.
    #[must_use]
    pub fn sale_canceled(order_id: OrderId, owed: Money) -> Self {
        let source = format!("sale-canceled/{}", order_id.0.simple());
        let posting = Self::of_order(Kind::SaleCanceled, order_id, owed.currency, source);
        posting.moved(Account::Sales, Account::Receivable, owed.minor)
    }

    /// A gateway holds `minor` more; `upto`: all that it ever held of this payment.
    #[must_use]
    pub fn authorization(of: OfPayment, minor: i64, upto: i64) -> Self {
        let posting = Self::of_payment(Kind::Authorization, of, "authorized", upto);
        posting.moved(Account::Authorized, Account::Holds, minor)
    }

    /// A gateway took `minor` more, `held` of it from its hold; `upto`: all that it ever took of this payment.
    #[must_use]
    pub fn capture(of: OfPayment, minor: i64, held: i64, upto: i64) -> Self {
        let posting = Self::of_payment(Kind::Capture, of, "captured", upto);
        posting.moved(Account::Gateway, Account::Receivable, minor).moved(Account::Holds, Account::Authorized, held)
    }

    /// A gateway gave up `minor` of what it held; `upto`: all that it ever held of this payment.
    #[must_use]
    pub fn release(of: OfPayment, minor: i64, upto: i64) -> Self {
        let posting = Self::of_payment(Kind::Release, of, "released", upto);
        posting.moved(Account::Holds, Account::Authorized, minor)
    }

    /// A gateway gave back `minor` that it was not asked to; `upto`: all that it ever gave back of this payment.
    #[must_use]
    pub fn refund_at_gateway(of: OfPayment, minor: i64, upto: i64) -> Self {
        let posting = Self::of_payment(Kind::RefundAtGateway, of, "refunded", upto);
        posting.moved(Account::Receivable, Account::Gateway, minor)
    }

    /// It was decided that money goes back.
    #[must_use]
    pub fn refund_decided(of: OfRefund) -> Self {
        let posting = Self::of_refund(Kind::RefundDecided, of, "refund-decided");
        posting.moved(Account::Receivable, Account::RefundPayable, of.minor)
    }

    /// A gateway gave it back.
    #[must_use]
    pub fn refund_sent(of: OfRefund) -> Self {
        let posting = Self::of_refund(Kind::RefundSent, of, "refund-sent");
        posting.moved(Account::RefundPayable, Account::Gateway, of.minor)
    }

    /// A refund that its gateway refused is not to be sent any more: its money stays, and may be decided about anew.
    #[must_use]
    pub fn refund_closed(of: OfRefund) -> Self {
        let posting = Self::of_refund(Kind::RefundClosed, of, "refund-closed");
        posting.moved(Account::RefundPayable, Account::Receivable, of.minor)
    }

    /// A gift card paid a part of an order. `fact` makes it unique: the card's own entry.
    #[must_use]
    pub fn gift_card_payment(order_id: OrderId, paid: Money, fact: Uuid) -> Self {
        let source = format!("gift-card-payment/{}", fact.simple());
        let posting = Self::of_order(Kind::GiftCardPayment, order_id, paid.currency, source);
        posting.moved(Account::GiftCards, Account::Receivable, paid.minor)
    }

    /// Money went back to a gift card. `fact` makes it unique: the card's own entry.
    #[must_use]
    pub fn gift_card_refund(order_id: OrderId, back: Money, fact: Uuid) -> Self {
        let source = format!("gift-card-refund/{}", fact.simple());
        let posting = Self::of_order(Kind::GiftCardRefund, order_id, back.currency, source);
        posting.moved(Account::Receivable, Account::GiftCards, back.minor)
    }

    fn of_order(kind: Kind, order_id: OrderId, currency: Currency, source: String) -> Self {
        Self { order_id, payment_id: None, refund_id: None, kind, source, currency, moves: Vec::new() }
    }

    fn of_payment(kind: Kind, of: OfPayment, what: &str, upto: i64) -> Self {
        let source = format!("{what}/{}/{upto}", of.payment_id.0.simple());
        Self { payment_id: Some(of.payment_id), ..Self::of_order(kind, of.order_id, of.currency, source) }
    }

    fn of_refund(kind: Kind, of: OfRefund, what: &str) -> Self {
        let (paid, source) = (of.payment, format!("{what}/{}", of.refund_id.0.simple()));
        let posting = Self::of_order(kind, paid.order_id, paid.currency, source);
        Self { payment_id: Some(paid.payment_id), refund_id: Some(of.refund_id), ..posting }
    }

    /// Moves an amount; nothing is moved by zero or less.
    fn moved(mut self, debit: Account, credit: Account, minor: i64) -> Self {
        if minor > 0 {
            self.moves.push(Move { debit, credit, minor });
        }
        self
    }

    /// The entries: debits above zero, credits below.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Account, i64)> + '_ {
        self.moves.iter().flat_map(|one| [(one.debit, one.minor), (one.credit, one.minor.saturating_neg())])
    }
}

/// What the ledger says of one payment, in minor units of its currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What its gateway ever held.
    pub authorized: i64,
    /// What it holds now.
    pub held: i64,
    /// What it took.
    pub captured: i64,
    /// What it gave back.
    pub refunded: i64,
}

impl Sums {
    /// With one more entry.
    pub(super) fn add(&mut self, account: Account, minor: i64) {
        let add = |sum: &mut i64, minor: i64| *sum = sum.saturating_add(minor);
        match account {
            Account::Authorized => {
                add(&mut self.held, minor);
                add(&mut self.authorized, minor.max(0));
            }
            Account::Gateway => {
                add(&mut self.captured, minor.max(0));
                add(&mut self.refunded, minor.min(0).saturating_neg());
            }
            Account::Receivable | Account::Sales | Account::RefundPayable | Account::GiftCards | Account::Holds => {}
        }
    }
}

/// The balance of each account and currency that has entries, in the order of the chart.
pub fn balances(entries: impl IntoIterator<Item = (Account, Money)>) -> Vec<(Account, Money)> {
    let mut sums: BTreeMap<(Account, Currency), i64> = BTreeMap::new();
    for (account, money) in entries {
        let sum = sums.entry((account, money.currency)).or_default();
        *sum = sum.saturating_add(money.minor);
    }
    sums.into_iter().map(|((account, currency), minor)| (account, Money::new(minor, currency))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment() -> OfPayment {
        OfPayment {
            order_id: OrderId(Uuid::from_u128(1)),
            payment_id: PaymentId(Uuid::from_u128(2)),
            currency: Currency::USD,
        }
    }

    #[test]
    fn every_fact_balances_and_zero_moves_nothing() {
        let (order, usd) = (OrderId(Uuid::from_u128(1)), |minor| Money::new(minor, Currency::USD));
        let refund = OfRefund { payment: payment(), refund_id: RefundId(Uuid::from_u128(3)), minor: 20 };
        let postings = [
            Posting::sale(order, usd(100)),
            Posting::sale_changed(order, usd(-20), Uuid::from_u128(4)),
            Posting::sale_changed(order, usd(20), Uuid::from_u128(4)),
            Posting::sale_canceled(order, usd(80)),
            Posting::authorization(payment(), 100, 100),
            Posting::capture(payment(), 90, 90, 90),
            Posting::release(payment(), 10, 100),
            Posting::refund_decided(refund),
            Posting::refund_sent(refund),
            Posting::refund_closed(refund),
            Posting::refund_at_gateway(payment(), 5, 25),
            Posting::gift_card_payment(order, usd(10), Uuid::from_u128(5)),
            Posting::gift_card_refund(order, usd(10), Uuid::from_u128(6)),
        ];
        for posting in &postings {
            assert_eq!(posting.entries().map(|(_, minor)| minor).sum::<i64>(), 0, "{posting:?}");
            assert!(posting.entries().count() >= 2, "{posting:?}");
        }
        assert_eq!(Posting::sale(order, usd(0)).entries().count(), 0);
        assert_eq!(Posting::capture(payment(), 90, 0, 90).entries().count(), 2, "taken without a hold");
        let mut sums = Sums::default();
        postings.iter().flat_map(Posting::entries).for_each(|(account, minor)| sums.add(account, minor));
        assert_eq!(sums, Sums { authorized: 100, held: 0, captured: 90, refunded: 25 });
    }

    #[test]
    fn balances_are_sums_by_account_and_currency() {
        let entry =
            |account, minor, currency: &str| (account, Money::new(minor, currency.parse().expect("a currency")));
        let entries = [
            entry(Account::Sales, -5, "USD"),
            entry(Account::Receivable, 5, "USD"),
            entry(Account::Sales, -7, "EUR"),
            entry(Account::Sales, 2, "USD"),
        ];
        let sums =
            [entry(Account::Receivable, 5, "USD"), entry(Account::Sales, -7, "EUR"), entry(Account::Sales, -3, "USD")];
        assert_eq!(balances(entries), sums);
    }
}
