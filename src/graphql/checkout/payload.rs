//! What checking out answers.

use async_graphql::{Context, Enum, ID, SimpleObject};
use entity::ids::CartId;

use crate::{
    domain::checkout::CheckoutRefusal,
    graphql::{
        cart::{Cart, CartWarning, ids},
        context::ContextExt,
        order::{Order, Payment},
    },
};

/// Why a checkout or a payment was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CheckoutErrorCode {
    /// There is no such cart, or it was ordered and paid.
    CartNotFound,
    /// The cart is empty.
    CartEmpty,
    /// There is not enough of a line; `target` is its id.
    InsufficientStock,
    /// A line is not sold any more; `target` is its id.
    MerchandiseNotAvailable,
    /// The total is not the expected one; `cart` has the new one.
    TotalChanged,
    /// A discount of the cart was used as often as it may be; the message names it. Take it out of the cart, or for one
    /// that applies by itself complete again: `cart` has the new total.
    DiscountUsedUp,
    /// An e-mail address is needed.
    EmailRequired,
    /// The e-mail address is none.
    EmailInvalid,
    /// A shipping address is needed.
    AddressRequired,
    /// A field of an address is needed.
    AddressFieldIsRequired,
    /// A field of an address is too long.
    AddressFieldIsTooLong,
    /// A field of an address holds HTML.
    AddressFieldContainsHtmlTags,
    /// A field of an address holds a web address.
    AddressFieldContainsUrl,
    /// A field of an address does not have the expected form.
    AddressFieldDoesNotMatchExpectedPattern,
    /// The postal code is none of the country; the message has an example.
    InvalidZipCodeForCountry,
    /// The postal code is none of the province.
    InvalidZipCodeForProvince,
    /// The country has no such province. `addressValidationRules` lists those that it has.
    ProvinceNotFound,
    /// A text holds what looks like a payment card number.
    CardNumberRefused,
    /// The delivery option does not exist, or not for this address, weight, price or currency.
    DeliveryOptionInvalid,
    /// A delivery option has to be chosen.
    DeliveryOptionRequired,
    /// Nothing is delivered to the address.
    DeliveryNotAvailable,
    /// No delivery rate fits the address, the weight and the price.
    DeliveryRateNotAvailable,
    /// The shop does not sell to the country of the shipping address.
    CountryNotServed,
    /// There is no such gateway.
    PaymentGatewayUnknown,
    /// The token or return URL is missing or not acceptable.
    PaymentInputInvalid,
    /// The gateway takes no such amount of this currency: the message says in which steps it takes it, or the least that it takes.
    /// Nothing was charged.
    PaymentAmountNotSupported,
    /// The payment failed. The order waits for `paymentRetry`.
    PaymentDeclined,
    /// The order does not wait for a payment.
    OrderNotPayable,
    /// The order's customer saved no such way to pay.
    PaymentMethodNotFound,
    /// The amount to be taken is nothing, more than is held and owed, or none that the gateway can take.
    AmountInvalid,
    /// An attempt to pay is under way.
    PaymentInProgress,
    /// The order's state does not allow it.
    NotAllowed,
}

/// A refused checkout or payment.
#[derive(Debug, SimpleObject)]
pub struct CheckoutUserError {
    /// The path of the input field it is about.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, for people.
    message: String,
    /// What is wrong, for programs.
    code: Option<CheckoutErrorCode>,
    /// The id of the cart line it is about; null when it is about no line.
    target: Option<ID>,
}

impl CheckoutUserError {
    /// A refusal in the words of the API. `cart` is the cart whose lines it may be about.
    pub fn of(ctx: &Context<'_>, cart: Option<CartId>, refusal: &CheckoutRefusal) -> Self {
        // The names of the domain's codes are those of the enum, so there is one list of them.
        let code = async_graphql::resolver_utils::parse_enum(async_graphql::Value::from(async_graphql::Name::new(
            refusal.code(),
        )));
        Self {
            field: Some(refusal.field()),
            message: refusal.to_string(),
            code: code.ok(),
            target: cart
                .zip(refusal.line())
                .map(|(cart, line)| ids::encode_line(&ctx.app().capability_keys, cart, line)),
        }
    }
}

macro_rules! checkout_payload {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Default, SimpleObject)]
        pub struct $name {
            /// The order; also there when its payment was declined. Null when nothing was ordered.
            pub order: Option<Order>,
            /// The attempt to pay it; null when nothing is owed, or nothing was ordered.
            pub payment: Option<Payment>,
            /// The token that opens a guest's order: keep it, and send it as `X-Order-Access-Token`. Null when the order
            /// belongs to the signed-in customer.
            pub order_access_token: Option<String>,
            /// The cart as it is now, when it is still there: the new quote after TOTAL_CHANGED, with the address and the
            /// delivery option of the checkout.
            pub cart: Option<Cart>,
            /// Why it was refused.
            pub user_errors: Vec<CheckoutUserError>,
            /// What was adjusted.
            pub warnings: Vec<CartWarning>,
        }
    )+};
}

checkout_payload!(
    /// What completing a checkout answers.
    CheckoutCompletePayload,
    /// What trying a payment again answers.
    PaymentRetryPayload,
);
