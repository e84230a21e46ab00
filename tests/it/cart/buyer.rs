//! Who buys a cart: the customer by token, what is preferred, and the addresses of old clients.

use serde_json::{Value, json};

use crate::{
    make::cart::{CREATE, IDENTITY},
    support::{Caller, TestShop},
};
use cartwright::domain::auth::Audience;

const OWNED: &str = "query($id: ID!) { cart(id: $id) { buyerIdentity { email customer { email } } } }";

fn identity(id: &str, identity: Value) -> Value {
    json!({ "cartId": id, "buyerIdentity": identity })
}

#[tokio::test]
async fn a_valid_token_makes_the_cart_the_customers_and_null_nobodys() {
    let shop = TestShop::new().await;
    let jane = shop.customer("jane@example.com").await;
    let token = shop.sign_in("jane@example.com", Audience::Storefront).await.tokens.access_token;
    let id = shop.cart(&[]).await;
    let owner =
        async |caller: &Caller| shop.ask(caller, OWNED, json!({ "id": id })).await.at("/cart/buyerIdentity/customer");
    assert_eq!(owner(&jane).await, Value::Null);
    shop.change(IDENTITY, identity(&id, json!({ "customerAccessToken": token }))).await;
    assert_eq!(owner(&jane).await, json!({ "email": "jane@example.com" }));
    assert_eq!(owner(&Caller::guest()).await, Value::Null, "who only has the id does not see whose it is");
    shop.change(IDENTITY, identity(&id, json!({ "email": "j@example.com" }))).await;
    assert_eq!(owner(&jane).await, json!({ "email": "jane@example.com" }), "left out: as it was");
    shop.change(IDENTITY, identity(&id, json!({ "customerAccessToken": null }))).await;
    assert_eq!(owner(&jane).await, Value::Null);
    let input = json!({ "input": { "buyerIdentity": { "customerAccessToken": token } } });
    let made = shop.change(CREATE, input).await["cart"]["id"].clone();
    let seen = shop.ask(&jane, OWNED, json!({ "id": made })).await;
    assert_eq!(seen.text("/cart/buyerIdentity/customer/email"), "jane@example.com");
}

#[tokio::test]
async fn a_token_that_is_not_valid_or_anothers_is_refused() {
    let shop = TestShop::new().await;
    let (jane, _john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let johns = shop.sign_in("john@example.com", Audience::Storefront).await.tokens.access_token;
    let id = shop.cart(&[]).await;
    let field = "buyerIdentity.customerAccessToken".to_owned();
    let wrong = shop.refused(IDENTITY, identity(&id, json!({ "customerAccessToken": "x.y.z" }))).await;
    assert_eq!(wrong, [(field.clone(), "INVALID".to_owned())]);
    let input = json!({ "input": { "buyerIdentity": { "customerAccessToken": "" } } });
    assert_eq!(shop.refused(CREATE, input).await, [(format!("input.{field}"), "INVALID".to_owned())]);
    let other = shop.cart_call(&jane, IDENTITY, identity(&id, json!({ "customerAccessToken": johns }))).await;
    assert_eq!(other.refusals("cartBuyerIdentityUpdate"), ["INVALID"], "Jane is signed in");
    let janes = shop.cart_of(&jane, &[]).await;
    let taken = shop.refused(IDENTITY, identity(&janes, json!({ "customerAccessToken": johns }))).await;
    assert_eq!(taken, [("cartId".to_owned(), "INVALID".to_owned())], "to John, Jane's cart is not there");
    let company =
        shop.refused(IDENTITY, identity(&id, json!({ "companyLocationId": "gid://x/CompanyLocation/1" }))).await;
    let expected = ("buyerIdentity.companyLocationId".to_owned(), "INVALID_COMPANY_LOCATION".to_owned());
    assert_eq!(company, [expected]);
}

const PREFERRED: &str = "query($id: ID!) { cart(id: $id) { buyerIdentity { preferences { wallet delivery {
    coordinates { latitude longitude countryCode } deliveryMethod pickupHandle } } } } }";

#[tokio::test]
async fn what_a_buyer_prefers_is_kept_as_told() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let read = async || shop.guest(PREFERRED, json!({ "id": id })).await.at("/cart/buyerIdentity/preferences");
    assert_eq!(read().await, Value::Null);
    let preferences = json!({
        "wallet": ["shop_pay"],
        "delivery": { "coordinates": { "latitude": 45.4215296, "longitude": -75.6971931, "countryCode": "CA" },
            "deliveryMethod": ["PICK_UP", "SHIPPING"], "pickupHandle": ["corner"] },
    });
    shop.change(IDENTITY, identity(&id, json!({ "preferences": preferences }))).await;
    assert_eq!(read().await, preferences);
    shop.change(IDENTITY, identity(&id, json!({ "phone": "030 1234" }))).await;
    assert_eq!(read().await, preferences, "left out: as it was");
    for (wrong, field, code) in [
        (json!({ "wallet": [""] }), "wallet.0", "INVALID"),
        (json!({ "wallet": vec!["w"; 51] }), "wallet", "MAXIMUM_EXCEEDED"),
        (
            json!({ "delivery": { "coordinates": { "latitude": 90.1, "longitude": 0, "countryCode": "CA" } } }),
            "delivery.coordinates",
            "INVALID",
        ),
        (
            json!({ "delivery": { "coordinates": { "latitude": 1e300, "longitude": 0, "countryCode": "CA" } } }),
            "delivery.coordinates",
            "INVALID",
        ),
    ] {
        let refused = shop.refused(IDENTITY, identity(&id, json!({ "preferences": wrong }))).await;
        assert_eq!(refused, [(format!("buyerIdentity.preferences.{field}"), code.to_owned())]);
    }
    shop.change(IDENTITY, identity(&id, json!({ "preferences": null }))).await;
    assert_eq!(read().await, Value::Null);
}

const OLD: &str = "query($id: ID!) { cart(id: $id) {
    cost { totalAmount { amount } checkoutChargeAmount { amount } totalTaxAmount { amount } totalDutyAmount { amount } }
    discountAllocations { discountedAmount { amount } discountApplication { value { ... on MoneyV2 { amount } } } }
    deliveryGroups(first: 5) { edges { node { id deliveryOptions { handle } } } pageInfo { hasNextPage } }
    buyerIdentity { deliveryAddressPreferences { ... on MailingAddress { id name lastName country countryCodeV2 countryCode
        province provinceCode formatted(withName: true) formattedArea latitude longitude } } } } }";

#[tokio::test]
async fn old_clients_say_the_address_with_the_buyer_by_names_or_codes() {
    let shop = TestShop::new().await;
    let id = shop.cart(&[]).await;
    let lantern = json!({ "firstName": "Ada", "lastName": "Demo", "address1": "12 Lantern Street", "city": "Portland",
        "province": "Oregon", "zip": "97201", "country": "united states" });
    let second = json!({ "city": "Berlin", "country": "DE", "province": "be" });
    let both = json!({ "deliveryAddressPreferences": [
        { "deliveryAddress": lantern }, { "deliveryAddress": second, "oneTimeUse": true }] });
    let cart = shop.change(IDENTITY, identity(&id, both)).await["cart"].clone();
    assert_eq!(cart["delivery"]["addresses"][0]["selected"], true);
    assert_eq!(cart["delivery"]["addresses"][1]["oneTimeUse"], true);
    let read = shop.guest(OLD, json!({ "id": id })).await.at("/cart");
    assert_eq!(read["cost"]["checkoutChargeAmount"], read["cost"]["totalAmount"]);
    assert_eq!((&read["discountAllocations"], &read["deliveryGroups"]["edges"]), (&json!([]), &json!([])));
    let mut shown = read["buyerIdentity"]["deliveryAddressPreferences"].clone();
    let gid = shown[0]["id"].take();
    assert!(gid.as_str().is_some_and(|id| id.starts_with("gid://cartwright/MailingAddress/")), "{gid}");
    let expected = json!({ "id": null, "name": "Ada Demo", "lastName": "Demo", "country": "United States",
        "countryCodeV2": "US", "countryCode": "US", "province": "Oregon", "provinceCode": "OR",
        "formatted": ["Ada Demo", "12 Lantern Street", "Portland, OR 97201", "United States"],
        "formattedArea": "Portland, OR, United States", "latitude": null, "longitude": null });
    assert_eq!(shown[0], expected);
    assert_eq!((&shown[1]["provinceCode"], &shown[1]["province"]), (&json!("BE"), &json!("BE")));

    let nowhere = json!({ "deliveryAddressPreferences": [{ "deliveryAddress": { "country": "Atlantis" } }, {}] });
    let refused = shop.refused(IDENTITY, identity(&id, nowhere)).await;
    let place = "buyerIdentity.deliveryAddressPreferences";
    let expected = [
        (format!("{place}.0.deliveryAddress.countryCode"), "ADDRESS_FIELD_DOES_NOT_MATCH_EXPECTED_PATTERN".to_owned()),
        (format!("{place}.1"), "INVALID".to_owned()),
    ];
    assert_eq!(refused, expected);
    let none = json!({ "deliveryAddressPreferences": [] });
    let cart = shop.change(IDENTITY, identity(&id, none)).await["cart"].clone();
    assert_eq!(cart["delivery"]["addresses"], json!([]));
}
