//! Staff and customers: who sees the list of customers, and how it is searched and paged.

use cartwright::domain::auth::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

const LIST: &str = "query ($first: Int, $after: String, $last: Int, $before: String, $query: String) {
    customers(first: $first, after: $after, last: $last, before: $before, query: $query) {
        nodes { email } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

fn emails(answer: &Answer) -> Vec<String> {
    let nodes = answer.at("/customers/nodes");
    let local = |node: &Value| node["email"].as_str().expect("an address").trim_end_matches("@example.com").to_owned();
    nodes.as_array().expect("a list").iter().map(local).collect()
}

#[tokio::test]
async fn only_staff_who_may_read_customers_list_them_and_siblings_still_answer() {
    let shop = TestShop::new().await;
    let ada = shop.customer("ada@example.com").await;
    for (caller, code) in [(Caller::guest(), "UNAUTHENTICATED"), (ada, "FORBIDDEN")] {
        let answer = shop.ask(&caller, "{ customers { nodes { email } } shop { name } }", json!({})).await;
        assert_eq!(answer.code(), code);
        assert_eq!(answer.body["data"], json!({ "customers": null, "shop": { "name": "My shop" } }));
    }
    let clerk = shop.staff("clerk@example.com", Role::Staff).await;
    assert_eq!(emails(&shop.ask(&clerk, LIST, json!({})).await), ["ada"], "staff accounts are not customers");
}

#[tokio::test]
async fn what_staff_may_do_is_hidden_from_everybody_else() {
    let shop = TestShop::new().await;
    let admin = shop.admin().await;
    let names = |answer: Answer| {
        let fields = answer.at("/__schema/queryType/fields").as_array().expect("a list").clone();
        fields.iter().map(|field| field["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let introspect = "{ __schema { queryType { fields { name } } } }";
    let (seen_by_guest, seen_by_admin) =
        (names(shop.guest(introspect, json!({})).await), names(shop.ask(&admin, introspect, json!({})).await));
    for name in ["customers", "staffMember"] {
        assert!(!seen_by_guest.iter().any(|seen| seen == name), "{name} is hidden");
        assert!(seen_by_admin.iter().any(|seen| seen == name), "{name} is shown");
    }
}

#[tokio::test]
async fn a_staff_member_sees_their_own_account() {
    let shop = TestShop::new().await;
    let document = "{ staffMember { id email role permissions } customer { id } }";
    let clerk = shop.staff("clerk@example.com", Role::Staff).await;
    let answer = shop.ask(&clerk, document, json!({})).await;
    assert_eq!(answer.text("/staffMember/email"), "clerk@example.com");
    assert_eq!(answer.text("/staffMember/role"), "STAFF");
    let permissions = answer.at("/staffMember/permissions");
    assert!(permissions.as_array().expect("a list").contains(&json!("READ_CUSTOMERS")));
    assert!(!permissions.as_array().expect("a list").contains(&json!("MANAGE_STAFF")));
    assert_eq!(answer.at("/customer"), Value::Null, "a staff sign-in is no customer");
    assert_eq!(shop.guest("{ staffMember { email } }", json!({})).await.at("/staffMember"), Value::Null);
}

#[tokio::test]
async fn customers_are_paged_both_ways_with_one_statement_a_page() {
    let shop = TestShop::still().await;
    for name in ["ada", "bob", "cyd", "dan", "eve"] {
        shop.account(&format!("{name}@example.com"), Role::Customer).await;
    }
    let admin = shop.admin().await;
    let (first, statements) = shop.statements(shop.ask(&admin, LIST, json!({ "first": 2 }))).await;
    assert_eq!(statements, 1);
    assert_eq!(emails(&first), ["eve", "dan"], "the newest first");
    assert_eq!(first.at("/customers/pageInfo/hasNextPage"), true);
    let after = first.text("/customers/pageInfo/endCursor");
    let (next, statements) = shop.statements(shop.ask(&admin, LIST, json!({ "first": 5, "after": after }))).await;
    assert_eq!(statements, 1);
    assert_eq!(emails(&next), ["cyd", "bob", "ada"]);
    assert_eq!(next.at("/customers/pageInfo/hasNextPage"), false);
    let before = next.text("/customers/pageInfo/startCursor");
    let back = shop.ask(&admin, LIST, json!({ "last": 1, "before": before })).await;
    assert_eq!(emails(&back), ["dan"]);
    assert_eq!(back.at("/customers/pageInfo/hasPreviousPage"), true);
    for bad in [json!({ "first": 251 }), json!({ "after": "x" }), json!({ "query": "nul\u{0}" })] {
        assert_eq!(shop.ask(&admin, LIST, bad).await.code(), "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn customers_are_found_by_words_of_address_and_name_in_any_case() {
    let shop = TestShop::new().await;
    let zoe = shop.customer("zoe@example.com").await;
    shop.account("bob_100%@example.com", Role::Customer).await;
    let admin = shop.admin().await;
    let update = "mutation { customerUpdate(input: { firstName: \"Zoë\", lastName: \"Müller\", phone: \"030 123\" }) {
        customer { id } userErrors { code } } }";
    shop.ask(&zoe, update, json!({})).await.done("customerUpdate");
    let cases: [(&str, &[&str]); 9] = [
        ("zoe", &["zoe"]),
        ("MULLER  zoë", &["zoe"]),
        ("030 muller", &["zoe"]),
        ("zoe bob", &[]),
        ("example.com", &["bob_100%", "zoe"]),
        ("%", &["bob_100%"]),
        ("_", &["bob_100%"]),
        ("\\", &[]),
        ("", &["bob_100%", "zoe"]),
    ];
    for (query, expected) in cases {
        let answer = shop.ask(&admin, LIST, json!({ "query": query })).await;
        assert_eq!(emails(&answer), expected, "{query:?}");
    }
}
