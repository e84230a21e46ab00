//! Why a checkout was refused. Nothing was charged, unless a variant says so.

use std::fmt;

use entity::{ids::CartLineId, money::Money};
use pricing::DeliveryProblem;

use crate::domain::shared::address::AddressProblem;

/// Which address of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// Where to.
    Shipping,
    /// Who pays.
    Billing,
}

/// A refusal the client can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutRefusal {
    /// There is no such cart, or its id lacks the right code.
    CartNotFound,
    /// Nothing to buy.
    CartEmpty,
    /// There is not enough of a line.
    InsufficientStock {
        /// The line.
        line: CartLineId,
        /// What it is.
        title: String,
        /// Units that are left.
        available: Option<i64>,
    },
    /// A line is not sold any more.
    NotAvailable {
        /// The line, while its variant exists.
        line: Option<CartLineId>,
        /// What it is.
        title: String,
    },
    /// The total is not the one the client expected.
    TotalChanged {
        /// The total now.
        total: Money,
    },
    /// What is left to pay after gift cards is not what the client expected.
    DueChanged {
        /// What is left to pay now.
        due: Money,
    },
    /// A gift card of the cart was used while the cart was being completed.
    GiftCardChanged,
    /// A discount was used as often as it may be before the order could be made.
    DiscountUsedUp {
        /// `code SUMMER`, or the title of one that applied by itself.
        name: String,
        /// Whether it was this customer who used it.
        by_customer: bool,
    },
    /// No e-mail address was given.
    EmailRequired,
    /// The e-mail address is none.
    EmailInvalid,
    /// Something has to be shipped and there is no address.
    AddressRequired,
    /// A field of an address is wrong.
    Address {
        /// Which address.
        address: AddressKind,
        /// Which field.
        field: &'static str,
        /// What is wrong.
        problem: AddressProblem,
    },
    /// A delivery option was given where there is none to choose.
    DeliveryOption,
    /// What the quote says against the delivery.
    Delivery {
        /// What.
        problem: DeliveryProblem,
        /// The handles that may be chosen.
        options: Vec<String>,
    },
    /// The shop does not sell to the country of the address.
    CountryNotServed {
        /// Its name.
        country: String,
        /// The names of some that it sells to.
        served: String,
    },
    /// There is no gateway of this name.
    UnknownGateway {
        /// The names there are.
        known: String,
    },
    /// The payment's token or return URL is missing, too long or holds what must not be sent.
    PaymentInput {
        /// Which field.
        field: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// The gateway takes no such amount of this currency.
    PaymentStep {
        /// What is to be paid.
        amount: Money,
        /// Its amounts are divisible by this.
        step: Money,
    },
    /// The gateway takes no amount as small as this.
    PaymentLeast {
        /// What is to be paid.
        amount: Money,
        /// The least that it takes.
        least: Money,
    },
    /// The gateway declined. The order waits for another attempt.
    Declined {
        /// Words for the shopper.
        message: String,
    },
    /// The order does not wait for a payment (any more).
    NotPayable {
        /// Why.
        why: &'static str,
    },
    /// There is no way to pay that the order's customer saved.
    NoSavedMethod {
        /// Why.
        why: &'static str,
    },
    /// The amount to be taken is not from one minor unit to what is held and owed.
    CaptureAmount {
        /// The most that can be taken.
        most: Money,
    },
    /// The gateway that holds the money takes no such amount of this currency.
    CaptureStep {
        /// Its amounts are divisible by this.
        step: Money,
    },
    /// Somebody else captured another amount at the same time; the rest of the hold is gone.
    CapturedOtherwise {
        /// What was taken.
        taken: Money,
    },
    /// An attempt to pay is still under way.
    PaymentInProgress,
    /// The order's state does not allow to cancel or capture it.
    NotAllowed {
        /// Why.
        why: &'static str,
    },
}

impl CheckoutRefusal {
    /// The code in the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::CartNotFound => "CART_NOT_FOUND",
            Self::CartEmpty => "CART_EMPTY",
            Self::InsufficientStock { .. } => "INSUFFICIENT_STOCK",
            Self::NotAvailable { .. } => "MERCHANDISE_NOT_AVAILABLE",
            Self::TotalChanged { .. } | Self::DueChanged { .. } | Self::GiftCardChanged => "TOTAL_CHANGED",
            Self::DiscountUsedUp { .. } => "DISCOUNT_USED_UP",
            Self::EmailRequired => "EMAIL_REQUIRED",
            Self::EmailInvalid => "EMAIL_INVALID",
            Self::AddressRequired => "ADDRESS_REQUIRED",
            Self::Address { problem, .. } => match problem {
                AddressProblem::Required => "ADDRESS_FIELD_IS_REQUIRED",
                AddressProblem::TooLong => "ADDRESS_FIELD_IS_TOO_LONG",
                AddressProblem::HtmlTags => "ADDRESS_FIELD_CONTAINS_HTML_TAGS",
                AddressProblem::Url => "ADDRESS_FIELD_CONTAINS_URL",
                AddressProblem::Pattern => "ADDRESS_FIELD_DOES_NOT_MATCH_EXPECTED_PATTERN",
                AddressProblem::CardNumber => "CARD_NUMBER_REFUSED",
                AddressProblem::ZipForCountry { .. } => "INVALID_ZIP_CODE_FOR_COUNTRY",
                AddressProblem::ZipForProvince { .. } => "INVALID_ZIP_CODE_FOR_PROVINCE",
                AddressProblem::ProvinceNotFound { .. } => "PROVINCE_NOT_FOUND",
            },
            Self::DeliveryOption => "DELIVERY_OPTION_INVALID",
            Self::Delivery { problem, .. } => match problem {
                DeliveryProblem::AddressMissing => "ADDRESS_REQUIRED",
                DeliveryProblem::NotDelivered => "DELIVERY_NOT_AVAILABLE",
                DeliveryProblem::NoRate => "DELIVERY_RATE_NOT_AVAILABLE",
                DeliveryProblem::NotChosen => "DELIVERY_OPTION_REQUIRED",
                DeliveryProblem::ChosenUnknown(_)
                | DeliveryProblem::ChosenNotInZone(_)
                | DeliveryProblem::ChosenNotForWeight(_)
                | DeliveryProblem::ChosenNotForPrice(_)
                | DeliveryProblem::ChosenNotInCurrency(_) => "DELIVERY_OPTION_INVALID",
            },
            Self::CountryNotServed { .. } => "COUNTRY_NOT_SERVED",
            Self::UnknownGateway { .. } => "PAYMENT_GATEWAY_UNKNOWN",
            Self::PaymentInput { .. } => "PAYMENT_INPUT_INVALID",
            Self::PaymentStep { .. } | Self::PaymentLeast { .. } => "PAYMENT_AMOUNT_NOT_SUPPORTED",
            Self::Declined { .. } => "PAYMENT_DECLINED",
            Self::NotPayable { .. } => "ORDER_NOT_PAYABLE",
            Self::NoSavedMethod { .. } => "PAYMENT_METHOD_NOT_FOUND",
            Self::CaptureAmount { .. } | Self::CaptureStep { .. } => "AMOUNT_INVALID",
            Self::PaymentInProgress => "PAYMENT_IN_PROGRESS",
            Self::NotAllowed { .. } | Self::CapturedOtherwise { .. } => "NOT_ALLOWED",
        }
    }

    /// The path of the input field.
    #[must_use]
    pub fn field(&self) -> Vec<String> {
        let path: Vec<&str> = match self {
            Self::CartNotFound
            | Self::CartEmpty
            | Self::InsufficientStock { .. }
            | Self::NotAvailable { .. }
            | Self::GiftCardChanged => {
                vec!["input", "cartId"]
            }
            Self::TotalChanged { .. } => vec!["input", "expectedTotal"],
            Self::DueChanged { .. } => vec!["input", "expectedDue"],
            Self::DiscountUsedUp { .. } => vec!["input", "cartId", "discountCodes"],
            Self::EmailRequired | Self::EmailInvalid => vec!["input", "email"],
            Self::AddressRequired => vec!["input", "shippingAddress"],
            Self::Address { address: AddressKind::Shipping, field, .. } => vec!["input", "shippingAddress", field],
            Self::Address { address: AddressKind::Billing, field, .. } => vec!["input", "billingAddress", field],
            Self::Delivery {
                problem: DeliveryProblem::AddressMissing | DeliveryProblem::NotDelivered | DeliveryProblem::NoRate,
                ..
            } => vec!["input", "shippingAddress"],
            Self::CountryNotServed { .. } => vec!["input", "shippingAddress", "countryCode"],
            Self::DeliveryOption | Self::Delivery { .. } => vec!["input", "deliveryOptionHandle"],
            Self::UnknownGateway { .. } | Self::PaymentStep { .. } | Self::PaymentLeast { .. } => {
                vec!["input", "payment", "gateway"]
            }
            Self::PaymentInput { field, .. } => vec!["input", "payment", field],
            Self::Declined { .. } => vec!["input", "payment"],
            Self::NoSavedMethod { .. } => vec!["input", "paymentMethodId"],
            Self::CaptureAmount { .. } | Self::CaptureStep { .. } | Self::CapturedOtherwise { .. } => {
                vec!["input", "amount"]
            }
            Self::NotPayable { .. } | Self::PaymentInProgress | Self::NotAllowed { .. } => vec!["input", "orderId"],
        };
        path.into_iter().map(str::to_owned).collect()
    }

    /// The cart line it is about.
    #[must_use]
    pub fn line(&self) -> Option<CartLineId> {
        match self {
            Self::InsufficientStock { line, .. } => Some(*line),
            Self::NotAvailable { line, .. } => *line,
            Self::CartNotFound
            | Self::CartEmpty
            | Self::TotalChanged { .. }
            | Self::DueChanged { .. }
            | Self::GiftCardChanged
            | Self::DiscountUsedUp { .. }
            | Self::EmailRequired
            | Self::EmailInvalid
            | Self::AddressRequired
            | Self::Address { .. }
            | Self::DeliveryOption
            | Self::Delivery { .. }
            | Self::CountryNotServed { .. }
            | Self::UnknownGateway { .. }
            | Self::PaymentInput { .. }
            | Self::PaymentStep { .. }
            | Self::PaymentLeast { .. }
            | Self::Declined { .. }
            | Self::NotPayable { .. }
            | Self::NoSavedMethod { .. }
            | Self::CaptureAmount { .. }
            | Self::CaptureStep { .. }
            | Self::CapturedOtherwise { .. }
            | Self::PaymentInProgress
            | Self::NotAllowed { .. } => None,
        }
    }
}

impl fmt::Display for CheckoutRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CartNotFound => write!(f, "The cart does not exist. Make a new one with cartCreate."),
            Self::CartEmpty => write!(f, "The cart is empty. Add something first."),
            Self::InsufficientStock { title, available: Some(0), .. } => {
                write!(f, "{title} is sold out. Remove it from the cart.")
            }
            Self::InsufficientStock { title, available: Some(left), .. } => {
                write!(f, "Only {left} of {title} left. Lower the quantity.")
            }
            Self::InsufficientStock { title, available: None, .. } => {
                write!(f, "There is not enough of {title}. Lower the quantity.")
            }
            Self::NotAvailable { title, .. } => write!(f, "{title} is not sold any more. Remove it from the cart."),
            Self::TotalChanged { total } => {
                write!(f, "The total is now {}. Show it and complete again.", total.in_words())
            }
            Self::DueChanged { due } => {
                write!(f, "What is left to pay after gift cards is now {}. Show it and complete again.", due.in_words())
            }
            Self::GiftCardChanged => {
                write!(f, "A gift card pays less than before. Show what is left to pay and complete again.")
            }
            Self::DiscountUsedUp { name, by_customer: false } => {
                write!(
                    f,
                    "The discount {name} is used up. Take it out of the cart, look at the total and complete again."
                )
            }
            Self::DiscountUsedUp { name, by_customer: true } => write!(
                f,
                "You used the discount {name} as often as one may. Take it out of the cart, look at the total and complete \
                 again."
            ),
            Self::EmailRequired => write!(f, "An e-mail address is needed for the order."),
            Self::EmailInvalid => write!(f, "This is no e-mail address."),
            Self::AddressRequired => write!(f, "A shipping address is needed."),
            Self::Address { field, problem, .. } => match problem {
                AddressProblem::Required => write!(f, "{field} is needed."),
                AddressProblem::TooLong => write!(f, "{field} is too long (255 characters at most)."),
                AddressProblem::HtmlTags => write!(f, "{field} must not contain < or >."),
                AddressProblem::Url => write!(f, "{field} must not contain a web address."),
                AddressProblem::Pattern => write!(f, "{field} does not have the expected form."),
                AddressProblem::CardNumber => write!(f, "{field} holds what looks like a card number. Remove it."),
                AddressProblem::ZipForCountry { .. }
                | AddressProblem::ZipForProvince { .. }
                | AddressProblem::ProvinceNotFound { .. } => write!(f, "{field} {}.", problem.in_words()),
            },
            Self::DeliveryOption => {
                write!(f, "There is no delivery option to choose for this cart. Leave deliveryOptionHandle out.")
            }
            Self::Delivery { problem, options } => {
                let options = options.join(", ");
                let instead = |f: &mut fmt::Formatter<'_>| match options.is_empty() {
                    true => write!(f, " Choose another address."),
                    false => write!(f, " Choose one of: {options}."),
                };
                match problem {
                    DeliveryProblem::AddressMissing => return write!(f, "A shipping address is needed."),
                    DeliveryProblem::NotDelivered => write!(f, "Nothing is delivered to this address.")?,
                    DeliveryProblem::NoRate => {
                        write!(f, "There is no way of delivery for this address, weight, price and currency.")?;
                    }
                    DeliveryProblem::NotChosen => write!(f, "A delivery option is needed.")?,
                    DeliveryProblem::ChosenUnknown(handle) => write!(f, "{handle} is no delivery option (any more).")?,
                    DeliveryProblem::ChosenNotInZone(handle) => write!(f, "{handle} is not for this address.")?,
                    DeliveryProblem::ChosenNotForWeight(handle) => write!(f, "{handle} is not for this weight.")?,
                    DeliveryProblem::ChosenNotForPrice(handle) => write!(f, "{handle} is not for this price.")?,
                    DeliveryProblem::ChosenNotInCurrency(handle) => {
                        write!(f, "{handle} is not offered in this currency.")?;
                    }
                }
                instead(f)
            }
            Self::CountryNotServed { country, served } => {
                write!(f, "This shop does not sell to {country}. It sells to {served}.")
            }
            Self::UnknownGateway { known } if known.is_empty() => {
                write!(f, "This shop takes no payments yet: its operator has to set up a gateway.")
            }
            Self::UnknownGateway { known } => write!(f, "There is no such payment gateway. There is: {known}."),
            Self::PaymentInput { field, why } => write!(f, "{field} {why}."),
            Self::PaymentStep { amount, step } => write!(
                f,
                "This way to pay takes amounts in steps of {} only, and {} is to be paid. Nothing was charged. Choose another \
                 way to pay, or ask the shop.",
                step.in_words(),
                amount.in_words()
            ),
            Self::PaymentLeast { amount, least } => write!(
                f,
                "This way to pay takes at least {}, and {} is to be paid. Nothing was charged. Choose another way to pay, put more \
                 into the cart or take a gift card out of it; of an order that is made, ask the shop.",
                least.in_words(),
                amount.in_words()
            ),
            Self::Declined { message } => f.write_str(message),
            Self::NotPayable { why } | Self::NotAllowed { why } | Self::NoSavedMethod { why } => f.write_str(why),
            Self::CaptureStep { step } => write!(
                f,
                "The gateway that holds the money takes amounts in steps of {} only. Capture such an amount, or edit the \
                 order so that it costs one.",
                step.in_words()
            ),
            Self::CapturedOtherwise { taken } => write!(
                f,
                "{} was captured at the same time, and the gateway gave up the rest. Read the order again.",
                taken.in_words()
            ),
            Self::CaptureAmount { most } => {
                write!(f, "The amount must be more than zero and at most {}, what is held and owed.", most.in_words())
            }
            Self::PaymentInProgress => {
                write!(f, "An attempt to pay is under way. Wait for its outcome before trying again.")
            }
        }
    }
}
