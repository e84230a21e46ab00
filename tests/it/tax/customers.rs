//! Who pays no tax, and whose tax number staff confirmed.

use cartwright::domain::auth::Role;
use serde_json::{Value, json};

use super::Office;
use crate::support::Caller;

const SHOWN: &str = "customer { taxExempt taxNumber taxNumberConfirmed }";

async fn customer_id(office: &Office, caller: &Caller) -> String {
    office.shop.ask(caller, "{ customer { id } }", json!({})).await.text("/customer/id")
}

#[tokio::test]
async fn a_number_is_confirmed_by_staff_and_not_any_more_when_it_changes() {
    let office = Office::new().await;
    let jane = office.shop.customer("jane@example.com").await;
    let id = customer_id(&office, &jane).await;
    let update = async |mut input: Value| {
        input["customerId"] = json!(id);
        office.call("customerTaxUpdate", SHOWN, input).await
    };
    let shown = async |input: Value| update(input).await.done("customerTaxUpdate")["customer"].clone();
    let state = |exempt: bool, number: Value, confirmed: bool| json!({ "taxExempt": exempt, "taxNumber": number, "taxNumberConfirmed": confirmed });
    assert_eq!(shown(json!({})).await, state(false, Value::Null, false));
    assert_eq!(update(json!({ "taxNumberConfirmed": true })).await.refusals("customerTaxUpdate"), ["BLANK"]);
    let number = json!({ "taxNumber": "hu 12345676", "taxNumberConfirmed": true });
    assert_eq!(shown(number).await, state(false, json!("HU12345676"), true));
    assert_eq!(shown(json!({ "taxExempt": true })).await, state(true, json!("HU12345676"), true));
    assert_eq!(shown(json!({ "taxNumber": "HU12345676" })).await, state(true, json!("HU12345676"), true));
    assert_eq!(shown(json!({ "taxNumber": "HU99999999" })).await, state(true, json!("HU99999999"), false));
    assert_eq!(shown(json!({ "taxNumberConfirmed": true })).await, state(true, json!("HU99999999"), true));
    let read = "{ customer { taxExempt taxNumber taxNumberConfirmed } }";
    let own = office.shop.ask(&jane, read, json!({})).await.at("/customer");
    assert_eq!(own, state(true, json!("HU99999999"), true), "the customer sees it too");
    assert_eq!(shown(json!({ "taxNumber": null, "taxExempt": false })).await, state(false, Value::Null, false));
    for (number, code) in [("X", "INVALID"), ("<script>", "INVALID"), ("4242424242424242", "INVALID")] {
        assert_eq!(update(json!({ "taxNumber": number })).await.refusals("customerTaxUpdate"), [code], "{number}");
    }
    let facts = office.facts("customer").await;
    let facts: Vec<&Value> =
        facts.iter().filter(|(kind, _)| kind == "customer.tax_updated").map(|(_, data)| data).collect();
    assert_eq!(facts.len(), 5, "the same again is no change");
    assert_eq!(facts[0]["after"], json!({ "tax_exempt": false, "has_tax_number": true, "tax_number_confirmed": true }));
    assert!(!facts.iter().any(|data| data.to_string().contains("HU")), "events leave the house without the number");
}

#[tokio::test]
async fn only_staff_who_may_change_customers_say_how_they_are_taxed() {
    let office = Office::new().await;
    let jane = office.shop.customer("jane@example.com").await;
    let clerk = office.shop.staff("clerk@example.com", Role::Staff).await;
    let id = customer_id(&office, &jane).await;
    for caller in [&jane, &clerk, &Caller::guest()] {
        let input = json!({ "customerId": id, "taxExempt": true });
        let refused = office.call_as(caller, "customerTaxUpdate", SHOWN, input).await.code();
        assert!(["FORBIDDEN", "UNAUTHENTICATED"].contains(&refused.as_str()), "{refused}");
    }
    for id in ["gid://cartwright/Customer/01900000-0000-7000-8000-000000000000".to_owned(), admin_id(&office).await] {
        let answer = office.call("customerTaxUpdate", SHOWN, json!({ "customerId": id, "taxExempt": true })).await;
        assert_eq!(answer.code(), "NOT_FOUND", "nobody, and staff");
    }
}

async fn admin_id(office: &Office) -> String {
    let account = office.shop.account("boss@example.com", Role::Admin).await;
    format!("gid://cartwright/Customer/{}", account.id)
}

#[tokio::test]
async fn a_list_of_customers_costs_one_statement_more_for_their_taxes() {
    let office = Office::new().await;
    let document = "{ customers(first: 50) { nodes { email taxExempt taxNumber taxNumberConfirmed } } }";
    let count = async || office.shop.statements(office.ask(document, json!({}))).await.1;
    office.shop.customer("a@example.com").await;
    let few = count().await;
    for name in ["b", "c", "d"] {
        let caller = office.shop.customer(&format!("{name}@example.com")).await;
        let input = json!({ "customerId": customer_id(&office, &caller).await, "taxExempt": true });
        office.call("customerTaxUpdate", SHOWN, input).await.done("customerTaxUpdate");
    }
    assert_eq!((few, count().await), (2, 2));
}
