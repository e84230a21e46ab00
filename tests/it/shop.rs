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
