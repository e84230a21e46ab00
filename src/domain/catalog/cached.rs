//! What of the catalog is kept in the cache, under which keys, and which of them a fact names. Stock is never kept, nor
//! anything that depends on who looks, from where and when.

use entity::ids::{CollectionId, ProductId, VariantId};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::platform::cache::Key;

const PRODUCT: &str = "product";
const VARIANTS: &str = "variants";
const IMAGES: &str = "images";
const OPTIONS: &str = "options";
const TAGS: &str = "tags";
const COLLECTION: &str = "collection";
const PRODUCT_HANDLE: &str = "product-handle";
const COLLECTION_HANDLE: &str = "collection-handle";
const VARIANT_PRODUCT: &str = "variant-product";
const PRICE_LISTS: &str = "price-lists";
const LIST_PRICES: &str = "list-prices";

fn key(kind: &'static str, id: Uuid) -> Key {
    Key { kind, id: id.as_u128() }
}

fn text_key(kind: &'static str, text: &str) -> Key {
    let digest = Sha256::digest(text);
    let id = digest.iter().take(16).fold(0, |id: u128, byte| id << 8 | u128::from(*byte));
    Key { kind, id }
}

/// A product's own row.
#[must_use]
pub fn product(id: ProductId) -> Key {
    key(PRODUCT, id.0)
}

/// A product's variants with their prices; their stock is not believed.
#[must_use]
pub fn variants(id: ProductId) -> Key {
    key(VARIANTS, id.0)
}

/// The price lists that may count, and the countries of the shop. For whom and when a list counts is decided when it is
/// read, so what is kept is right for every buyer and at every moment.
#[must_use]
pub fn price_lists() -> Key {
    key(PRICE_LISTS, Uuid::nil())
}

/// What price lists ask for a product's variants, of all lists.
#[must_use]
pub fn list_prices(id: ProductId) -> Key {
    key(LIST_PRICES, id.0)
}

/// A product's pictures.
#[must_use]
pub fn images(id: ProductId) -> Key {
    key(IMAGES, id.0)
}

/// A product's options.
#[must_use]
pub fn options(id: ProductId) -> Key {
    key(OPTIONS, id.0)
}

/// A product's tags.
#[must_use]
pub fn tags(id: ProductId) -> Key {
    key(TAGS, id.0)
}

/// A collection's own row.
#[must_use]
pub fn collection(id: CollectionId) -> Key {
    key(COLLECTION, id.0)
}

/// The product of a variant, which never changes; whether the variant is still there, the product's variants tell.
#[must_use]
pub fn variant_product(id: VariantId) -> Key {
    key(VARIANT_PRODUCT, id.0)
}

/// The product that has, or had, a handle: whoever finds it there compares. A fact names the new handle, not the old one.
#[must_use]
pub fn product_handle(handle: &str) -> Key {
    text_key(PRODUCT_HANDLE, handle)
}

/// The collection that has, or had, a handle.
#[must_use]
pub fn collection_handle(handle: &str) -> Key {
    text_key(COLLECTION_HANDLE, handle)
}

/// The keys that a fact about this subject names.
#[must_use]
pub fn changed_by(subject_type: &str, subject: Uuid, data: &Value) -> Vec<Key> {
    let handle = data.get("handle").and_then(Value::as_str);
    match subject_type {
        "product" => {
            let kinds = [PRODUCT, VARIANTS, IMAGES, OPTIONS, TAGS, LIST_PRICES];
            kinds.into_iter().map(|kind| key(kind, subject)).chain(handle.map(product_handle)).collect()
        }
        "collection" => [key(COLLECTION, subject)].into_iter().chain(handle.map(collection_handle)).collect(),
        "shop" => vec![price_lists()],
        "price_list" => {
            let products = data.get("product_ids").and_then(Value::as_array).into_iter().flatten();
            let products = products.filter_map(|id| Uuid::try_parse(id.as_str()?).ok());
            products.map(|id| key(LIST_PRICES, id)).chain([price_lists()]).collect()
        }
        _ => Vec::new(),
    }
}
