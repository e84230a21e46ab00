//! What clients send to check out.

use async_graphql::{ID, InputObject};
use entity::payment::payment::CaptureMethod;

use crate::{
    domain::{checkout::PaymentChoice, shared::Error},
    graphql::{address::MailingAddressInput, idempotency, order::PaymentCaptureMethod, scalars::MoneyInput},
};

/// A cart to be made an order of.
#[derive(Debug, InputObject)]
pub struct CheckoutCompleteInput {
    /// The cart.
    pub cart_id: ID,
    /// The buyer's e-mail address; left out: the cart's, or that of the signed-in customer.
    pub email: Option<String>,
    /// Where to; left out: the selected delivery address of the cart. Needed when something is sent. It decides what delivery and
    /// taxes cost.
    pub shipping_address: Option<MailingAddressInput>,
    /// Who pays; left out: as the shipping address.
    pub billing_address: Option<MailingAddressInput>,
    /// The delivery option for everything that is delivered, by its handle, in place of what the cart chose. Left out: the cart's
    /// choice, or the cheapest where the shop lets that count.
    pub delivery_option_handle: Option<String>,
    /// How to pay; needed when something is left to pay after gift cards.
    pub payment: Option<PaymentInput>,
    /// The total the shopper saw. If it is another now, nothing is ordered and TOTAL_CHANGED comes with the new cart.
    pub expected_total: Option<MoneyInput>,
    /// What the shopper saw as left to pay after gift cards (`cart.cost.checkoutChargeAmount`). If it is another now, nothing is
    /// ordered and TOTAL_CHANGED comes with the new cart. Send it where gift cards pay: what they do not pay, `payment` does.
    pub expected_due: Option<MoneyInput>,
    /// A key of this attempt, 1 to 255 visible ASCII characters: sent again with the same request it gets the first answer,
    /// with another request IDEMPOTENCY_KEY_REUSED. The header `Idempotency-Key` means the same; give both only if they are
    /// equal.
    pub idempotency_key: Option<String>,
}

/// Another attempt to pay an order, or the rest of one that was edited.
#[derive(Debug, InputObject)]
pub struct PaymentRetryInput {
    /// The order.
    pub order_id: ID,
    /// Who pays, when that is to be changed.
    pub billing_address: Option<MailingAddressInput>,
    /// How to pay.
    pub payment: PaymentInput,
    /// A key of this attempt, as with `checkoutComplete`.
    pub idempotency_key: Option<String>,
}

/// How to pay.
#[derive(Debug, InputObject)]
pub struct PaymentInput {
    /// The gateway's name, one of `shop.paymentGateways`: `sandbox`, `stripe`.
    pub gateway: String,
    /// What the front end got from the gateway in place of card data. Stripe's: the id of a payment method (`pm_…`), also one
    /// that the signed-in customer saved. Left out with a gateway that has a payment form, as Stripe: then `clientSecret`
    /// of the payment opens the form, which finishes it. The sandbox's tokens: `sandbox_ok` `sandbox_declined`
    /// `sandbox_challenge` `sandbox_timeout` `sandbox_late` `sandbox_duplicate` `sandbox_wrong_amount` `sandbox_error`.
    pub token: Option<String>,
    /// Where the gateway sends the shopper back to: http or https.
    pub return_url: Option<String>,
    /// Whether the gateway is to remember the way to pay for the signed-in customer. Stripe can, the sandbox cannot; true is
    /// refused with PAYMENT_INPUT_INVALID where it cannot, and for guests.
    pub save: Option<bool>,
    /// When the money is taken; AUTOMATIC when left out. A shop may have settled it for everybody (`CARTWRIGHT_CAPTURE`): then this
    /// changes nothing.
    pub capture_method: Option<PaymentCaptureMethod>,
}

impl From<PaymentInput> for PaymentChoice {
    fn from(input: PaymentInput) -> Self {
        Self {
            gateway: input.gateway,
            token: input.token.filter(|token| !token.is_empty()),
            return_url: input.return_url.filter(|url| !url.is_empty()),
            save: input.save.unwrap_or(false),
            capture_method: input.capture_method.map_or(CaptureMethod::Automatic, Into::into),
        }
    }
}

/// Checks an idempotency key.
///
/// # Errors
/// `BadInput`: empty, longer than 255, or not visible ASCII.
pub fn check_key(key: Option<String>) -> Result<Option<String>, Error> {
    match key {
        Some(key) if !idempotency::fits(&key) => {
            Err(Error::bad_input("input.idempotencyKey", "must be 1 to 255 visible ASCII characters"))
        }
        key => Ok(key),
    }
}
