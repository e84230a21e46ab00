//! No more goes into a cart than is in stock.

use serde_json::json;

use crate::{
    make::{
        cart::{ADD, CREATE, RENAME, UPDATE, codes, line_id, line_inputs, quantities},
        catalog::{product, variant},
    },
    support::TestShop,
};

#[tokio::test]
async fn more_than_in_stock_is_lowered_to_what_there_is() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500).stock(3)).make(&shop).await;
    let made = shop.change(CREATE, json!({ "input": { "lines": line_inputs(&[(mug.variant_gid(0), 5)]) } })).await;
    assert_eq!(quantities(&made["cart"]), [3]);
    assert_eq!(codes(&made["warnings"]), ["MERCHANDISE_NOT_ENOUGH_STOCK"]);
    assert_eq!(made["warnings"][0]["target"], line_id(&made["cart"], 0).as_str());
    assert_eq!(made["warnings"][0]["message"], "not enough of Mug in stock: the line now has 3");
    let id = made["cart"]["id"].clone();
    let again = shop.change(ADD, json!({ "cartId": id, "lines": line_inputs(&[(mug.variant_gid(0), 1)]) })).await;
    assert_eq!(
        (quantities(&again["cart"]), codes(&again["warnings"])),
        (vec![3], vec!["MERCHANDISE_NOT_ENOUGH_STOCK"])
    );
    let lines = json!([{ "id": line_id(&made["cart"], 0), "quantity": 900 }]);
    let more = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!((quantities(&more["cart"]), codes(&more["warnings"])), (vec![3], vec!["MERCHANDISE_NOT_ENOUGH_STOCK"]));
}

#[tokio::test]
async fn what_is_sold_out_makes_no_line() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500).stock(0)).make(&shop).await;
    let made = shop.change(CREATE, json!({ "input": { "lines": line_inputs(&[(mug.variant_gid(0), 1)]) } })).await;
    assert_eq!(quantities(&made["cart"]), [0_i64; 0]);
    assert_eq!(codes(&made["warnings"]), ["MERCHANDISE_OUT_OF_STOCK"]);
    assert_eq!(made["warnings"][0]["target"], mug.variant_gid(0).as_str());
}

#[tokio::test]
async fn stock_that_is_not_counted_or_may_be_oversold_limits_nothing() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500)).variant(variant(500).stock(0).continue_selling()).make(&shop).await;
    let lines = line_inputs(&[(mug.variant_gid(0), 999), (mug.variant_gid(1), 999)]);
    let made = shop.change(CREATE, json!({ "input": { "lines": lines } })).await;
    assert_eq!((quantities(&made["cart"]), &made["warnings"]), (vec![999, 999], &json!([])));
    assert_eq!(made["cart"]["problems"], json!([]));
}

#[tokio::test]
async fn a_wish_list_takes_what_is_sold_out_and_becomes_a_cart_with_a_problem() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500).stock(0)).make(&shop).await;
    let lines = line_inputs(&[(mug.variant_gid(0), 2)]);
    let made = shop.change(CREATE, json!({ "input": { "kind": "WISHLIST", "lines": lines } })).await;
    assert_eq!((quantities(&made["cart"]), &made["warnings"]), (vec![2], &json!([])));
    let cart = shop.change(RENAME, json!({ "input": { "cartId": made["cart"]["id"], "kind": "CART" } })).await;
    assert_eq!(codes(&cart["cart"]["problems"]), ["MERCHANDISE_OUT_OF_STOCK"]);
}

#[tokio::test]
async fn two_lines_of_one_variant_share_its_stock() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500).stock(5)).make(&shop).await;
    let line = |text: &str, quantity| json!({ "merchandiseId": mug.variant_gid(0), "quantity": quantity, "attributes": [{ "key": "text", "value": text }] });
    let made = shop.change(CREATE, json!({ "input": { "lines": [line("a", 3), line("b", 3), line("c", 1)] } })).await;
    assert_eq!(quantities(&made["cart"]), [3, 2]);
    assert_eq!(codes(&made["warnings"]), ["MERCHANDISE_NOT_ENOUGH_STOCK", "MERCHANDISE_OUT_OF_STOCK"]);
    let (id, cart) = (made["cart"]["id"].clone(), &made["cart"]);
    let (a, b) = (line_id(cart, 0), line_id(cart, 1));
    let lines = json!([{ "id": b, "quantity": 4 }, { "id": a, "quantity": 1 }]);
    let swapped = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!((quantities(&swapped["cart"]), &swapped["warnings"]), (vec![1, 4], &json!([])));
    let lines = json!([{ "id": a, "quantity": 4 }, { "id": b, "quantity": 4 }]);
    let capped = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(
        (quantities(&capped["cart"]), codes(&capped["warnings"])),
        (vec![4, 1], vec!["MERCHANDISE_NOT_ENOUGH_STOCK"])
    );
    assert_eq!(capped["warnings"][0]["target"], b.as_str());

    shop.stock(mug.variants[0], 4).await;
    let cart = shop.read_cart(id.as_str().expect("an id")).await;
    assert_eq!(codes(&cart["problems"]), ["MERCHANDISE_OUT_OF_STOCK"], "the first line gets the last four");
    assert_eq!(cart["problems"][0]["target"], b.as_str());
    shop.stock(mug.variants[0], 3).await;
    let cart = shop.read_cart(id.as_str().expect("an id")).await;
    assert_eq!(codes(&cart["problems"]), ["MERCHANDISE_NOT_ENOUGH_STOCK", "MERCHANDISE_OUT_OF_STOCK"]);
}

#[tokio::test]
async fn a_line_whose_stock_went_meanwhile_is_flagged_and_never_lost() {
    let shop = TestShop::new().await;
    let (mug, cup) =
        (product("Mug").variant(variant(500).stock(5)).make(&shop).await, product("Cup").make(&shop).await);
    let id = shop.cart(&[(mug.variant_gid(0), 5)]).await;
    shop.stock(mug.variants[0], 0).await;
    let line = line_id(&shop.read_cart(&id).await, 0);
    let other = shop.change(ADD, json!({ "cartId": id, "lines": line_inputs(&[(cup.variant_gid(0), 1)]) })).await;
    assert_eq!(quantities(&other["cart"]), [5, 1]);
    assert_eq!(codes(&other["cart"]["problems"]), ["MERCHANDISE_OUT_OF_STOCK"]);
    let more = shop.change(ADD, json!({ "cartId": id, "lines": line_inputs(&[(mug.variant_gid(0), 1)]) })).await;
    assert_eq!((quantities(&more["cart"]), codes(&more["warnings"])), (vec![5, 1], vec!["MERCHANDISE_OUT_OF_STOCK"]));
    let update =
        |quantity| shop.change(UPDATE, json!({ "cartId": id, "lines": [{ "id": line, "quantity": quantity }] }));
    let (raised, lowered) = (update(7).await, update(2).await);
    assert_eq!(
        (quantities(&raised["cart"]), codes(&raised["warnings"])),
        (vec![5, 1], vec!["MERCHANDISE_OUT_OF_STOCK"])
    );
    assert_eq!(
        (quantities(&lowered["cart"]), codes(&lowered["warnings"])),
        (vec![2, 1], vec!["MERCHANDISE_OUT_OF_STOCK"])
    );
}

#[tokio::test]
async fn a_line_stays_what_it_was_when_the_other_variant_is_sold_out() {
    let shop = TestShop::new().await;
    let mug = product("Mug").variant(variant(500).stock(5)).variant(variant(700).stock(0)).make(&shop).await;
    let id = shop.cart(&[(mug.variant_gid(0), 2)]).await;
    let line = line_id(&shop.read_cart(&id).await, 0);
    let lines = json!([{ "id": line, "merchandiseId": mug.variant_gid(1) }]);
    let changed = shop.change(UPDATE, json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(codes(&changed["warnings"]), ["MERCHANDISE_OUT_OF_STOCK"]);
    assert_eq!(changed["cart"]["lines"]["nodes"][0]["merchandise"]["id"], mug.variant_gid(0).as_str());
    assert_eq!(quantities(&changed["cart"]), [2]);
}
