//! Who may read and change discounts, and who does not even see that they can be.

use entity::auth::account::Role;
use serde_json::json;

use super::Desk;
use crate::support::Caller;

#[tokio::test]
async fn only_staff_read_discounts_and_only_those_who_may_change_them() {
    let desk = Desk::new().await;
    let clerk = desk.shop.staff("clerk@example.com", Role::Staff).await;
    let customer = desk.shop.customer("ada@example.com").await;
    let id = desk.code("TEN", json!({})).await;
    let mut mutations = Vec::new();
    for kind in ["Code", "Automatic"] {
        let codes = if kind == "Code" { "codes: [\"X\"], " } else { "" };
        mutations.push(format!(
            "discount{kind}Create(input: {{ title: \"x\", {codes}effect: {{ order: {{ percentage: \"1\" }} }} }})"
        ));
        for verb in ["Update", "Activate", "Deactivate", "Delete"] {
            mutations.push(format!("discount{kind}{verb}(input: {{ id: \"{id}\" }})"));
        }
    }
    for mutation in mutations {
        let document = format!("mutation {{ {mutation} {{ userErrors {{ message }} }} }}");
        for (caller, code) in [(&Caller::guest(), "UNAUTHENTICATED"), (&customer, "FORBIDDEN"), (&clerk, "FORBIDDEN")] {
            assert_eq!(desk.shop.ask(caller, &document, json!({})).await.code(), code, "{mutation}");
        }
    }
    let reads = format!("{{ discount(id: \"{id}\") {{ title }} discounts {{ nodes {{ title usageCount }} }} }}");
    for (caller, code) in [(&Caller::guest(), "UNAUTHENTICATED"), (&customer, "FORBIDDEN")] {
        assert_eq!(desk.shop.ask(caller, &reads, json!({})).await.code(), code);
    }
    let node = format!("{{ node(id: \"{id}\") {{ id ... on Discount {{ title }} }} }}");
    for caller in [&clerk, &desk.admin] {
        let answer = desk.shop.ask(caller, &reads, json!({})).await;
        assert_eq!(
            (answer.text("/discount/title"), answer.text("/discounts/nodes/0/title")),
            ("TEN".into(), "TEN".into())
        );
        assert_eq!(desk.shop.ask(caller, &node, json!({})).await.text("/node/title"), "TEN");
    }
    let bare = format!("{{ node(id: \"{id}\") {{ id }} }}");
    for caller in [&Caller::guest(), &customer] {
        let (answer, statements) = desk.shop.statements(desk.shop.ask(caller, &bare, json!({}))).await;
        assert_eq!(answer.at("/node"), serde_json::Value::Null);
        assert_eq!(statements, 0, "nobody else causes a look");
    }
}

#[tokio::test]
async fn who_may_not_does_not_see_that_there_is_anything() {
    let desk = Desk::new().await;
    let clerk = desk.shop.staff("clerk@example.com", Role::Staff).await;
    let names = "{ __schema { types { name } queryType { fields { name } } mutationType { fields { name } } } }";
    let seen = async |caller: &Caller| desk.shop.ask(caller, names, json!({})).await.body.to_string();
    let guest = seen(&Caller::guest()).await;
    for hidden in ["\"discounts\"", "\"Discount\"", "DiscountRedeemCode", "DiscountEffect", "discountCodeCreate"] {
        assert!(!guest.contains(hidden), "{hidden}");
    }
    let clerk = seen(&clerk).await;
    assert!(clerk.contains("\"discounts\"") && clerk.contains("DiscountEffect"));
    for hidden in ["discountCodeCreate", "DiscountEffectInput", "DiscountUserError", "DiscountErrorCode"] {
        assert!(!clerk.contains(hidden), "{hidden}");
    }
    let admin = seen(&desk.admin).await;
    assert!(admin.contains("discountAutomaticDeactivate") && admin.contains("DiscountEffectInput"));
}
