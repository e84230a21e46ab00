//! Addresses by country: what a checkout, a cart and a customer's address book refuse, and what forms are told.

use serde_json::{Value, json};

use crate::{
    make::cart::{ADDRESSES_ADD, delivery_address},
    support::{Answer, Caller, TestShop},
};

fn to(country: &str, city: &str, province: Option<&str>, zip: Option<&str>) -> Value {
    json!({ "firstName": "Jane", "lastName": "Doe", "address1": "1 Main Street", "city": city, "province": province,
            "zip": zip, "countryCode": country })
}

/// Code and field of the first refusal, with its message.
fn first(answer: &Answer, field: &str) -> [String; 3] {
    let error = answer.at(&format!("/{field}/userErrors/0"));
    let path: Vec<&str> = error["field"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    [text(&error["code"]), path.join("."), text(&error["message"])]
}

#[tokio::test]
async fn a_checkout_refuses_what_does_not_fit_the_country_and_says_what_would() {
    let shop = TestShop::still().await;
    shop.sells_to(&["US", "CA", "DE", "JP"]).await;
    let made = shop.stocked("Pen", 250, 50).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    for (address, code, field, words) in [
        (to("DE", "Berlin", None, None), "ADDRESS_FIELD_IS_REQUIRED", "zip", "zip is needed."),
        (to("DE", "Berlin", None, Some("1011")), "INVALID_ZIP_CODE_FOR_COUNTRY", "zip", "one looks like 26133."),
        (to("CA", "Toronto", Some("ON"), Some("V6B 1A1")), "INVALID_ZIP_CODE_FOR_PROVINCE", "zip", "of Ontario."),
        (to("US", "Portland", Some("Cascadia"), Some("97201")), "PROVINCE_NOT_FOUND", "province", "AL is one."),
        (to("US", "Portland", None, Some("96900")), "ADDRESS_FIELD_IS_REQUIRED", "provinceCode", "is needed."),
    ] {
        let refused = shop.complete(&cart).with("shippingAddress", address).send().await;
        let [got, path, message] = first(&refused, "checkoutComplete");
        assert_eq!((got.as_str(), path), (code, format!("input.shippingAddress.{field}")));
        assert!(message.ends_with(words), "{message}");
    }
    let japanese = to("JP", "千代田区", Some("東京都"), Some("100-0005"));
    let order = shop.complete(&cart).with("shippingAddress", japanese).bought().await;
    let document = "query($id: ID!) { order(id: $id) { shippingAddress { provinceCode province formatted } } }";
    let kept = shop.ask(&order.caller, document, json!({ "id": order.id })).await.at("/order/shippingAddress");
    assert_eq!((kept["provinceCode"].as_str(), kept["province"].as_str()), (Some("13"), Some("東京都")));
    let lines = json!(["〒100-0005", "東京都", "1 Main Street", "千代田区", "Japan"]);
    assert_eq!(kept["formatted"], lines, "as people there write it");
}

#[tokio::test]
async fn a_cart_may_be_incomplete_and_not_wrong() {
    let shop = TestShop::still().await;
    let cart = shop.cart_of(&Caller::guest(), &[]).await;
    let add = async |address: Value| {
        let variables = json!({ "cartId": cart, "addresses": [delivery_address(address)] });
        shop.cart_call(&Caller::guest(), ADDRESSES_ADD, variables).await
    };
    add(json!({ "countryCode": "US", "city": "Portland" })).await.done("cartDeliveryAddressesAdd");
    for (address, code) in [
        (json!({ "countryCode": "US", "zip": "K1A 0B1" }), "INVALID_ZIP_CODE_FOR_COUNTRY"),
        (json!({ "countryCode": "US", "provinceCode": "OR", "zip": "10001" }), "INVALID_ZIP_CODE_FOR_PROVINCE"),
        (json!({ "countryCode": "CA", "provinceCode": "OR" }), "PROVINCE_NOT_FOUND"),
    ] {
        assert_eq!(first(&add(address).await, "cartDeliveryAddressesAdd")[0], code);
    }
}

#[tokio::test]
async fn forms_are_told_what_an_address_looks_like() {
    let shop = TestShop::still().await;
    let document = "query($of: CountryCode!) { addressValidationRules(countryCode: $of) { countryCode allowedFields \
                    requiredFields provinceType provinces { code name localName } postalCodePattern \
                    postalCodeExamples postalCodePrefix } }";
    let rules =
        async |country: &str| shop.guest(document, json!({ "of": country })).await.at("/addressValidationRules");
    let american = rules("US").await;
    assert_eq!(
        american["requiredFields"],
        json!(["lastName", "address1", "city", "provinceCode", "zip", "countryCode"])
    );
    assert_eq!(american["provinceType"], "state");
    let states = american["provinces"].as_array().expect("states");
    assert!(states.contains(&json!({ "code": "OR", "name": "Oregon", "localName": null })), "{states:?}");
    let japanese = rules("JP").await;
    let tokyo = json!({ "code": "13", "name": "Tokyo", "localName": "東京都" });
    assert!(japanese["provinces"].as_array().expect("prefectures").contains(&tokyo));
    let irish = rules("IE").await;
    assert_eq!(irish["requiredFields"], json!(["lastName", "address1", "city", "countryCode"]));
    let luxembourgish = rules("LU").await;
    assert_eq!((luxembourgish["postalCodePrefix"].as_str(), &luxembourgish["provinces"]), (Some("L-"), &json!([])));
    let nowhere = rules("ZZ").await;
    assert_eq!((&nowhere["postalCodePattern"], &nowhere["postalCodeExamples"]), (&Value::Null, &json!([])));
}
