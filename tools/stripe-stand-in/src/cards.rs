//! The public test cards and payment-method ids of docs.stripe.com/testing, and what each does.

/// What a card does when it is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conduct {
    /// Pays.
    Pays,
    /// Declines: the error's code, and the issuer's reason.
    Declines(&'static str, &'static str),
    /// Can be saved, and declines when it is charged.
    DeclinesOnceSaved,
    /// Asks for authentication every time.
    Authenticates,
    /// Asks for authentication unless it was saved with one.
    AuthenticatesUnlessSaved,
    /// Asks for authentication, then declines.
    AuthenticatesThenDeclines,
    /// Pays; its refunds stay pending for a while.
    RefundsLate,
    /// Pays; its refunds fail after they seemed to succeed.
    RefundsFail,
}

/// A card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// The public payment-method id.
    pub id: &'static str,
    /// The number on it.
    pub number: &'static str,
    /// The brand.
    pub brand: &'static str,
    /// What it does.
    pub conduct: Conduct,
}

impl Card {
    /// The last four digits.
    pub fn last4(&self) -> &'static str {
        self.number.get(self.number.len() - 4..).unwrap_or("4242")
    }
}

const fn card(id: &'static str, number: &'static str, brand: &'static str, conduct: Conduct) -> Card {
    Card { id, number, brand, conduct }
}

const DECLINED: &str = "card_declined";

/// Every card that is known here.
pub const CARDS: [Card; 22] = [
    card("pm_card_visa", "4242424242424242", "visa", Conduct::Pays),
    card("pm_card_visa_debit", "4000056655665556", "visa", Conduct::Pays),
    card("pm_card_mastercard", "5555555555554444", "mastercard", Conduct::Pays),
    card("pm_card_amex", "378282246310005", "amex", Conduct::Pays),
    card("pm_card_discover", "6011111111111117", "discover", Conduct::Pays),
    card("pm_card_chargeDeclined", "4000000000000002", "visa", Conduct::Declines(DECLINED, "generic_decline")),
    card(
        "pm_card_visa_chargeDeclinedInsufficientFunds",
        "4000000000009995",
        "visa",
        Conduct::Declines(DECLINED, "insufficient_funds"),
    ),
    card(
        "pm_card_chargeDeclinedInsufficientFunds",
        "4000000000009995",
        "visa",
        Conduct::Declines(DECLINED, "insufficient_funds"),
    ),
    card("pm_card_visa_chargeDeclinedLostCard", "4000000000009987", "visa", Conduct::Declines(DECLINED, "lost_card")),
    card(
        "pm_card_visa_chargeDeclinedStolenCard",
        "4000000000009979",
        "visa",
        Conduct::Declines(DECLINED, "stolen_card"),
    ),
    card("pm_card_chargeDeclinedFraudulent", "4100000000000019", "visa", Conduct::Declines(DECLINED, "fraudulent")),
    card(
        "pm_card_chargeDeclinedExpiredCard",
        "4000000000000069",
        "visa",
        Conduct::Declines("expired_card", "expired_card"),
    ),
    card(
        "pm_card_chargeDeclinedIncorrectCvc",
        "4000000000000127",
        "visa",
        Conduct::Declines("incorrect_cvc", "incorrect_cvc"),
    ),
    card(
        "pm_card_chargeDeclinedProcessingError",
        "4000000000000119",
        "visa",
        Conduct::Declines("processing_error", "processing_error"),
    ),
    card("pm_card_chargeCustomerFail", "4000000000000341", "visa", Conduct::DeclinesOnceSaved),
    card("pm_card_authenticationRequired", "4000002760003184", "visa", Conduct::Authenticates),
    card("pm_card_threeDSecure2Required", "4000000000003220", "visa", Conduct::Authenticates),
    card("pm_card_threeDSecureRequired", "4000000000003063", "visa", Conduct::Authenticates),
    card("pm_card_authenticationRequiredOnSetup", "4000002500003155", "visa", Conduct::AuthenticatesUnlessSaved),
    card("pm_card_threeDSecureRequiredChargeDeclined", "4000008400001629", "visa", Conduct::AuthenticatesThenDeclines),
    card("pm_card_pendingRefund", "4000000000007726", "visa", Conduct::RefundsLate),
    card("pm_card_refundFail", "4000000000005126", "visa", Conduct::RefundsFail),
];

/// The card of a public payment-method id.
pub fn by_id(id: &str) -> Option<Card> {
    CARDS.into_iter().find(|card| card.id == id)
}

/// The card of a number, blanks allowed.
pub fn by_number(number: &str) -> Option<Card> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    CARDS.into_iter().find(|card| card.number == digits)
}
