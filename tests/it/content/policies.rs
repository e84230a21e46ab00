//! Policies in the API.

use serde_json::json;

use super::Desk;

const POLICIES: &str = "{ shop { privacyPolicy { ...P } refundPolicy { ...P } shippingPolicy { ...P } termsOfService { ...P } \
                        subscriptionPolicy { id handle title body url } } } fragment P on ShopPolicy { id handle title body url }";

#[tokio::test]
async fn a_shop_has_the_policies_that_were_written_and_a_default_on_subscriptions() {
    let desk = Desk::new().await;
    let none = desk.guest(POLICIES).await;
    for policy in ["privacyPolicy", "refundPolicy", "shippingPolicy", "termsOfService"] {
        assert_eq!(none.at(&format!("/shop/{policy}")), json!(null), "{policy}");
    }
    assert_eq!(none.at("/shop/subscriptionPolicy/id"), json!(null));
    assert!(none.text("/shop/subscriptionPolicy/body").contains("no subscriptions"));

    let body = "<h2>Terms</h2><script>x()</script>";
    for kind in ["PRIVACY_POLICY", "REFUND_POLICY", "SHIPPING_POLICY", "SUBSCRIPTION_POLICY", "TERMS_OF_SERVICE"] {
        let answer = desk.call("shopPolicyUpdate", "shopPolicy { id }", json!({ "type": kind, "body": body })).await;
        answer.done("shopPolicyUpdate");
    }
    let all = desk.guest(POLICIES).await;
    for (policy, handle) in [
        ("privacyPolicy", "privacy-policy"),
        ("refundPolicy", "refund-policy"),
        ("shippingPolicy", "shipping-policy"),
        ("subscriptionPolicy", "subscription-policy"),
        ("termsOfService", "terms-of-service"),
    ] {
        let shown = all.at(&format!("/shop/{policy}"));
        assert_eq!(shown["handle"], handle);
        assert_eq!(shown["body"], "<h2>Terms</h2>");
        assert_eq!(shown["url"], format!("{}/policies/{handle}", desk.shop.app.public_url));
        let node = desk
            .shop
            .guest("query($id: ID!) { node(id: $id) { ... on ShopPolicy { handle } } }", json!({ "id": shown["id"] }))
            .await;
        assert_eq!(node.text("/node/handle"), handle);
    }
    let blank = json!({ "type": "REFUND_POLICY", "body": "<script></script>" });
    let answer = desk.call("shopPolicyUpdate", "shopPolicy { id }", blank).await;
    assert_eq!(answer.done("shopPolicyUpdate")["shopPolicy"], json!(null));
    assert_eq!(desk.guest(POLICIES).await.at("/shop/refundPolicy"), json!(null));
    assert_eq!(desk.facts().await, vec!["shop_policy.updated"; 6]);
}
