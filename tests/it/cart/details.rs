//! Note, attributes, buyer, codes, name and kind of a cart, and what has no engine yet.

use serde_json::{Value, json};

use crate::{
    make::{
        cart::{ATTRIBUTES, CLONE, CODES, DELIVERY, IDENTITY, NOTE, RENAME, codes, quantities},
        catalog::product,
    },
    support::TestShop,
};

#[tokio::test]
async fn a_note_and_attributes_are_replaced_and_removed() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    assert_eq!(shop.change(NOTE, json!({ "cartId": id, "note": "hi" })).await["cart"]["note"], "hi");
    assert_eq!(shop.change(NOTE, json!({ "cartId": id, "note": "" })).await["cart"]["note"], Value::Null);
    let two = json!([{ "key": "b", "value": "2" }, { "key": "a", "value": "" }]);
    let changed = shop.change(ATTRIBUTES, json!({ "cartId": id, "attributes": two })).await;
    assert_eq!(changed["cart"]["attributes"], two, "in the order given");
    let changed = shop.change(ATTRIBUTES, json!({ "cartId": id, "attributes": [] })).await;
    assert_eq!((&changed["cart"]["attributes"], &changed["cart"]["version"]), (&json!([]), &json!(5)));
}

#[tokio::test]
async fn what_is_left_out_of_the_buyer_stays_and_null_removes_it() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let buyer = async |identity: Value| {
        let changed = shop.change(IDENTITY, json!({ "cartId": id, "buyerIdentity": identity })).await;
        let identity = changed["cart"]["buyerIdentity"].clone();
        (identity["email"].clone(), identity["phone"].clone(), identity["countryCode"].clone())
    };
    let all = json!({ "email": "jane@example.com", "phone": "+1 212 555 0100", "countryCode": "US" });
    assert_eq!(buyer(all).await, (json!("jane@example.com"), json!("+1 212 555 0100"), json!("US")));
    let email = json!({ "email": "joe@example.com" });
    assert_eq!(buyer(email).await, (json!("joe@example.com"), json!("+1 212 555 0100"), json!("US")));
    let none = json!({ "email": null, "phone": "", "countryCode": null });
    assert_eq!(buyer(none).await, (Value::Null, Value::Null, Value::Null));
    let wrong = json!({ "email": "jane", "phone": "call me" });
    let refused = shop.refused(IDENTITY, json!({ "cartId": id, "buyerIdentity": wrong })).await;
    let expected = ["email", "phone"].map(|field| (format!("buyerIdentity.{field}"), "INVALID".to_owned()));
    assert_eq!(refused, expected);
}

#[tokio::test]
async fn discount_codes_are_kept_once_each_and_unknown_ones_apply_to_nothing() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let given = json!(["SUMMER", " summer ", "", "Winter"]);
    let changed = shop.change(CODES, json!({ "cartId": id, "discountCodes": given })).await;
    assert_eq!(codes(&changed["warnings"]), ["DISCOUNT_NOT_FOUND", "DISCOUNT_NOT_FOUND"]);
    assert_eq!(changed["warnings"][0]["target"], id.as_str());
    let kept = json!([{ "code": "SUMMER", "applicable": false }, { "code": "Winter", "applicable": false }]);
    assert_eq!(changed["cart"]["discountCodes"], kept);
    let cleared = shop.change(CODES, json!({ "cartId": id, "discountCodes": [] })).await;
    assert_eq!((&cleared["cart"]["discountCodes"], &cleared["warnings"]), (&json!([]), &json!([])));
    let refused = shop.refused(CODES, json!({ "cartId": id, "discountCodes": ["OK", "5555-5555-5555-4444"] })).await;
    assert_eq!(refused, [("discountCodes.1".to_owned(), "INVALID".to_owned())]);
}

#[tokio::test]
async fn a_delivery_group_that_the_cart_has_not_is_refused() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let choice = json!([{ "deliveryGroupId": "gid://cartwright/CartDeliveryGroup/1", "deliveryOptionHandle": "x" }]);
    let refused = shop.refused(DELIVERY, json!({ "cartId": id, "selectedDeliveryOptions": choice })).await;
    assert_eq!(
        refused,
        [("selectedDeliveryOptions.0.deliveryGroupId".to_owned(), "INVALID_DELIVERY_GROUP".to_owned())]
    );
}

#[tokio::test]
async fn a_cart_becomes_a_named_wish_list() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let renamed =
        shop.change(RENAME, json!({ "input": { "cartId": id, "name": " Birthday ", "kind": "WISHLIST" } })).await;
    assert_eq!((&renamed["cart"]["name"], &renamed["cart"]["kind"]), (&json!("Birthday"), &json!("WISHLIST")));
    let kept = shop.change(RENAME, json!({ "input": { "cartId": id, "kind": "CART" } })).await;
    assert_eq!((&kept["cart"]["name"], &kept["cart"]["kind"]), (&json!("Birthday"), &json!("CART")));
    let cleared = shop.change(RENAME, json!({ "input": { "cartId": id, "name": null } })).await;
    assert_eq!(cleared["cart"]["name"], Value::Null);
    let refused = shop.refused(RENAME, json!({ "input": { "cartId": id, "name": "  " } })).await;
    assert_eq!(refused, [("input.name".to_owned(), "INVALID".to_owned())]);
}

#[tokio::test]
async fn a_copy_has_the_contents_and_not_the_buyer() {
    let shop = TestShop::new().await;
    let mug = product("Mug").make(&shop).await;
    let id = shop.cart(&[(mug.variant_gid(0), 2)]).await;
    shop.change(NOTE, json!({ "cartId": id, "note": "wrap it" })).await;
    shop.change(IDENTITY, json!({ "cartId": id, "buyerIdentity": { "email": "jane@example.com" } })).await;
    let copy = shop.change(CLONE, json!({ "input": { "cartId": id } })).await["cart"].clone();
    assert_ne!(copy["id"], id.as_str());
    assert_eq!((quantities(&copy), &copy["note"], &copy["version"]), (vec![2], &json!("wrap it"), &json!(1)));
    assert_eq!(copy["buyerIdentity"]["email"], Value::Null);
    let original = shop.read_cart(&id).await;
    assert_eq!(quantities(&original), [2]);
    assert_ne!(original["lines"]["nodes"][0]["id"], copy["lines"]["nodes"][0]["id"]);
    let unknown = format!("{id}x");
    let refused = shop.refused(CLONE, json!({ "input": { "cartId": unknown } })).await;
    assert_eq!(refused, [("input.cartId".to_owned(), "INVALID".to_owned())]);
}
