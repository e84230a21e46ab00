//! The shop itself.

use serde_json::json;

use crate::support::TestShop;

#[tokio::test]
async fn a_new_shop_has_a_name_and_an_address() {
    let shop = TestShop::new().await;
    let answer = shop.guest("{ shop { id name primaryDomain { url } } }", json!({})).await;
    assert_eq!(answer.text("/shop/name"), "My shop");
    assert!(answer.text("/shop/primaryDomain/url").starts_with("http://"));
}

#[tokio::test]
async fn a_shop_says_what_it_is_paid_in_and_under_which_host_it_is_found() {
    let shop = TestShop::with(&[("CARTWRIGHT_PUBLIC_URL", "https://shop.example:8443/")]).await;
    let document = "{ shop { moneyFormat paymentSettings { countryCode currencyCode enabledPresentmentCurrencies }
        primaryDomain { host sslEnabled url } } }";
    let answer = shop.guest(document, json!({})).await;
    let settings = json!({ "countryCode": "US", "currencyCode": "USD", "enabledPresentmentCurrencies": ["USD"] });
    assert_eq!(answer.at("/shop/paymentSettings"), settings);
    assert_eq!(answer.text("/shop/moneyFormat"), "{{amount}} USD");
    let domain = json!({ "host": "shop.example", "sslEnabled": true, "url": "https://shop.example:8443" });
    assert_eq!(answer.at("/shop/primaryDomain"), domain);
}
