//! What the demo shop charges beside its prices: delivery, taxes, and the code for newcomers.

use cartwright::demo;
use serde_json::{Value, json};

use crate::{
    make::catalog::product,
    support::{Caller, TestShop},
};

const CREATE: &str = "mutation($input: CartInput!) { cartCreate(input: $input) { userErrors { field code } cart { id
    discountCodes { applicable }
    deliveryGroups(first: 5) { nodes { id selectedDeliveryOption { handle }
      deliveryOptions { handle deliveryMethodType estimatedCost { amount } } } }
    cost { subtotalAmount { amount } taxAmount { amount } totalAmount { amount } taxLines { title percent amount { amount } } } } } }";

async fn opened() -> TestShop {
    let shop = TestShop::still().await;
    demo::load(&shop.app).await.expect("the demo shop is loaded");
    shop
}

/// A new cart with one of each product, sent to an address.
async fn cart(shop: &TestShop, handles: &[&str], address: Value, codes: &[&str]) -> Value {
    let mut lines = Vec::new();
    for handle in handles {
        let find = "query($handle: String!) { product(handle: $handle) { variants(first: 1) { nodes { id } } } }";
        let found = shop.guest(find, json!({ "handle": handle })).await;
        lines.push(json!({ "merchandiseId": found.text("/product/variants/nodes/0/id") }));
    }
    let addresses = json!([{ "address": { "deliveryAddress": address } }]);
    let input = json!({ "lines": lines, "delivery": { "addresses": addresses }, "discountCodes": codes });
    shop.guest(CREATE, json!({ "input": input })).await.done("cartCreate")["cart"].clone()
}

fn portland() -> Value {
    json!({ "countryCode": "US", "provinceCode": "OR", "zip": "97201" })
}

fn options(cart: &Value) -> Vec<(String, String)> {
    let options = cart["deliveryGroups"]["nodes"][0]["deliveryOptions"].as_array().expect("options").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    options.map(|option| (text(&option["handle"]), text(&option["estimatedCost"]["amount"]))).collect()
}

fn offered(options: &[(&str, &str)]) -> Vec<(String, String)> {
    options.iter().map(|(handle, cost)| ((*handle).to_owned(), (*cost).to_owned())).collect()
}

#[tokio::test]
async fn the_demo_delivers_at_home_and_abroad_and_lets_goods_be_collected() {
    let shop = opened().await;
    let mug = cart(&shop, &["claybarrow-morning-mug"], portland(), &[]).await;
    let collect = ("mill-street-warehouse", "0.0");
    assert_eq!(options(&mug), offered(&[("standard", "5.0"), ("express", "15.0"), collect]));
    assert_eq!(mug["deliveryGroups"]["nodes"][0]["selectedDeliveryOption"]["handle"], "standard");
    assert_eq!(mug["cost"]["totalAmount"]["amount"], "27.0");
    let laptop = cart(&shop, &["tarnholm-studio-16"], portland(), &[]).await;
    assert_eq!(options(&laptop), offered(&[("standard", "0.0"), ("express", "15.0"), collect]), "free from $35 on");
    let desk = cart(&shop, &["oakhollin-rise"], portland(), &[]).await;
    assert_eq!(options(&desk), offered(&[("standard", "0.0"), collect]), "Express takes no desk");
    let toronto = json!({ "countryCode": "CA", "provinceCode": "ON", "zip": "M5V 2T6" });
    let chair = cart(&shop, &["oakhollin-perch"], toronto, &[]).await;
    assert_eq!(options(&chair), offered(&[("international", "95.0"), collect]));
    assert_eq!(chair["cost"]["taxLines"], json!([]), "taxes are charged where there is a zone");
}

#[tokio::test]
async fn the_demo_charges_the_taxes_of_a_few_places_by_class() {
    let shop = opened().await;
    let everything = ["claybarrow-morning-mug", "lanternfold-small-suppers", "embergrove-first-light-coffee"];
    // $22.00 of the standard class, a book of $34.00, coffee of $11.50; delivery is taxed as the goods are.
    let places = [
        (portland(), vec![], "67.5"),
        (json!({ "countryCode": "US", "provinceCode": "IN", "zip": "46204" }), vec![("7.0", "3.92")], "71.42"),
        (json!({ "countryCode": "DE", "zip": "10115" }), vec![("7.0", "4.03"), ("19.0", "5.3")], "94.83"),
        (json!({ "countryCode": "FR", "zip": "75001" }), vec![("20.0", "5.57"), ("5.5", "3.17")], "94.24"),
        (json!({ "countryCode": "GB", "zip": "SW1A 1AA" }), vec![("20.0", "5.57")], "91.07"),
    ];
    for (address, taxes, total) in places {
        let cart = cart(&shop, &everything, address.clone(), &[]).await;
        let mut lines: Vec<(&str, &str)> = Vec::new();
        for line in cart["cost"]["taxLines"].as_array().expect("lines") {
            lines.push((line["percent"].as_str().expect("a rate"), line["amount"]["amount"].as_str().expect("a sum")));
        }
        lines.sort_unstable();
        let mut taxes = taxes;
        taxes.sort_unstable();
        assert_eq!((lines, &cart["cost"]["totalAmount"]["amount"]), (taxes, &json!(total)), "{address}");
    }
}

#[tokio::test]
async fn the_demo_has_a_code_for_newcomers() {
    let shop = opened().await;
    let code = demo::DISCOUNT_CODE.to_lowercase();
    let mug = cart(&shop, &["claybarrow-morning-mug"], portland(), &[&code]).await;
    assert_eq!(mug["discountCodes"], json!([{ "applicable": true }]));
    assert_eq!(mug["cost"]["totalAmount"]["amount"], "24.8", "22.00 - 2.20 + 5.00");
}

/// How many zones, pick-ups, classes and discounts there are.
async fn rules(shop: &TestShop, staff: &Caller) -> [usize; 5] {
    let document = "{ deliveryZones { nodes { id } } pickupLocations { nodes { id } } taxZones { nodes { id } }
        taxClasses { nodes { id } } discounts { nodes { id } } }";
    let answer = shop.ask(staff, document, json!({})).await;
    let count = |name: &str| answer.at(&format!("/{name}/nodes")).as_array().expect("a list").len();
    ["deliveryZones", "pickupLocations", "taxZones", "taxClasses", "discounts"].map(count)
}

#[tokio::test]
async fn the_demo_sets_its_costs_once_and_never_in_a_shop_that_has_products_or_costs_of_its_own() {
    let shop = opened().await;
    let admin = shop.admin().await;
    assert_eq!(rules(&shop, &admin).await, [2, 1, 4, 2, 1]);
    demo::load(&shop.app).await.expect("the demo shop is loaded again");
    assert_eq!(rules(&shop, &admin).await, [2, 1, 4, 2, 1]);

    let merchant = TestShop::still().await;
    let admin = merchant.admin().await;
    product("Lamp").make(&merchant).await;
    demo::load(&merchant.app).await.expect("the demo products are loaded");
    assert_eq!(rules(&merchant, &admin).await, [0; 5]);

    let planned = TestShop::still().await;
    let admin = planned.admin().await;
    let zone = "mutation { deliveryZoneCreate(input: { name: \"World\", areas: [{}], rates: [{ title: \"Post\",
        cost: { flat: { amount: \"9.00\", currencyCode: USD } } }] }) { userErrors { code } } }";
    planned.ask(&admin, zone, json!({})).await.done("deliveryZoneCreate");
    demo::load(&planned.app).await.expect("the demo shop is loaded");
    assert_eq!(rules(&planned, &admin).await, [1, 0, 4, 2, 1], "its own way of delivery stays the only one");
}
