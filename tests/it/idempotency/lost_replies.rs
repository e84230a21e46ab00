//! A network that loses three answers in ten: whoever asks again with the same key gets one effect a key.

use std::{sync::Arc, time::Duration};

use faultproxy::{FaultProxy, Mode};
use serde_json::{Value, json};

use super::rows;
use crate::{make::purchase::completion, support::Server};

const SHOPPERS: usize = 16;

/// Asks until an answer comes, each time with the same key; returns it and how often it asked.
async fn persist(client: &reqwest::Client, url: &str, key: &str, body: &Value) -> (Value, usize) {
    for attempt in 1..200 {
        let request = client.post(url).header("idempotency-key", key).json(body);
        if let Ok(response) = request.send().await
            && let Ok(text) = response.text().await
            && let Ok(answer) = serde_json::from_str::<Value>(&text)
        {
            if answer.get("errors").is_none() {
                return (answer, attempt);
            }
            let code = &answer["errors"][0]["extensions"]["code"];
            assert!(code == "IDEMPOTENCY_IN_PROGRESS" || code == "SERVICE_UNAVAILABLE", "{answer}");
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no answer for {key}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_three_replies_in_ten_lost_every_key_has_one_effect() {
    let server = Arc::new(Server::start().await);
    let pen = server.shop.stocked("Pen", 250, 100).await;
    let proxy = FaultProxy::start(server.address, 20_261_121).await.expect("a proxy");
    proxy.set(Mode::DropReply(0.3));
    let url = format!("http://{}/graphql", proxy.address());
    let shoppers = (0..SHOPPERS).map(|number| {
        let (url, variant) = (url.clone(), pen.variant_gid(0));
        tokio::spawn(async move {
            let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().expect("a client");
            let create = json!({
                "query": "mutation($i: CartInput) { cartCreate(input: $i) { cart { id } userErrors { code } } }",
                "variables": { "i": { "lines": [{ "merchandiseId": variant, "quantity": 1 }] } },
            });
            let (made, first) = persist(&client, &url, &format!("cart-{number}"), &create).await;
            let cart = made["data"]["cartCreate"]["cart"]["id"].as_str().expect("a cart").to_owned();
            let complete = json!({
                "query": "mutation($i: CheckoutCompleteInput!) { checkoutComplete(input: $i) { order { id } userErrors { code } } }",
                "variables": { "i": completion(&cart, "sandbox_ok") },
            });
            let (placed, second) = persist(&client, &url, &format!("order-{number}"), &complete).await;
            let order = placed["data"]["checkoutComplete"]["order"]["id"].as_str().expect("an order").to_owned();
            (order, first + second)
        })
    });
    let (mut orders, mut asked) = (Vec::new(), 0);
    for shopper in shoppers.collect::<Vec<_>>() {
        let (order, attempts) = shopper.await.expect("it ends");
        orders.push(order);
        asked += attempts;
    }
    orders.sort();
    orders.dedup();
    assert!(asked > 2 * SHOPPERS, "the proxy lost nothing: {asked}");
    assert_eq!(orders.len(), SHOPPERS);
    let shop = &server.shop;
    let count = i64::try_from(SHOPPERS).expect("few");
    assert_eq!((rows(shop, "cart").await, rows(shop, "orders").await), (count, count));
    assert_eq!((shop.book().await.len(), shop.taken().await), (SHOPPERS, 250 * count));
    assert_eq!(shop.stock_of(pen.variants[0]).await, (100 - count, 0));
}
