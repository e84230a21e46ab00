//! Numbers have no gaps, however many place orders at once, and whoever gives up.

use cartwright::{
    domain::{checkout, invoice, order},
    platform::tx,
};
use entity::{ids::OrderId, invoice::invoice::InvoiceKind};
use futures::future::join_all;

use super::rows;
use crate::{
    make::checkout::Bought,
    support::{Caller, Process, TestShop},
};

fn order_id(bought: &Bought) -> OrderId {
    let uuid = bought.id.rsplit('/').next().and_then(|text| uuid::Uuid::try_parse(text).ok());
    OrderId(uuid.expect("an order's id"))
}

async fn sequences(shop: &TestShop, kind: InvoiceKind) -> Vec<i64> {
    rows(shop).await.into_iter().filter(|row| row.kind == kind).map(|row| row.sequence).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_who_pay_at_once_and_ten_who_are_declined_leave_no_gap_and_so_do_their_refunds() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 100).await;
    let mut carts = Vec::new();
    for place in 0..60 {
        let token = if place % 6 == 5 { "sandbox_declined" } else { "sandbox_ok" };
        carts.push((shop.cart_with(&Caller::guest(), &[(&made, 1)]).await, token));
    }
    let still = &shop;
    let buying = carts.iter().map(|(cart, token)| async move { still.complete(cart).token(token).bought().await });
    let bought: Vec<Bought> = join_all(buying).await;
    shop.sweep().await;
    assert_eq!(sequences(&shop, InvoiceKind::Invoice).await, (1..=50).collect::<Vec<_>>());
    let other = Process::beside(&shop).await;
    let canceling = bought.iter().take(24).map(|order| async {
        order.cancel(&shop, &order.caller).await.done("orderCancel");
    });
    let sending = async {
        for _ in 0..5 {
            checkout::send_due_refunds(&other.app.checkout()).await.expect("a round");
        }
    };
    tokio::join!(join_all(canceling), sending);
    shop.sweep().await;
    assert_eq!(sequences(&shop, InvoiceKind::CreditNote).await, (1..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_transaction_that_is_undone_gives_its_number_back() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen", 250, 5).await;
    let waiting = shop.order_of(&made, 1, "sandbox_challenge").await;
    let (sources, issuer) = (&shop.app.sources, &shop.app.issuer);
    for _ in 0..3 {
        let tx = tx::begin(&shop.app.database).await.expect("a transaction");
        let row = order::lock_order(&tx, order_id(&waiting)).await.expect("locked");
        invoice::issue_invoice(&tx, sources, issuer, &row).await.expect("issued");
        let issued = invoice::invoices_of(&*tx, &[row.id]).await.expect("read");
        assert_eq!(issued[0].number, "INV-1");
        tx.rollback().await.expect("rolled back");
    }
    shop.order_of(&made, 1, "sandbox_ok").await;
    shop.order_of(&made, 1, "sandbox_ok").await;
    assert_eq!(sequences(&shop, InvoiceKind::Invoice).await, [1, 2]);
}
