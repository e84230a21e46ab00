//! Ids of the API: `gid://cartwright/<Type>/<id>`. Any authority is accepted on input, a wrong type is refused.

use async_graphql::ID;
use entity::ids;
use uuid::Uuid;

use crate::domain::shared::Error;

/// A typed id that appears in the API under a type's name.
pub trait NodeId: From<Uuid> + Copy {
    /// The type's name in the schema.
    const KIND: &'static str;
    /// The id inside.
    fn uuid(self) -> Uuid;
}

macro_rules! node_ids {
    ($($name:ident => $kind:literal),+ $(,)?) => {$(
        impl NodeId for ids::$name {
            const KIND: &'static str = $kind;
            fn uuid(self) -> Uuid {
                self.0
            }
        }
    )+};
}

node_ids!(
    ProductId => "Product",
    ProductOptionId => "ProductOption",
    OptionSwatchId => "OptionSwatch",
    VariantId => "ProductVariant",
    ImageId => "ProductImage",
    CollectionId => "Collection",
    PageId => "Page",
    BlogId => "Blog",
    ArticleId => "Article",
    MenuId => "Menu",
    MenuItemId => "MenuItem",
    UrlRedirectId => "UrlRedirect",
    ShopPolicyId => "ShopPolicy",
    LocationId => "Location",
    DeliveryZoneId => "DeliveryZone",
    DeliveryRateId => "DeliveryRate",
    PickupLocationId => "PickupLocation",
    CartId => "Cart",
    CartLineId => "CartLine",
    CartAddressId => "CartSelectableAddress",
    CustomerAddressId => "CustomerAddress",
    OrderId => "Order",
    OrderLineId => "OrderLineItem",
    TimelineEntryId => "TimelineEntry",
    FulfillmentId => "Fulfillment",
    PaymentId => "Payment",
    RefundId => "Refund",
    DiscountId => "Discount",
    DiscountCodeId => "DiscountRedeemCode",
    LedgerTransactionId => "LedgerTransaction",
    LedgerEntryId => "LedgerEntry",
    GiftCardId => "GiftCard",
    GiftCardEntryId => "GiftCardTransaction",
    AccountId => "Customer",
    TaxClassId => "TaxClass",
    TaxZoneId => "TaxZone",
    PriceListId => "PriceList",
);

/// An id taken apart: `gid://<anything>/<kind>/<tail>`, a query string after the tail left off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlobalId<'a> {
    /// The type's name.
    pub kind: &'a str,
    /// What follows: a UUID, for carts with its code.
    pub tail: &'a str,
    /// The query string after the tail, without its question mark; empty when there is none.
    pub query: &'a str,
}

impl<'a> GlobalId<'a> {
    /// Takes an id apart.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("gid://")?;
        let mut parts = rest.split('/');
        let (_authority, kind, tail) = (parts.next()?, parts.next()?, parts.next()?);
        let (tail, query) = tail.split_once('?').unwrap_or((tail, ""));
        (parts.next().is_none() && !kind.is_empty() && !tail.is_empty()).then_some(Self { kind, tail, query })
    }

    /// The value of a name in the query string.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<&'a str> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// The id as the API shows it.
pub fn encode<T: NodeId>(id: T) -> ID {
    ID(format!("gid://cartwright/{}/{}", T::KIND, id.uuid()))
}

/// Reads an id of the API.
///
/// # Errors
/// `BadInput` naming `argument`: malformed, or of another type.
pub fn decode<T: NodeId>(argument: &str, id: &ID) -> Result<T, Error> {
    let parsed = GlobalId::parse(id).filter(|parsed| parsed.kind == T::KIND);
    parsed
        .and_then(|parsed| Uuid::try_parse(parsed.tail).ok())
        .map(T::from)
        .ok_or_else(|| Error::bad_input(argument, format!("must be the id of a {}: gid://cartwright/{0}/…", T::KIND)))
}

#[cfg(test)]
mod tests {
    use entity::ids::{OrderId, ProductId};

    use super::*;

    #[test]
    fn ids_survive_the_way_out_and_in_under_any_authority() {
        let id = ProductId(Uuid::now_v7());
        let text = encode(id);
        assert_eq!(decode::<ProductId>("id", &text).ok(), Some(id));
        let foreign = ID(text.replace("cartwright", "shop.example"));
        assert_eq!(decode::<ProductId>("id", &foreign).ok(), Some(id));
        assert!(decode::<OrderId>("id", &text).is_err());
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "1", "gid://x/Product/", "gid://x/Product/1/2", "gid://x/Product/../../etc", "1 OR 1=1"] {
            assert!(decode::<ProductId>("id", &ID(text.to_owned())).is_err(), "{text}");
        }
    }
}
