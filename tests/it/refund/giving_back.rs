//! What goes back: by units, by amount, in parts; never more than came.

use serde_json::{Value, json};

use super::{units, usd};
use crate::{
    ledger::broken,
    support::{Caller, Process, TestShop},
};

#[tokio::test]
async fn part_after_part_gives_back_exactly_what_was_paid_and_nothing_more() {
    let shop = TestShop::still().await;
    let (staff, process) = (shop.admin().await, Process::of(&shop).await);
    let (pen, ink) = (shop.stocked("Pen", 333, 9).await, shop.stocked("Ink", 100, 9).await);
    let order = shop.complete(&shop.cart_with(&Caller::guest(), &[(&pen, 3), (&ink, 2)]).await).bought().await;
    let lines = order.line_ids(&shop).await;
    let made = order.refund(&shop, &staff, json!({ "lineItems": [units(&lines[0], 1, "NO_RESTOCK")] })).await;
    let made = made.done("refundCreate");
    assert_eq!(made["refund"]["amount"]["amount"], "3.33");
    assert_eq!(made["refund"]["status"], "SUCCEEDED");
    assert_eq!(made["refund"]["lineItems"][0]["lineItem"]["title"], "Pen");
    assert_eq!(made["order"]["financialStatus"], "PARTIALLY_REFUNDED");
    order.refund(&shop, &staff, json!({ "amount": usd("0.5"), "note": "Late" })).await.done("refundCreate");
    assert_eq!(order.axes(&shop).await, "PROCESSING PARTIALLY_REFUNDED UNFULFILLED");
    // Goodwill counts against what the units give back.
    let rest = [units(&lines[0], 2, "NO_RESTOCK"), units(&lines[1], 2, "NO_RESTOCK")];
    let made = order.refund(&shop, &staff, json!({ "lineItems": rest })).await.done("refundCreate");
    assert_eq!(made["refund"]["amount"]["amount"], "8.16");
    assert_eq!(made["order"]["financialStatus"], "REFUNDED");
    assert_eq!((shop.taken().await, shop.refunds().await), (0, 3));
    assert_eq!(order.refunds(&shop).await, ["SUCCEEDED 3.33", "SUCCEEDED 0.5", "SUCCEEDED 8.16"]);
    for input in [json!({ "amount": usd("0.01") }), json!({ "lineItems": [units(&lines[0], 1, "NO_RESTOCK")] })] {
        let refused = order.refund(&shop, &staff, input).await;
        assert_eq!(refused.refusals("refundCreate").len(), 1);
    }
    assert_eq!(order.balances(&shop, &staff).await, "", "nothing is owed either way");
    process.deliver().await;
    shop.sweep().await;
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
    assert_eq!(cartwright::domain::checkout::reconcile(&shop.app.checkout()).await.expect("compared"), 0);
}

#[tokio::test]
async fn a_suggestion_says_what_a_refund_would_give_back_and_changes_nothing() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let lines = order.line_ids(&shop).await;
    let document = "query($id: ID!, $lines: [RefundLineItemInput!], $amount: MoneyInput) { order(id: $id) { \
                    suggestedRefund(lineItems: $lines, amount: $amount) { subtotal { amount } adjustment { amount } \
                    total { amount } gateways { amount } giftCards { amount } left { amount } } } }";
    let variables = json!({ "id": order.id, "lines": [units(&lines[0], 1, "CANCEL")], "amount": usd("1.0") });
    let suggested = shop.ask(&staff, document, variables.clone()).await.at("/order/suggestedRefund");
    let amount = |amount: &str| json!({ "amount": amount });
    assert_eq!(
        suggested,
        json!({ "subtotal": amount("2.5"), "adjustment": amount("1.0"), "total": amount("3.5"),
                "gateways": amount("3.5"), "giftCards": amount("0.0"), "left": amount("5.0") })
    );
    let input = json!({ "lineItems": [units(&lines[0], 1, "CANCEL")], "amount": usd("1.0") });
    let made = order.refund(&shop, &staff, input).await.done("refundCreate");
    assert_eq!(made["refund"]["amount"], suggested["total"]);
    let refused = shop.ask(&staff, document, json!({ "id": order.id, "amount": usd("1.51") })).await;
    assert_eq!(refused.code(), "BAD_USER_INPUT");
    assert!(refused.body.to_string().contains("at most 1.50 USD"), "{}", refused.body);
    let hidden = shop.ask(&order.caller, document, variables).await;
    assert_eq!(hidden.code(), "UNAUTHENTICATED");
}

#[tokio::test]
async fn an_order_that_is_canceled_after_a_refund_gives_back_only_the_rest() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 3, "sandbox_ok").await;
    let lines = order.line_ids(&shop).await;
    order.refund(&shop, &staff, json!({ "lineItems": [units(&lines[0], 1, "CANCEL")] })).await.done("refundCreate");
    order.refund(&shop, &staff, json!({ "amount": usd("1.0") })).await.done("refundCreate");
    assert_eq!(shop.stock_of(pen.variants[0]).await, (7, 0));
    order.cancel(&shop, &staff).await.done("orderCancel");
    shop.sweep().await;
    assert_eq!(order.refunds(&shop).await, ["SUCCEEDED 2.5", "SUCCEEDED 1.0", "SUCCEEDED 4.0"]);
    assert_eq!((shop.taken().await, shop.stock_of(pen.variants[0]).await), (0, (9, 0)), "each unit once");
    assert_eq!(order.axes(&shop).await, "CANCELED REFUNDED UNFULFILLED");
    let refused = order.refund(&shop, &staff, json!({ "amount": usd("1.0") })).await;
    assert_eq!(refused.refusals("refundCreate"), ["NOT_ALLOWED"]);
    assert_eq!(order.balances(&shop, &staff).await, "");
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn each_refund_has_a_credit_note_of_its_units_and_one_mail() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (pen, ink) = (shop.stocked("Pen", 250, 9).await, shop.stocked("Ink", 100, 9).await);
    let order = shop.complete(&shop.cart_with(&Caller::guest(), &[(&pen, 3), (&ink, 1)]).await).bought().await;
    let lines = order.line_ids(&shop).await;
    let first = json!({ "lineItems": [units(&lines[0], 2, "NO_RESTOCK")], "amount": usd("0.25") });
    order.refund(&shop, &staff, first).await.done("refundCreate");
    let quiet = json!({ "lineItems": [units(&lines[1], 1, "NO_RESTOCK")], "notifyCustomer": false });
    order.refund(&shop, &staff, quiet).await.done("refundCreate");
    let document = "query($id: ID!) { order(id: $id) { invoices { kind number } timeline { type message } } }";
    let read = shop.ask(&order.caller, document, json!({ "id": order.id })).await.at("/order");
    let kinds: Vec<&str> =
        read["invoices"].as_array().expect("a list").iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["INVOICE", "CREDIT_NOTE", "CREDIT_NOTE"]);
    let told = read["timeline"].to_string();
    assert!(told.contains("5.25 USD went back to you.") && told.contains("1.00 USD went back to you."), "{told}");
    let printed: Vec<Value> = documents(&shop).await;
    let titles = |place: usize| -> Vec<(String, i64, String)> {
        let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
        let lines = printed[place]["lines"].as_array().expect("lines");
        lines
            .iter()
            .map(|line| (text(&line["title"]), line["quantity"].as_i64().unwrap_or(0), text(&line["total"])))
            .collect()
    };
    let line = |title: &str, quantity: i64, total: &str| (title.to_owned(), quantity, total.to_owned());
    assert_eq!(titles(1), [line("Pen", 2, "5.00 USD"), line("Goodwill", 1, "0.25 USD")]);
    assert_eq!(titles(2), [line("Ink", 1, "1.00 USD")]);
    assert_eq!(printed[1]["total_minor"], 525);
    let mails = mails(&shop).await;
    assert_eq!(mails, ["order_confirmation", "refund"], "the second was to be quiet");
}

/// The documents of the shop as they are kept, in the order of their issue.
async fn documents(shop: &TestShop) -> Vec<Value> {
    use sea_orm::{EntityTrait, QueryOrder};
    let rows = entity::invoice::invoice::Entity::find()
        .order_by_asc(entity::invoice::invoice::Column::Kind)
        .order_by_asc(entity::invoice::invoice::Column::Sequence);
    let mut rows = rows.all(shop.app.database.reader()).await.expect("documents");
    rows.sort_by_key(|row| row.kind == entity::invoice::invoice::InvoiceKind::CreditNote);
    rows.into_iter().map(|row| row.snapshot).collect()
}

/// The kinds of the mails that are queued.
async fn mails(shop: &TestShop) -> Vec<String> {
    use sea_orm::{ActiveEnum, EntityTrait};
    let rows = entity::notification::notification::Entity::find().all(shop.app.database.reader()).await.expect("mails");
    let mut kinds: Vec<String> = rows.iter().map(|row| row.kind.to_value().to_lowercase()).collect();
    kinds.sort();
    kinds
}
