//! The prior price of a reduction: the lowest price of the thirty days before it.

use std::io::Cursor;

use cartwright::domain::catalog::import::{Options, import_products};
use entity::price_list::price_history;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::Desk;
use crate::make::catalog::product;

const DAY: i64 = 86_400;

async fn rows(desk: &Desk) -> u64 {
    price_history::Entity::find().count(desk.shop.app.database.reader()).await.expect("rows")
}

#[tokio::test]
async fn a_reduction_tells_the_lowest_price_of_the_thirty_days_before_it() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(10_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    let prior = async || desk.prior("US", &variant).await;
    assert_eq!(prior().await, "", "nothing came before");
    desk.shop.pass(40 * DAY);
    desk.own_price(&lamp, "80").await;
    assert_eq!(prior().await, "100.0 USD");
    desk.shop.pass(10 * DAY);
    desk.own_price(&lamp, "120").await;
    assert_eq!(prior().await, "", "it rose");
    desk.shop.pass(5 * DAY);
    desk.own_price(&lamp, "90").await;
    assert_eq!(prior().await, "80.0 USD", "the lowest of thirty days, not the last");
    desk.shop.pass(100 * DAY);
    assert_eq!(prior().await, "80.0 USD", "counted from the beginning of the reduction");
    desk.own_price(&lamp, "90").await;
    assert_eq!(prior().await, "80.0 USD", "what changes nothing begins nothing");
    desk.own_price(&lamp, "85").await;
    assert_eq!(prior().await, "90.0 USD", "each reduction in a row counts for itself");
    assert_eq!(desk.prior("DE", &variant).await, "90.0 USD", "there is no list: it is the same everywhere");
}

#[tokio::test]
async fn a_list_whose_period_begins_is_a_reduction_that_nobody_wrote() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    desk.shop.pass(40 * DAY);
    let more = json!({ "startsAt": desk.moment(DAY), "endsAt": desk.moment(3 * DAY) });
    let sale = desk.list("USD", &["DE"], more).await;
    desk.price(&sale, &variant, "USD", "7").await;
    assert_eq!(desk.prior("DE", &variant).await, "", "not yet");
    desk.shop.pass(2 * DAY);
    assert_eq!(desk.prior("DE", &variant).await, "10.0 USD");
    assert_eq!(desk.prior("US", &variant).await, "", "the list is not for this country");
    desk.shop.pass(2 * DAY);
    assert_eq!(desk.prior("DE", &variant).await, "", "it is over");
    // The next reduction within thirty days has the sale's price before it, although the list is gone meanwhile.
    desk.call("priceListDelete", "__typename", json!({ "id": sale })).await.done("priceListDelete");
    desk.own_price(&lamp, "9").await;
    assert_eq!(desk.prior("DE", &variant).await, "7.0 USD");
    assert_eq!(desk.prior("US", &variant).await, "10.0 USD");
}

#[tokio::test]
async fn prices_of_another_currency_have_a_history_of_their_own() {
    let desk = Desk::new().await;
    let lamp = product("Lamp").price(1_000).make(&desk.shop).await;
    let variant = lamp.variant_gid(0);
    let list = desk.list("EUR", &["DE"], json!({})).await;
    desk.price(&list, &variant, "EUR", "9").await;
    desk.shop.pass(40 * DAY);
    desk.price(&list, &variant, "EUR", "8").await;
    assert_eq!(desk.prior("DE", &variant).await, "9.0 EUR");
    assert_eq!(desk.prior("US", &variant).await, "");
    // A tier is no reduction of the price of one.
    desk.prices(&list, "EUR", json!([{ "variantId": variant, "price": "5", "minimumQuantity": 10 }])).await;
    assert_eq!(desk.prior("DE", &variant).await, "9.0 EUR");
    let delete = json!({ "priceListId": list, "prices": [{ "variantId": variant }] });
    desk.call("priceListPricesDelete", "__typename", delete).await.done("priceListPricesDelete");
    assert_eq!(desk.prior("DE", &variant).await, "", "it has no price there");
}

#[tokio::test]
async fn every_way_to_a_price_is_written_down_and_an_import_in_bulk() {
    let desk = Desk::new().await;
    let mut file = "Handle,Title,Option1 Name,Option1 Value,Variant Price\n".to_owned();
    for number in 0..60 {
        file += &format!("thing-{number},Thing {number},Size,S,10\nthing-{number},,,M,11\n");
    }
    let import = async |file: String| {
        let (app, options) = (&desk.shop.app, Options::default());
        let work = import_products(&app.database, &app.sources, Cursor::new(file), &options, |_| {});
        let (report, count) = desk.shop.statements(work).await;
        assert!(!report.expect("a product file").has_refusals());
        count
    };
    let all = import(file.clone()).await;
    assert_eq!(rows(&desk).await, 120);
    assert!(all < 60, "{all} statements for sixty products");
    import(file.clone()).await;
    assert_eq!(rows(&desk).await, 120, "what is the same again is not written again");
    import(file.replace(",S,10", ",S,9")).await;
    assert_eq!(rows(&desk).await, 180);
    let lamp = json!({ "title": "Lamp", "variants": [{ "price": "5" }] });
    let made = desk.call("productCreate", "product { id }", lamp).await.done("productCreate");
    assert_eq!(rows(&desk).await, 181);
    let document = "mutation($id: ID!) { productDelete(input: { id: $id }) { userErrors { code } } }";
    desk.shop.ask(&desk.admin, document, json!({ "id": made["product"]["id"] })).await.done("productDelete");
    assert_eq!(rows(&desk).await, 180, "it goes with its product");
}
