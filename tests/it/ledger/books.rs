//! The ledger beside the gateways' books: the comparison finds what was changed in either.

use cartwright::{domain::checkout, platform::tx};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::{Caller, Process, TestShop};

async fn compare(shop: &TestShop) -> usize {
    checkout::reconcile(&shop.app.checkout()).await.expect("compared")
}

async fn shown(shop: &TestShop, staff: &Caller) -> Vec<String> {
    let document = "{ gatewayDifferences { detail } }";
    let differences = shop.ask(staff, document, json!({})).await.at("/gatewayDifferences");
    let detail = |difference: &Value| difference["detail"].as_str().unwrap_or("?").to_owned();
    differences.as_array().expect("a list").iter().map(detail).collect()
}

async fn run(shop: &TestShop, statement: &str) {
    let tx = tx::begin(&shop.app.database).await.expect("a transaction");
    let done = tx.execute_unprepared(statement).await.expect("it runs");
    assert!(done.rows_affected() > 0, "{statement} changes nothing");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn a_ledger_that_says_otherwise_than_the_gateway_is_shown_until_it_does_not() {
    let shop = TestShop::still().await;
    let (staff, made) = (shop.admin().await, shop.stocked("Pen", 250, 9).await);
    shop.order_of(&made, 2, "sandbox_ok").await;
    let canceled = shop.order_of(&made, 1, "sandbox_ok").await;
    canceled.cancel(&shop, &staff).await.done("orderCancel");
    shop.complete(&shop.cart_with(&Caller::guest(), &[(&made, 1)]).await).hold().bought().await;
    Process::of(&shop).await.deliver().await;
    shop.sweep().await;
    shop.pass(120);
    assert_eq!(compare(&shop).await, 0, "{:?}", shown(&shop, &staff).await);

    let change = |by: &str| {
        format!(
            "UPDATE ledger_entry SET amount_minor = amount_minor {by} WHERE account = 'GATEWAY' AND amount_minor > 400"
        )
    };
    run(&shop, &change("- 1")).await;
    assert_eq!(compare(&shop).await, 1);
    assert_eq!(shown(&shop, &staff).await, ["taken: the gateway says 5.00 USD, our books 4.99 USD"]);
    run(&shop, &change("+ 1")).await;
    assert_eq!(compare(&shop).await, 0);
    assert!(shown(&shop, &staff).await.is_empty());

    run(&shop, "UPDATE sandbox_intent SET refunded_minor = 100 WHERE captured_minor = 500").await;
    assert_eq!(compare(&shop).await, 1);
    assert_eq!(shown(&shop, &staff).await, ["given back: the gateway says 1.00 USD, our books 0.00 USD"]);
}
