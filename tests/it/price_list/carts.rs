//! Carts: their currency follows the buyer's country, and price lists count in them.

use serde_json::{Value, json};

use super::{Desk, words};
use crate::make::{
    cart::{ADD, CLONE, IDENTITY, NOTE, codes, quantities},
    catalog::{product, variant},
};

const CART: &str = "id buyerIdentity { countryCode } problems { code } totalQuantity
    cost { totalAmount { amount currencyCode } }
    lines(first: 9) { nodes { quantity merchandise { ... on ProductVariant { id } }
        cost { amountPerQuantity { amount currencyCode } compareAtAmountPerQuantity { amount } totalAmount { amount } } } }";

impl Desk {
    /// A guest's new cart under `@inContext(country:)`.
    async fn cart_in(&self, country: &str, lines: Value) -> Value {
        let document = format!(
            "mutation($input: CartInput, $country: CountryCode) @inContext(country: $country) {{ \
             cartCreate(input: $input) {{ cart {{ {CART} }} userErrors {{ code message }} }} }}"
        );
        let variables = json!({ "input": { "lines": lines }, "country": country });
        self.shop.guest(&document, variables).await.done("cartCreate")["cart"].clone()
    }

    async fn read(&self, cart: &Value) -> Value {
        let document = format!("query($id: ID!) {{ cart(id: $id) {{ {CART} }} }}");
        self.shop.guest(&document, json!({ "id": cart["id"] })).await.at("/cart")
    }

    /// The cart after its buyer's country became another.
    async fn moved(&self, cart: &Value, country: Value) -> Value {
        let variables = json!({ "cartId": cart["id"], "buyerIdentity": { "countryCode": country } });
        self.shop.change(IDENTITY, variables).await;
        self.read(cart).await
    }
}

fn total(cart: &Value) -> String {
    words(&cart["cost"]["totalAmount"])
}

fn line(made: &crate::make::catalog::Made, place: usize, quantity: i32) -> Value {
    json!({ "merchandiseId": made.variant_gid(place), "quantity": quantity })
}

#[tokio::test]
async fn a_carts_currency_follows_its_buyers_country_and_nothing_is_lost() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").variant(variant(1_000)).variant(variant(2_000)).make(&desk.shop).await;
    let list = desk.list("EUR", &["DE"], json!({})).await;
    desk.prices(&list, "EUR", json!([{ "variantId": lamp.variant_gid(0), "price": "9.5", "compareAtPrice": "12" }]))
        .await;

    let cart = desk.cart_in("DE", json!([line(&lamp, 0, 2)])).await;
    assert_eq!(cart["buyerIdentity"]["countryCode"], "DE");
    assert_eq!(total(&cart), "19.0 EUR");
    let cost = &cart["lines"]["nodes"][0]["cost"];
    assert_eq!(words(&cost["amountPerQuantity"]), "9.5 EUR");
    assert_eq!(cost["compareAtAmountPerQuantity"]["amount"], "12.0");
    assert_eq!(cart["problems"], json!([]));
    let id = cart["id"].as_str().expect("an id").to_owned();

    let refused = desk.shop.refused(ADD, json!({ "cartId": id, "lines": [line(&lamp, 1, 1)] })).await;
    assert_eq!(refused.len(), 1, "it has no price in euros: {refused:?}");
    let cart = desk.moved(&cart, json!("US")).await;
    assert_eq!(total(&cart), "20.0 USD");
    desk.shop.change(ADD, json!({ "cartId": id, "lines": [line(&lamp, 1, 1)] })).await;
    assert_eq!(total(&desk.read(&cart).await), "40.0 USD");
    let cart = desk.moved(&cart, json!("DE")).await;
    assert_eq!(total(&cart), "19.0 EUR");
    assert_eq!(codes(&cart["problems"]).len(), 1, "{:#}", cart["problems"]);
    assert_eq!(cart["totalQuantity"], 3, "the line without a price stays");
    let completed = desk.shop.complete(&id).send().await;
    assert_eq!(completed.at("/checkoutComplete/order"), Value::Null, "it cannot be bought");
    assert_eq!(total(&desk.moved(&cart, json!("FR")).await), "40.0 USD", "the shop does not sell there");
    assert_eq!(total(&desk.moved(&cart, Value::Null).await), "40.0 USD");

    let german = desk.cart_in("DE", json!([line(&lamp, 0, 1)])).await;
    let copy = desk.shop.change(CLONE, json!({ "input": { "cartId": german["id"] } })).await["cart"].clone();
    assert_eq!(total(&desk.read(&copy).await), "9.5 EUR");
}

#[tokio::test]
async fn a_country_of_the_input_goes_before_that_of_the_context() {
    let desk = Desk::new().await;
    desk.list("EUR", &["DE"], json!({})).await;
    let document = "mutation($country: CountryCode) @inContext(country: DE) {
        cartCreate(input: { buyerIdentity: { countryCode: $country } }) {
            cart { buyerIdentity { countryCode } cost { totalAmount { amount currencyCode } } } userErrors { code } } }";
    for (given, country, currency) in [(json!("CA"), json!("CA"), "0.0 USD"), (Value::Null, Value::Null, "0.0 USD")] {
        let cart = desk.shop.guest(document, json!({ "country": given })).await.at("/cartCreate/cart");
        assert_eq!(cart["buyerIdentity"]["countryCode"], country);
        assert_eq!(total(&cart), currency);
    }
    let document = "mutation @inContext(country: DE) { cartCreate(input: { buyerIdentity: { phone: null } }) {
        cart { cost { totalAmount { amount currencyCode } } } userErrors { code } } }";
    let cart = desk.shop.guest(document, json!({})).await.at("/cartCreate/cart");
    assert_eq!(total(&cart), "0.0 EUR", "an identity that says no country leaves the context's");
}

#[tokio::test]
async fn a_tier_is_reached_by_all_lines_of_a_variant_together() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    let sale = desk.list("USD", &["US"], json!({})).await;
    let tiers = json!([
        { "variantId": variant, "price": "9" }, { "variantId": variant, "price": "8", "minimumQuantity": 5 },
    ]);
    desk.prices(&sale, "USD", tiers).await;
    let gift = json!({ "merchandiseId": variant, "quantity": 2, "attributes": [{ "key": "gift", "value": "yes" }] });
    let cart = desk.cart_in("US", json!([line(&lamp, 0, 2), gift])).await;
    assert_eq!(total(&cart), "36.0 USD");
    let id = cart["id"].as_str().expect("an id").to_owned();
    desk.shop.change(ADD, json!({ "cartId": id, "lines": [line(&lamp, 0, 1)] })).await;
    let cart = desk.read(&cart).await;
    assert_eq!((total(&cart), quantities(&cart)), ("40.0 USD".to_owned(), vec![3, 2]));
    // A cart whose buyer's country is not known is read as one of the shop's own country.
    assert_eq!(total(&desk.moved(&cart, Value::Null).await), "40.0 USD");
    assert_eq!(total(&desk.moved(&cart, json!("CA")).await), "50.0 USD");
}

#[tokio::test]
async fn carts_and_catalog_agree_on_every_countrys_currency_and_price() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    for (currency, countries, more) in [
        ("EUR", vec!["DE", "CA"], json!({ "priority": 1 })),
        ("CAD", vec!["CA"], json!({ "priority": 2 })),
        ("JPY", vec!["JP"], json!({ "startsAt": desk.moment(100) })),
        ("CHF", vec!["DE"], json!({ "priority": 3, "endsAt": desk.moment(100) })),
        ("GBP", vec![], json!({ "priority": 4 })),
        ("USD", vec!["US", "FR"], json!({})),
    ] {
        let list = desk.list(currency, &countries, more).await;
        desk.price(&list, &variant, currency, "7").await;
    }
    for _ in 0..2 {
        for country in ["US", "CA", "DE", "JP", "FR", "GB"] {
            let cart = desk.cart_in(country, json!([line(&lamp, 0, 1)])).await;
            assert_eq!(total(&cart), desk.cost(country, &variant).await, "{country}");
        }
        desk.shop.pass(200);
    }
}

#[tokio::test]
async fn the_next_change_of_a_cart_follows_a_list_that_ended() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let list = desk.list("EUR", &["DE"], json!({ "endsAt": desk.moment(100) })).await;
    desk.price(&list, &lamp.variant_gid(0), "EUR", "9").await;
    let cart = desk.cart_in("DE", json!([line(&lamp, 0, 1)])).await;
    assert_eq!(total(&cart), "9.0 EUR");
    desk.shop.pass(200);
    let late = desk.read(&cart).await;
    assert_eq!(codes(&late["problems"]).len(), 1, "what was in euros is not sold any more");
    desk.shop.change(NOTE, json!({ "cartId": cart["id"], "note": "hello" })).await;
    let cart = desk.read(&cart).await;
    assert_eq!((total(&cart), codes(&cart["problems"]).len()), ("10.0 USD".to_owned(), 0));
}

#[tokio::test]
async fn a_cart_whose_payment_pends_keeps_its_currency() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let list = desk.list("EUR", &["DE"], json!({})).await;
    desk.price(&list, &lamp.variant_gid(0), "EUR", "9").await;
    let cart = desk.cart_in("DE", json!([line(&lamp, 0, 1)])).await;
    let order = desk.shop.complete(cart["id"].as_str().expect("an id")).token("sandbox_challenge").bought().await;
    desk.call("priceListUpdate", "__typename", json!({ "id": list, "countries": ["CA"] }))
        .await
        .done("priceListUpdate");
    assert_eq!(desk.read(&cart).await["cost"]["totalAmount"]["currencyCode"], "EUR");
    assert_eq!(words(&order.now(&desk.shop).await["totals"]["total"]), "9.0 EUR");
}
