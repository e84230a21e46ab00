//! Many buyers at once: exactly what is there is sold, nothing is charged for what is not.

use std::{sync::Arc, time::Duration};

use cartwright::platform::tx;
use entity::{catalog::product, inventory::stock_level};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    make::checkout::{Bought, complete_document},
    support::{Answer, Caller, Process, TestShop},
};

/// Where a buyer completes: in this process or in the other one.
#[derive(Clone)]
pub struct Buyers {
    pub shop: Arc<TestShop>,
    other: Arc<Process>,
}

impl Buyers {
    /// The buyers of a still shop, half of them in another process of it.
    pub async fn of(shop: TestShop) -> Self {
        let other = Arc::new(Process::beside(&shop).await);
        Self { shop: Arc::new(shop), other }
    }

    /// Asks as a guest, in one process or the other by turns.
    pub async fn guest(&self, number: usize, document: &str, variables: Value) -> Answer {
        if number.is_multiple_of(2) {
            self.shop.guest(document, variables).await
        } else {
            self.other.guest(document, variables).await
        }
    }

    /// Lets every cart be completed at once; returns how many were sold and the codes of the refusals.
    pub async fn rush(&self, carts: Vec<String>) -> (usize, Vec<String>) {
        let mut rushing = JoinSet::new();
        for (number, cart) in carts.into_iter().enumerate() {
            let buyers = self.clone();
            rushing.spawn(async move { buyers.complete(number, &cart).await });
        }
        let (mut orders, mut refusals) = (Vec::new(), Vec::new());
        while let Some(answer) = rushing.join_next().await {
            let answer = answer.expect("it ends");
            refusals.extend(answer.refusals("checkoutComplete"));
            orders.extend(Bought::of(&answer, &Caller::guest()));
        }
        // What a rush for connections left open is settled by the jobs. Where the bank was not reached, its buyer tries
        // again.
        self.shop.pass(30);
        self.shop.sweep().await;
        for order in &orders {
            if order.axes(&self.shop).await.starts_with("PENDING_PAYMENT") {
                order.retry(&self.shop, "sandbox_ok", json!({})).await.done("paymentRetry");
            }
            assert_eq!(order.axes(&self.shop).await, "PROCESSING PAID UNFULFILLED");
        }
        (orders.len(), refusals)
    }

    async fn complete(&self, number: usize, cart: &str) -> Answer {
        let key = format!("buyer-{number}");
        let completing = self.shop.complete(cart).key(&key);
        // As every client: with the same key again when the answer is that the shop could not.
        for attempt in 0..20 {
            let answer = if number.is_multiple_of(2) {
                completing.send().await
            } else {
                self.other.guest(&complete_document(), completing.variables()).await
            };
            if answer.body.get("errors").is_none() {
                return answer;
            }
            assert!(!answer.body.to_string().contains("deadlock"), "{:#}", answer.body);
            tokio::time::sleep(Duration::from_millis(50 * (attempt + 1))).await;
        }
        panic!("buyer {number} never got an answer")
    }
}

/// A still shop whose buyers wait for a connection as long as it takes: these tests are about stock, not about load.
pub async fn patient() -> TestShop {
    TestShop::still_with(&[("CARTWRIGHT_DATABASE_POOL_WAIT_SECONDS", "8")]).await
}

/// As [`Buyers::rush`], in a shop that is used once.
async fn rush(shop: TestShop, carts: Vec<String>) -> (Arc<TestShop>, usize, Vec<String>) {
    let buyers = Buyers::of(shop).await;
    let (sold, refusals) = buyers.rush(carts).await;
    (buyers.shop, sold, refusals)
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_of_the_same_things_in_another_order_do_not_wait_in_a_circle() {
    let shop = patient().await;
    let (one, two, three) =
        (shop.stocked("One", 100, 99).await, shop.stocked("Two", 100, 99).await, shop.stocked("Three", 0, 99).await);
    let mut carts = Vec::new();
    for number in 0..24 {
        let mut lines = vec![(&one, 1), (&two, 1), (&three, 1)];
        lines.rotate_left(number % 3);
        if number % 2 == 0 {
            lines.reverse();
        }
        carts.push(shop.cart_with(&Caller::guest(), &lines).await);
    }
    let (shop, sold, _) = rush(shop, carts).await;
    assert_eq!(sold, 24);
    for made in [&one, &two, &three] {
        assert_eq!(shop.stock_of(made.variants[0]).await, (75, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_who_change_a_product_and_its_stock_do_not_wait_in_a_circle_with_its_buyers() {
    let shop = patient().await;
    let (paid, free) = (shop.stocked("Paid", 100, 99).await, shop.stocked("Free", 0, 99).await);
    let mut carts = Vec::new();
    for number in 0..20 {
        carts.push(shop.cart_with(&Caller::guest(), &[(if number % 2 == 0 { &paid } else { &free }, 1)]).await);
    }
    // As an import does: the product is locked, then its stock.
    let other = Process::beside(&shop).await;
    let database = other.app.database.clone();
    let (ids, variants) = ([paid.id, free.id], [paid.variants[0], free.variants[0]]);
    let staff = tokio::spawn(async move {
        for _ in 0..15 {
            let tx = tx::begin(&database).await.expect("a transaction");
            let products = product::Entity::find().filter(product::Column::Id.is_in(ids));
            products.order_by_asc(product::Column::Id).lock_exclusive().all(&*tx).await.expect("locked");
            tokio::time::sleep(Duration::from_millis(10)).await;
            let levels = stock_level::Entity::find().filter(stock_level::Column::VariantId.is_in(variants));
            levels.order_by_asc(stock_level::Column::VariantId).lock_exclusive().all(&*tx).await.expect("no circle");
            tx.commit().await.expect("committed");
        }
    });
    let (shop, sold, _) = rush(shop, carts).await;
    staff.await.expect("it ends");
    assert_eq!(sold, 20);
    assert_eq!(shop.stock_of(paid.variants[0]).await, (89, 0));
    assert_eq!(shop.stock_of(free.variants[0]).await, (89, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn buying_canceling_and_expiring_at_once_leaves_the_books_right() {
    let shop = Arc::new(patient().await);
    let (staff, made) = (shop.admin().await, shop.stocked("Busy", 250, 40).await);
    let other = Arc::new(Process::beside(&shop).await);
    let mut busy = JoinSet::new();
    for number in 0..30_usize {
        let (shop, staff, made) = (Arc::clone(&shop), staff.clone(), made.clone());
        busy.spawn(async move {
            let token = ["sandbox_ok", "sandbox_declined", "sandbox_wrong_amount"][number % 3];
            let order = shop.order_of(&made, 1, token).await;
            match number % 4 {
                0 => drop(order.cancel(&shop, &order.caller).await),
                1 => drop(order.ship(&shop, &staff, Value::Null).await),
                2 => drop(order.retry(&shop, "sandbox_ok", json!({})).await),
                _ => {}
            }
        });
    }
    let sweeping = tokio::spawn({
        let (shop, other) = (Arc::clone(&shop), Arc::clone(&other));
        async move {
            for _ in 0..5 {
                other.deliver().await;
                shop.sweep().await;
            }
        }
    });
    while let Some(done) = busy.join_next().await {
        done.expect("it ends");
    }
    sweeping.await.expect("it ends");
    shop.pass(1_000);
    for _ in 0..3 {
        shop.sweep().await;
        other.deliver().await;
    }
    let taken = shop.taken().await;
    let (on_hand, reserved) = shop.stock_of(made.variants[0]).await;
    assert_eq!(reserved, 0);
    assert_eq!(taken, (40 - on_hand) * 250, "what is gone is paid, what is paid is gone");
    assert!(taken > 0);
}
