//! How many SQL statements orders cost: the same for one and for many.

use serde_json::{Value, json};

use crate::{
    make::checkout::ORDER,
    support::{Caller, TestShop},
};

#[tokio::test]
async fn a_list_of_orders_with_everything_costs_the_same_for_few_and_many() {
    let shop = TestShop::still().await;
    let admin = shop.admin().await;
    let (pen, ink) = (shop.stocked("Pen", 250, 90).await, shop.stocked("Ink", 400, 90).await);
    let document = format!(
        "{{ orders(first: 50) {{ nodes {{ ...O lineItems(first: 250) {{ nodes {{ variant {{ id title product {{ title \
         }} }} }} }} }} }} }} {ORDER}"
    );
    let mut costs = Vec::new();
    for round in 0..6 {
        let cart = shop.cart_with(&Caller::guest(), &[(&pen, 1), (&ink, 1)]).await;
        let order = shop.complete(&cart).bought().await;
        if round % 2 == 0 {
            order.ship(&shop, &admin, Value::Null).await.done("fulfillmentCreate");
        } else {
            order.cancel(&shop, &admin).await.done("orderCancel");
        }
        if round > 0 {
            let (answer, count) = shop.statements(shop.ask(&admin, &document, json!({}))).await;
            assert_eq!(answer.at("/orders/nodes").as_array().map(Vec::len), Some(round + 1));
            costs.push(count);
        }
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
    // Orders, lines (once more for the shipments), timelines, payments, refunds and what staff decided of them, shipments, their
    // contents, variants, products.
    assert!(costs[0] <= 11, "{costs:?}");
}

#[tokio::test]
async fn completing_a_cart_costs_the_same_for_any_number_of_untracked_lines() {
    let shop = TestShop::still().await;
    let mut made = Vec::new();
    for number in 0..12 {
        made.push(crate::make::catalog::product(&format!("Thing {number}")).price(100).make(&shop).await);
    }
    let mut costs = Vec::new();
    for lines in [1, 12] {
        let lines: Vec<_> = made[..lines].iter().map(|made| (made, 1)).collect();
        let cart = shop.cart_with(&Caller::guest(), &lines).await;
        let (answer, count) = shop.statements(shop.complete(&cart).token("sandbox_challenge").send()).await;
        answer.done("checkoutComplete");
        costs.push(count);
    }
    assert_eq!(costs[0], costs[1]);
}
