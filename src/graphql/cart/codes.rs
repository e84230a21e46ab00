//! The codes of what was refused in a cart and of what was adjusted in it.

use async_graphql::Enum;
use pricing::CodeProblem;

use crate::domain::{
    cart::{ProblemKind, Reason, WarningKind},
    shared::address::AddressProblem,
};

/// Why a change of a cart was refused. Values that say "not used" are there for clients that know them from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CartErrorCode {
    /// A field of the address holds emoji. Not used: emoji are kept.
    AddressFieldContainsEmojis,
    /// A field of the address holds HTML tags.
    AddressFieldContainsHtmlTags,
    /// A field of the address holds a web address.
    AddressFieldContainsUrl,
    /// A field of the address does not have the expected form.
    AddressFieldDoesNotMatchExpectedPattern,
    /// A field of the address is missing.
    AddressFieldIsRequired,
    /// A field of the address has more than 255 characters.
    AddressFieldIsTooLong,
    /// Bundles and add-ons cannot be mixed. Not used: there are no bundles yet.
    BundlesAndAddonsCannotBeMixed,
    /// The buyer may not buy for the company location. Not used: there are no companies.
    BuyerCannotPurchaseForCompanyLocation,
    /// The cart would have more than 500 lines.
    CartTooLarge,
    /// The recipient of a gift card is wrong. Not used: a gift card that is sold goes to its buyer.
    GiftCardRecipientInvalid,
    /// A value is wrong; the message says how. On `cartId`: the cart does not exist.
    Invalid,
    /// No such company location: there are no companies.
    InvalidCompanyLocation,
    /// The cart, or the customer, has no such delivery address.
    InvalidDeliveryAddressId,
    /// The cart has no such delivery group.
    InvalidDeliveryGroup,
    /// The delivery group has no such option.
    InvalidDeliveryOption,
    /// The quantity is no multiple of the variant's increment. Not used: every quantity from 1 to 999 is sold.
    InvalidIncrement,
    /// The cart has no such line.
    InvalidMerchandiseLine,
    /// Metafields are wrong. Not used: there are no metafields.
    InvalidMetafields,
    /// The payment is wrong, or a payment of this cart pends.
    InvalidPayment,
    /// The cart has to be paid later. Not used.
    InvalidPaymentDeferredPaymentRequired,
    /// There is nothing to pay. Not used by these mutations.
    InvalidPaymentEmptyCart,
    /// The postal code is none of the country; the message has an example.
    InvalidZipCodeForCountry,
    /// The postal code is none of the province.
    InvalidZipCodeForProvince,
    /// The quantity is too small: at least 1 to add, at least 0 to update.
    LessThan,
    /// More than 999 units of a line, or more items than one call may have.
    MaximumExceeded,
    /// A transformation of lines failed. Not used: there are none.
    MerchandiseLineTransformersRunError,
    /// The merchandise cannot be put into a cart. Not used.
    MerchandiseNotApplicable,
    /// The quantity is below the variant's minimum. Not used: the minimum is 1.
    MinimumNotMet,
    /// A customer has to sign in. Not used.
    MissingCustomerAccessToken,
    /// A discount code is missing. Not used.
    MissingDiscountCode,
    /// The note is missing. Not used: an empty note removes it.
    MissingNote,
    /// The note has more than 5,000 characters.
    NoteTooLong,
    /// More than one delivery address would be selected.
    OnlyOneDeliveryAddressCanBeSelected,
    /// The parent of a line is named wrongly. Not used: lines have no parents yet.
    ParentLineInvalidReference,
    /// Lines are nested too deep. Not used: lines have no parents yet.
    ParentLineNestingTooDeep,
    /// The parent of a line is not in the cart. Not used: lines have no parents yet.
    ParentLineNotFound,
    /// Lines cannot be put below other lines yet.
    ParentLineOperationBlocked,
    /// The card has expired. Not used by these mutations.
    PaymentsCreditCardBaseExpired,
    /// The card is not taken. Not used by these mutations.
    PaymentsCreditCardBaseGatewayNotSupported,
    /// The card was refused. Not used by these mutations.
    PaymentsCreditCardGeneric,
    /// The card's month is wrong. Not used: cards are never sent here.
    PaymentsCreditCardMonthInclusion,
    /// The card's number is wrong. Not used: cards are never sent here.
    PaymentsCreditCardNumberInvalid,
    /// The card's number has a wrong form. Not used: cards are never sent here.
    PaymentsCreditCardNumberInvalidFormat,
    /// The card's verification value is missing. Not used: cards are never sent here.
    PaymentsCreditCardVerificationValueBlank,
    /// The card's verification value is wrong. Not used: cards are never sent here.
    PaymentsCreditCardVerificationValueInvalidForCardType,
    /// The card's year is past. Not used: cards are never sent here.
    PaymentsCreditCardYearExpired,
    /// The card's year is wrong. Not used: cards are never sent here.
    PaymentsCreditCardYearInvalidExpiryYear,
    /// The payment method does not apply. Not used by these mutations.
    PaymentMethodNotApplicable,
    /// The payment method is not taken. Not used by these mutations.
    PaymentMethodNotSupported,
    /// Delivery is still computed. Not used: it is computed at once.
    PendingDeliveryGroups,
    /// The country has no such province. `addressValidationRules` lists those that it has.
    ProvinceNotFound,
    /// The selling plan does not apply. Not used: there are no selling plans.
    SellingPlanNotApplicable,
    /// A service that is needed is away; try again. Not used by these mutations.
    ServiceUnavailable,
    /// The cart would have more than 20 delivery addresses.
    TooManyDeliveryAddresses,
    /// The address is wrong in another way. Not used: every reason has a code.
    UnspecifiedAddressError,
    /// A rule of the merchant refused it. Not used yet.
    ValidationCustom,
    /// The variant is sold only in a selling plan. Not used: there are no selling plans.
    VariantRequiresSellingPlan,
    /// Nothing is delivered to the postal code. Not used by these mutations: `problems` of the cart say so.
    ZipCodeNotSupported,
}

impl From<&Reason> for CartErrorCode {
    fn from(reason: &Reason) -> Self {
        match reason {
            Reason::CartNotFound
            | Reason::MerchandiseNotFound
            | Reason::TextLength { .. }
            | Reason::CardNumber
            | Reason::EmailInvalid
            | Reason::PhoneInvalid
            | Reason::AddressNotOne
            | Reason::CustomerTokenInvalid
            | Reason::Coordinates
            | Reason::Address(AddressProblem::CardNumber) => Self::Invalid,
            Reason::PaymentPends => Self::InvalidPayment,
            Reason::TooManyAtOnce { .. } | Reason::QuantityTooLarge => Self::MaximumExceeded,
            Reason::QuantityTooSmall { .. } => Self::LessThan,
            Reason::CartTooLarge => Self::CartTooLarge,
            Reason::LineNotFound => Self::InvalidMerchandiseLine,
            Reason::NestedLine => Self::ParentLineOperationBlocked,
            Reason::NoteTooLong => Self::NoteTooLong,
            Reason::Address(AddressProblem::Required) => Self::AddressFieldIsRequired,
            Reason::Address(AddressProblem::TooLong) => Self::AddressFieldIsTooLong,
            Reason::Address(AddressProblem::HtmlTags) => Self::AddressFieldContainsHtmlTags,
            Reason::Address(AddressProblem::Url) => Self::AddressFieldContainsUrl,
            Reason::Address(AddressProblem::Pattern) => Self::AddressFieldDoesNotMatchExpectedPattern,
            Reason::Address(AddressProblem::ZipForCountry { .. }) => Self::InvalidZipCodeForCountry,
            Reason::Address(AddressProblem::ZipForProvince { .. }) => Self::InvalidZipCodeForProvince,
            Reason::Address(AddressProblem::ProvinceNotFound { .. }) => Self::ProvinceNotFound,
            Reason::AddressNotFound => Self::InvalidDeliveryAddressId,
            Reason::TooManyAddresses => Self::TooManyDeliveryAddresses,
            Reason::SeveralAddressesSelected => Self::OnlyOneDeliveryAddressCanBeSelected,
            Reason::DeliveryGroupNotFound => Self::InvalidDeliveryGroup,
            Reason::DeliveryOptionNotFound => Self::InvalidDeliveryOption,
            Reason::GiftCard(_) | Reason::GiftCardNotApplied => Self::Invalid,
            Reason::TooManyGiftCards => Self::MaximumExceeded,
            Reason::NoCompanies => Self::InvalidCompanyLocation,
        }
    }
}

/// What was adjusted while a cart was changed. Values that say "not used" are there for clients that know them from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CartWarningCode {
    /// The discount code takes nothing off: other discounts take off more and do not combine with it, it has no amount in
    /// the cart's currency, it was entered before, or there are too many. `target` of these warnings is the cart.
    DiscountCodeNotHonoured,
    /// The discount has not begun, or is over.
    DiscountCurrentlyInactive,
    /// The discount is for other customers.
    DiscountCustomerNotEligible,
    /// The customer has used the discount as often as one may.
    DiscountCustomerUsageLimitReached,
    /// The discount is for certain customers, and nobody is signed in.
    DiscountEligibleCustomerMissing,
    /// The discount is not for this kind of purchase. Not used: there is one kind.
    DiscountIncompatiblePurchaseType,
    /// There is no such discount code. It is kept with the cart, not applicable.
    DiscountNotFound,
    /// The discount is for none of the lines.
    DiscountNoEntitledLineItems,
    /// Nothing is delivered, or not where or for what the discount is for.
    DiscountNoEntitledShippingLines,
    /// The goods that the discount is for cost too little.
    DiscountPurchaseNotInRange,
    /// There are too few of the goods that the discount is for.
    DiscountQuantityNotInRange,
    /// The discount was used as often as it may be.
    DiscountUsageLimitReached,
    /// The cart has this delivery address already; it was not added again.
    DuplicateDeliveryAddress,
    /// A product was deleted; its line was removed. `target` is the cart.
    MerchandiseNotAvailable,
    /// Less in stock than asked for: the quantity was lowered. `target` is the line.
    MerchandiseNotEnoughStock,
    /// Nothing is left. `target` is the line, or the variant when no line was made.
    MerchandiseOutOfStock,
    /// The selling plan is not for this company location. Not used.
    MerchandiseSellingPlanNotApplicableOnCompanyLocation,
    /// A gift card that was entered with a new cart cannot be used; none was applied.
    PaymentsGiftCardsUnavailable,
}

impl From<&WarningKind> for CartWarningCode {
    fn from(kind: &WarningKind) -> Self {
        match kind {
            WarningKind::NotEnoughStock { .. } => Self::MerchandiseNotEnoughStock,
            WarningKind::OutOfStock { .. } => Self::MerchandiseOutOfStock,
            WarningKind::NotAvailable => Self::MerchandiseNotAvailable,
            WarningKind::CodeNotApplied { problem, .. } => (*problem).into(),
            WarningKind::GiftCardsUnavailable => Self::PaymentsGiftCardsUnavailable,
            WarningKind::DuplicateAddress => Self::DuplicateDeliveryAddress,
        }
    }
}

impl From<CodeProblem> for CartWarningCode {
    fn from(problem: CodeProblem) -> Self {
        match problem {
            CodeProblem::NotFound => Self::DiscountNotFound,
            CodeProblem::Inactive => Self::DiscountCurrentlyInactive,
            CodeProblem::UsageLimitReached => Self::DiscountUsageLimitReached,
            CodeProblem::CustomerMissing => Self::DiscountEligibleCustomerMissing,
            CodeProblem::CustomerNotEligible => Self::DiscountCustomerNotEligible,
            CodeProblem::CustomerUsageLimitReached => Self::DiscountCustomerUsageLimitReached,
            CodeProblem::NoEntitledLines => Self::DiscountNoEntitledLineItems,
            CodeProblem::NoEntitledShipping => Self::DiscountNoEntitledShippingLines,
            CodeProblem::SubtotalTooSmall => Self::DiscountPurchaseNotInRange,
            CodeProblem::QuantityTooSmall => Self::DiscountQuantityNotInRange,
            CodeProblem::CurrencyNotOffered
            | CodeProblem::BetterCombination
            | CodeProblem::Repeated
            | CodeProblem::TooMany => Self::DiscountCodeNotHonoured,
        }
    }
}

/// What would make the completion of a cart fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CartProblemCode {
    /// There is nothing in the cart. `target` is the cart.
    CartEmpty,
    /// A discount code of the cart was used as often as it may be. `target` is the cart.
    DiscountUsedUp,
    /// A product was taken off the shop or deleted. `target` is the line; of a deleted product it is no longer listed.
    MerchandiseNotAvailable,
    /// Less in stock than the cart's lines of the variant have together. `target` is the line.
    MerchandiseNotEnoughStock,
    /// Nothing is left for this line. `target` is the line.
    MerchandiseOutOfStock,
    /// The shop does not sell to the country of the cart's address. `target` is the cart, as of all that follow.
    CountryNotServed,
    /// Nothing is delivered to the cart's address.
    DeliveryNotAvailable,
    /// No delivery rate fits the address, the weight and the price of what is delivered.
    DeliveryRateNotAvailable,
    /// The shop wants a delivery option to be chosen, and none is.
    DeliveryOptionRequired,
    /// The delivery option that was chosen is not offered any more: choose another.
    DeliveryOptionNotFound,
    /// The delivery option that was chosen is not for this address: choose another.
    DeliveryOptionNotForAddress,
    /// The delivery option that was chosen is not for this weight: choose another.
    DeliveryOptionNotForWeight,
    /// The delivery option that was chosen is not for this price: choose another.
    DeliveryOptionNotForPrice,
    /// The delivery option that was chosen is not offered in the cart's currency: choose another.
    DeliveryOptionNotInCurrency,
}

impl From<ProblemKind> for CartProblemCode {
    fn from(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Empty => Self::CartEmpty,
            ProblemKind::CodeUsedUp { .. } => Self::DiscountUsedUp,
            ProblemKind::NotAvailable => Self::MerchandiseNotAvailable,
            ProblemKind::NotEnoughStock => Self::MerchandiseNotEnoughStock,
            ProblemKind::OutOfStock => Self::MerchandiseOutOfStock,
            ProblemKind::CountryNotServed => Self::CountryNotServed,
            ProblemKind::DeliveryOptionRequired => Self::DeliveryOptionRequired,
            ProblemKind::NotDelivered => Self::DeliveryNotAvailable,
            ProblemKind::NoDeliveryRate => Self::DeliveryRateNotAvailable,
            ProblemKind::DeliveryOptionGone => Self::DeliveryOptionNotFound,
            ProblemKind::DeliveryOptionNotForAddress => Self::DeliveryOptionNotForAddress,
            ProblemKind::DeliveryOptionNotForWeight => Self::DeliveryOptionNotForWeight,
            ProblemKind::DeliveryOptionNotForPrice => Self::DeliveryOptionNotForPrice,
            ProblemKind::DeliveryOptionNotInCurrency => Self::DeliveryOptionNotInCurrency,
        }
    }
}
