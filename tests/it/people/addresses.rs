//! The addresses that customers keep.

use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

const CREATE: &str = "mutation($address: CustomerAddressInput!, $defaultAddress: Boolean) {
    customerAddressCreate(address: $address, defaultAddress: $defaultAddress) {
        customerAddress { id } userErrors { code field message } } }";
const UPDATE: &str = "mutation($addressId: ID!, $address: CustomerAddressInput, $defaultAddress: Boolean) {
    customerAddressUpdate(addressId: $addressId, address: $address, defaultAddress: $defaultAddress) {
        customerAddress { id formatted(withName: true) } userErrors { code field message } } }";
const DELETE: &str = "mutation($addressId: ID!) { customerAddressDelete(addressId: $addressId) {
    deletedAddressId userErrors { code field message } } }";
const DEFAULT: &str = "mutation($addressId: ID!) { customerDefaultAddressUpdate(addressId: $addressId) {
    customer { defaultAddress { id } } userErrors { code field message } } }";
const ALL: &str =
    "{ customer { defaultAddress { id } addresses(first: 60) { nodes { id firstName lastName company address1
    address2 city zip territoryCode zoneCode phoneNumber country province name formattedArea formatted } } } }";

fn home(street: &str) -> Value {
    json!({ "firstName": "Ada", "lastName": "Demo", "address1": street, "city": "Portland", "zoneCode": "or",
        "zip": "97201", "territoryCode": "us", "phoneNumber": "030 1234" })
}

async fn keep(shop: &TestShop, caller: &Caller, street: &str) -> String {
    let answer = shop.ask(caller, CREATE, json!({ "address": home(street) })).await.done("customerAddressCreate");
    answer["customerAddress"]["id"].as_str().expect("an id").to_owned()
}

async fn default_of(shop: &TestShop, caller: &Caller) -> Value {
    shop.ask(caller, ALL, json!({})).await.at("/customer/defaultAddress")
}

fn refused(answer: &Answer, field: &str) -> Vec<(String, String)> {
    let errors = answer.at(&format!("/{field}/userErrors"));
    let errors = errors.as_array().expect("a list").iter().map(|error| {
        let path = error["field"].as_array().expect("a path").iter().map(|part| part.as_str().expect("text"));
        (path.collect::<Vec<_>>().join("."), error["code"].as_str().expect("a code").to_owned())
    });
    errors.collect()
}

#[tokio::test]
async fn a_customer_keeps_addresses_and_the_first_is_the_default() {
    let shop = TestShop::still().await;
    let jane = shop.customer("jane@example.com").await;
    assert_eq!(default_of(&shop, &jane).await, Value::Null);
    let first = keep(&shop, &jane, " 12 Lantern Street ").await;
    let second = keep(&shop, &jane, "2").await;
    assert_eq!(default_of(&shop, &jane).await, json!({ "id": first }));
    let read = shop.ask(&jane, ALL, json!({})).await.at("/customer/addresses/nodes/0");
    let expected = json!({ "id": first, "firstName": "Ada", "lastName": "Demo", "company": null,
        "address1": "12 Lantern Street", "address2": null, "city": "Portland", "zip": "97201", "territoryCode": "US",
        "zoneCode": "OR", "phoneNumber": "030 1234", "country": "United States", "province": "OR", "name": "Ada Demo",
        "formattedArea": "Portland, OR, United States",
        "formatted": ["12 Lantern Street", "Portland, OR 97201", "United States"] });
    assert_eq!(read, expected);

    let change =
        json!({ "addressId": second, "address": { "firstName": null, "zoneCode": "Oregon" }, "defaultAddress": true });
    let changed = shop.ask(&jane, UPDATE, change).await.done("customerAddressUpdate");
    let lines = json!(["Demo", "2", "Portland, OR 97201", "United States"]);
    assert_eq!(changed["customerAddress"]["formatted"], lines);
    assert_eq!(default_of(&shop, &jane).await, json!({ "id": second }));
    let back = shop.ask(&jane, DEFAULT, json!({ "addressId": first })).await.done("customerDefaultAddressUpdate");
    assert_eq!(back["customer"]["defaultAddress"]["id"], first.as_str());
    let demoted = shop.ask(&jane, UPDATE, json!({ "addressId": first, "defaultAddress": false })).await;
    let expected = ("defaultAddress".to_owned(), "DEMOTING_CUSTOMER_DEFAULT_ADDRESS_NOT_ALLOWED".to_owned());
    assert_eq!(refused(&demoted, "customerAddressUpdate"), [expected]);
    let gone = shop.ask(&jane, DELETE, json!({ "addressId": first })).await.done("customerAddressDelete");
    assert_eq!(gone["deletedAddressId"], first.as_str());
    assert_eq!(default_of(&shop, &jane).await, json!({ "id": second }), "the default passes on");
}

#[tokio::test]
async fn nobody_but_the_customer_reaches_an_address() {
    let shop = TestShop::still().await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let id = keep(&shop, &jane, "1").await;
    let missing = "gid://cartwright/CustomerAddress/01900000-0000-7000-8000-000000000000";
    for id in [id.as_str(), missing] {
        for (document, field) in [
            (UPDATE, "customerAddressUpdate"),
            (DELETE, "customerAddressDelete"),
            (DEFAULT, "customerDefaultAddressUpdate"),
        ] {
            let answer = shop.ask(&john, document, json!({ "addressId": id })).await;
            let expected = ("addressId".to_owned(), "ADDRESS_ID_DOES_NOT_EXIST".to_owned());
            assert_eq!(refused(&answer, field), [expected], "{id}");
            let answer = shop.guest(document, json!({ "addressId": id })).await;
            assert_eq!(answer.code(), "UNAUTHENTICATED", "{id}");
        }
    }
    let answer = shop.guest(CREATE, json!({ "address": home("1") })).await;
    assert_eq!(answer.code(), "UNAUTHENTICATED");
    let document = "query($id: ID!) { node(id: $id) { id } }";
    let staff = shop.admin().await;
    for (caller, seen) in [(&jane, true), (&staff, true), (&john, false), (&Caller::guest(), false)] {
        let node = shop.ask(caller, document, json!({ "id": id })).await.at("/node");
        assert_eq!(!node.is_null(), seen);
    }
    let read = "{ customers(first: 5) { nodes { email addresses(first: 5) { nodes { address1 } } } } }";
    let read = shop.ask(&staff, read, json!({})).await.at("/customers/nodes");
    assert_eq!(read[1]["addresses"]["nodes"], json!([{ "address1": "1" }]));
    assert_eq!(read[0]["addresses"]["nodes"], json!([]));
}

#[tokio::test]
async fn wrong_addresses_equal_ones_and_more_than_50_are_refused() {
    let shop = TestShop::still().await;
    let jane = shop.customer("jane@example.com").await;
    let wrong =
        json!({ "address": { "lastName": "<b>", "territoryCode": "Atlantis", "phoneNumber": "4242 4242 4242 4242" } });
    let expected = [
        ("lastName", "CONTAINS_HTML_TAGS"),
        ("address1", "REQUIRED"),
        ("city", "REQUIRED"),
        ("phoneNumber", "INVALID"),
        ("territoryCode", "INVALID"),
    ];
    let expected = expected.map(|(field, code)| (format!("address.{field}"), code.to_owned()));
    assert_eq!(refused(&shop.ask(&jane, CREATE, wrong).await, "customerAddressCreate"), expected);
    keep(&shop, &jane, "0").await;
    let again = shop.ask(&jane, CREATE, json!({ "address": home("0") })).await;
    let expected = ("address".to_owned(), "CUSTOMER_ADDRESS_ALREADY_EXISTS".to_owned());
    assert_eq!(refused(&again, "customerAddressCreate"), [expected]);
    for n in 1..50 {
        keep(&shop, &jane, &n.to_string()).await;
    }
    let more = shop.ask(&jane, CREATE, json!({ "address": home("50") })).await;
    assert_eq!(refused(&more, "customerAddressCreate"), [("address".to_owned(), "INVALID".to_owned())]);
}

#[tokio::test]
async fn an_address_of_the_customer_can_be_copied_into_a_cart() {
    let shop = TestShop::still().await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    let id = keep(&shop, &jane, "12 Lantern Street").await;
    let cart = shop.cart(&[]).await;
    let document = "mutation($id: ID!, $address: ID!) { cartDeliveryAddressesAdd(cartId: $id,
        addresses: [{ address: { copyFromCustomerAddressId: $address } }]) {
        cart { delivery { addresses { address { ... on CartDeliveryAddress { address1 } } } } }
        userErrors { code field message } } }";
    let variables = json!({ "id": cart, "address": id });
    for caller in [&john, &Caller::guest()] {
        let answer = shop.ask(caller, document, variables.clone()).await;
        let field = "addresses.0.address.copyFromCustomerAddressId".to_owned();
        assert_eq!(refused(&answer, "cartDeliveryAddressesAdd"), [(field, "INVALID_DELIVERY_ADDRESS_ID".to_owned())]);
    }
    let copied = shop.ask(&jane, document, variables).await.done("cartDeliveryAddressesAdd");
    assert_eq!(copied["cart"]["delivery"]["addresses"][0]["address"]["address1"], "12 Lantern Street");

    let replace = "mutation($id: ID!, $addresses: [CartSelectableAddressInput!]!) {
        cartDeliveryAddressesReplace(cartId: $id, addresses: $addresses) { userErrors { code } } }";
    let copies = |count: usize| {
        json!({ "id": cart,
        "addresses": vec![json!({ "address": { "copyFromCustomerAddressId": id } }); count] })
    };
    let (_, one) = shop.statements(shop.ask(&jane, replace, copies(1))).await;
    let (_, twenty) = shop.statements(shop.ask(&jane, replace, copies(20))).await;
    assert_eq!(twenty, one, "what the customer keeps is read once");
}

#[tokio::test]
async fn the_addresses_of_many_customers_cost_one_statement() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let document =
        "{ customers(first: 50) { nodes { id defaultAddress { id } addresses(first: 5) { nodes { id } } } } }";
    let read = async || shop.ask(&staff, document, json!({})).await.at("/customers/nodes");
    keep(&shop, &shop.customer("jane@example.com").await, "1").await;
    let (_, one) = shop.statements(read()).await;
    for n in 0..5 {
        keep(&shop, &shop.customer(&format!("john{n}@example.com")).await, "1").await;
    }
    let (nodes, six) = shop.statements(read()).await;
    assert_eq!(nodes.as_array().map(Vec::len), Some(6));
    assert_eq!(six, one);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_ten_defaults_at_once_one_is_left() {
    let shop = TestShop::still().await;
    let jane = shop.customer("jane@example.com").await;
    let makes = (0..10).map(|n| {
        let variables = json!({ "address": home(&n.to_string()), "defaultAddress": true });
        async { shop.ask(&jane, CREATE, variables).await.done("customerAddressCreate") }
    });
    assert_eq!(futures::future::join_all(makes).await.len(), 10);
    assert!(default_of(&shop, &jane).await["id"].is_string());
}
