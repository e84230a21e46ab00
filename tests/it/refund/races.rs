//! Many refunds at once: never more than came, each once.

use futures::future::join_all;
use serde_json::{Value, json};

use super::{REFUND, units, usd};
use crate::{
    ledger::broken,
    support::{Server, TestShop},
};

#[tokio::test]
async fn twenty_refunds_at_once_never_give_back_more_than_was_taken() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 4, "sandbox_ok").await;
    // Ten dollars came; each asks for ninety cents.
    let answers = join_all((0..20).map(|_| order.refund(&shop, &staff, json!({ "amount": usd("0.9") })))).await;
    let refused = answers.iter().filter(|answer| answer.refusals("refundCreate") == ["AMOUNT_INVALID"]).count();
    assert_eq!(refused, 9);
    assert!(answers.iter().all(|answer| answer.refusals("refundCreate").len() <= 1));
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.refunds().await), (1_000 - 11 * 90, 11));
    assert_eq!(order.axes(&shop).await, "PROCESSING PARTIALLY_REFUNDED UNFULFILLED");
    assert_eq!(order.balances(&shop, &staff).await, "SALES -0.1, GATEWAY 0.1");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn the_same_units_asked_back_twenty_times_at_once_go_back_once() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 3, "sandbox_ok").await;
    let line = order.line_ids(&shop).await.remove(0);
    let cancel = || order.refund(&shop, &staff, json!({ "lineItems": [units(&line, 2, "CANCEL")] }));
    let answers = join_all((0..20).map(|_| cancel())).await;
    let done = answers.iter().filter(|answer| answer.refusals("refundCreate").is_empty()).count();
    assert_eq!(done, 1);
    shop.sweep().await;
    assert_eq!((shop.taken().await, shop.stock_of(pen.variants[0]).await), (250, (8, 0)));
}

#[tokio::test]
async fn refunds_and_cancellations_at_once_give_back_what_was_paid_and_each_unit_once() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    for _ in 0..5 {
        let order = shop.order_of(&pen, 3, "sandbox_ok").await;
        let line = order.line_ids(&shop).await.remove(0);
        let refunds = (0..3).map(|_| order.refund(&shop, &staff, json!({ "lineItems": [units(&line, 1, "CANCEL")] })));
        let amounts = (0..3).map(|_| order.refund(&shop, &staff, json!({ "amount": usd("1.0") })));
        let cancels = (0..2).map(|_| order.cancel(&shop, &staff));
        futures::join!(join_all(refunds), join_all(amounts), join_all(cancels));
        shop.sweep().await;
        assert_eq!((shop.taken().await, shop.stock_of(pen.variants[0]).await), (0, (9, 0)));
        assert_eq!(order.axes(&shop).await, "CANCELED REFUNDED UNFULFILLED");
        assert_eq!(order.balances(&shop, &staff).await, "");
    }
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn a_refund_that_is_sent_twice_with_its_key_happens_once() {
    let server = Server::still().await;
    let staff = server.admin().await;
    let pen = server.shop.stocked("Pen", 250, 9).await;
    let order = server.shop.order_of(&pen, 2, "sandbox_ok").await;
    let body = json!({ "query": REFUND, "variables": { "input": { "orderId": order.id, "amount": usd("1.0") } } });
    let send = |key: &'static str| {
        let request = server.request(reqwest::Method::POST, "/graphql").header("idempotency-key", key).json(&body);
        server.send(staff.dress(request))
    };
    let first = send("refund-1").await;
    let again = send("refund-1").await;
    assert_eq!(first.text(), again.text(), "the first answer, byte for byte");
    assert_eq!(again.header("idempotent-replayed"), "true");
    let at_once = join_all((0..5).map(|_| send("refund-2"))).await;
    let done = at_once.iter().filter(|reply| reply.json()["data"]["refundCreate"]["refund"]["id"] != Value::Null);
    assert!(done.count() >= 1);
    server.shop.sweep().await;
    assert_eq!((server.shop.taken().await, server.shop.refunds().await), (300, 2), "two keys, two refunds");
}
