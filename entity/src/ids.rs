//! Typed ids: a UUIDv7 that knows which table it belongs to, so that no cart is looked up by an order's id.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

typed_id!(
    /// A product.
    ProductId,
    /// One option of a product, such as its size.
    ProductOptionId,
    /// What shows a value of an option.
    OptionSwatchId,
    /// A purchasable variant of a product.
    VariantId,
    /// A picture of a product.
    ImageId,
    /// A collection of products.
    CollectionId,
    /// A page of text.
    PageId,
    /// A blog.
    BlogId,
    /// An article of a blog.
    ArticleId,
    /// A menu of links.
    MenuId,
    /// One link of a menu.
    MenuItemId,
    /// An address that moved.
    UrlRedirectId,
    /// A policy of the shop.
    ShopPolicyId,
    /// A place that holds stock.
    LocationId,
    /// A part of the world that a shop delivers to in its own way.
    DeliveryZoneId,
    /// A way of delivering into a zone.
    DeliveryRateId,
    /// A location where goods may be collected: the location's own id.
    PickupLocationId,
    /// One change of stock.
    MovementId,
    /// Stock held for one line of one order.
    ReservationId,
    /// A cart or wish list.
    CartId,
    /// One line of a cart.
    CartLineId,
    /// A delivery address of a cart.
    CartAddressId,
    /// An address that a customer keeps.
    CustomerAddressId,
    /// An order.
    OrderId,
    /// One line of an order.
    OrderLineId,
    /// A quote that an order was placed or edited with.
    OrderQuoteId,
    /// One entry of an order's timeline.
    TimelineEntryId,
    /// A shipment.
    FulfillmentId,
    /// One line of a shipment.
    FulfillmentLineId,
    /// One attempt to pay an order.
    PaymentId,
    /// Money given back from a payment.
    RefundId,
    /// A refund that staff decided.
    OrderRefundId,
    /// Units of one line in such a refund.
    OrderRefundLineId,
    /// A difference between a gateway's book and ours.
    DifferenceId,
    /// A fact in the ledger.
    LedgerTransactionId,
    /// What a fact did to one account.
    LedgerEntryId,
    /// A message received from a payment gateway.
    WebhookEventId,
    /// A person who can sign in.
    AccountId,
    /// One sign-in: the family of its refresh tokens.
    SessionId,
    /// One refresh token of a session.
    RefreshTokenId,
    /// A key that signs tokens and capability ids.
    SigningKeyId,
    /// A fact in the outbox.
    EventId,
    /// An event that a sink did not take.
    EventDeliveryId,
    /// A gift card.
    GiftCardId,
    /// One entry of a gift card's ledger.
    GiftCardEntryId,
    /// A mail to a shopper.
    NotificationId,
    /// An invoice or a credit note.
    InvoiceId,
    /// A discount.
    DiscountId,
    /// A code of a discount.
    DiscountCodeId,
    /// A use of a discount.
    DiscountRedemptionId,
    /// A class of goods that are taxed alike.
    TaxClassId,
    /// A part of the world that is taxed alike.
    TaxZoneId,
    /// What one class is taxed with in one zone.
    TaxRateId,
    /// A price list.
    PriceListId,
);
