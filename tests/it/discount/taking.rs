//! Uses are counted in the transaction that makes an order: no limit is passed, and what is given up is free again.

use std::sync::Arc;

use cartwright::{
    domain::discount::{self, Buyer, Spent, Why},
    platform::tx,
};
use entity::ids::{AccountId, DiscountId, OrderId};
use serde_json::json;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{Desk, discount_id, guest, uuid};

type Taken = Result<(), Vec<Spent>>;

impl Desk {
    /// Orders that have nothing to do with any discount yet.
    async fn orders(&self, count: usize) -> Vec<OrderId> {
        let made = self.shop.stocked("Thing", 100, 500).await;
        let mut orders = Vec::new();
        for _ in 0..count {
            orders.push(OrderId(uuid(&self.shop.order_of(&made, 1, "sandbox_challenge").await.id)));
        }
        orders
    }

    async fn take(&self, order: OrderId, buyer: &Buyer, ids: &[DiscountId]) -> Taken {
        let tx = tx::begin(&self.shop.app.database).await.expect("a transaction");
        let taken = discount::take(&tx, &self.shop.app.sources, order, buyer, ids).await.expect("no fault");
        match taken {
            Ok(()) => tx.commit().await.expect("committed"),
            Err(_) => tx.rollback().await.expect("undone"),
        }
        taken
    }

    async fn give_back(&self, order: OrderId) {
        let tx = tx::begin(&self.shop.app.database).await.expect("a transaction");
        discount::give_back(&tx, &self.shop.app.sources, order).await.expect("given back");
        tx.commit().await.expect("committed");
    }

    async fn take_again(&self, order: OrderId) -> bool {
        let tx = tx::begin(&self.shop.app.database).await.expect("a transaction");
        let taken = discount::take_again(&tx, order).await.expect("no fault");
        // Also when it was refused: it has written nothing then.
        tx.commit().await.expect("committed");
        taken
    }
}

fn spent(id: &str, why: Why) -> Taken {
    Err(vec![Spent { discount_id: discount_id(id), why }])
}

#[tokio::test]
async fn a_use_is_taken_given_back_once_and_taken_again() {
    let desk = Desk::new().await;
    let orders = desk.orders(3).await;
    let (one, other) = (desk.code("ONE", json!({ "usageLimit": 1 })).await, desk.automatic("Auto", json!({})).await);
    let ids = [discount_id(&other), discount_id(&one), discount_id(&one)];
    assert_eq!(desk.take(orders[0], &guest("a@example.com"), &ids).await, Ok(()));
    assert_eq!((desk.uses(&one).await, desk.uses(&other).await), ((1, 1), (1, 1)));
    assert_eq!(desk.take(orders[0], &guest("a@example.com"), &ids).await, Ok(()), "an edit of the order");
    assert_eq!((desk.uses(&one).await, desk.uses(&other).await), ((1, 1), (1, 1)));
    assert_eq!(desk.take(orders[1], &guest("b@example.com"), &ids).await, spent(&one, Why::UsedUp));
    assert_eq!(desk.uses(&other).await, (1, 1), "all or none");
    for _ in 0..2 {
        desk.give_back(orders[0]).await;
        assert_eq!((desk.uses(&one).await, desk.uses(&other).await), ((0, 0), (0, 0)));
    }
    desk.give_back(orders[2]).await;
    assert_eq!(desk.take(orders[1], &guest("b@example.com"), &ids).await, Ok(()));
    assert!(!desk.take_again(orders[0]).await, "somebody else has the use");
    assert_eq!((desk.uses(&one).await, desk.uses(&other).await), ((1, 1), (1, 1)));
    desk.give_back(orders[1]).await;
    for _ in 0..2 {
        assert!(desk.take_again(orders[0]).await);
        assert_eq!((desk.uses(&one).await, desk.uses(&other).await), ((1, 1), (1, 1)));
    }
    assert!(desk.take_again(orders[2]).await, "it never had any");
}

#[tokio::test]
async fn customers_have_limits_of_their_own_by_account_and_by_address() {
    let desk = Desk::new().await;
    let id = desk.code("ONCE", json!({ "usageLimitPerCustomer": 1 })).await;
    let ids = [discount_id(&id)];
    let orders = desk.orders(6).await;
    let ada = Buyer { account_id: Some(AccountId(Uuid::now_v7())), email: Some("ada@example.com".to_owned()) };
    assert_eq!(desk.take(orders[0], &ada, &ids).await, Ok(()));
    assert_eq!(desk.take(orders[1], &ada, &ids).await, spent(&id, Why::UsedUpByCustomer));
    let elsewhere = Buyer { email: Some("other@example.com".to_owned()), ..ada.clone() };
    assert_eq!(desk.take(orders[1], &elsewhere, &ids).await, spent(&id, Why::UsedUpByCustomer));
    assert_eq!(
        desk.take(orders[1], &guest("Ada@Example.com"), &ids).await,
        spent(&id, Why::UsedUpByCustomer),
        "signed out"
    );
    assert_eq!(desk.take(orders[2], &guest("bob@example.com"), &ids).await, Ok(()));
    assert_eq!(desk.take(orders[3], &guest("BOB@Example.com"), &ids).await, spent(&id, Why::UsedUpByCustomer));
    assert_eq!(desk.uses(&id).await, (2, 2));
    desk.give_back(orders[0]).await;
    assert_eq!(desk.uses(&id).await, (1, 1));
    assert_eq!(desk.take(orders[1], &guest("ada@example.com"), &ids).await, Ok(()));
    assert_eq!(desk.take(orders[4], &ada, &ids).await, spent(&id, Why::UsedUpByCustomer), "signed in again");
    assert!(!desk.take_again(orders[0]).await);
    assert_eq!(desk.uses(&id).await, (2, 2));
}

#[tokio::test]
async fn a_limit_is_not_set_below_what_is_used_and_a_removed_discount_takes_its_uses_along() {
    let desk = Desk::new().await;
    let id = desk.code("MANY", json!({})).await;
    let orders = desk.orders(4).await;
    for order in &orders[..3] {
        assert_eq!(desk.take(*order, &guest("bob@example.com"), &[discount_id(&id)]).await, Ok(()));
    }
    let low = json!({ "id": id, "usageLimit": 2, "usageLimitPerCustomer": 2 });
    assert_eq!(
        desk.refused("discountCodeUpdate", low).await,
        ["usageLimit BELOW_USED", "usageLimitPerCustomer BELOW_USED"]
    );
    let changed = desk.done("discountCodeUpdate", json!({ "id": id, "usageLimit": 3 })).await;
    assert_eq!((&changed["usageLimit"], &changed["usageCount"]), (&json!(3), &json!(3)));
    assert_eq!(desk.take(orders[3], &guest("al@example.com"), &[discount_id(&id)]).await, spent(&id, Why::UsedUp));
    desk.give_back(orders[0]).await;
    desk.call("discountCodeDelete", "deletedDiscountId", json!({ "id": id })).await.done("discountCodeDelete");
    desk.give_back(orders[1]).await;
    assert!(desk.take_again(orders[0]).await, "what is gone has no limit");
    assert_eq!(desk.take(orders[3], &guest("al@example.com"), &[discount_id(&id)]).await, spent(&id, Why::Gone));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_at_once_no_limit_is_passed_and_nobody_waits_in_a_circle() {
    let desk = Desk::of(crate::checkout::races::patient().await).await;
    let five = desk.code("FIVE", json!({ "usageLimit": 5 })).await;
    let twice = desk.code("TWICE", json!({ "usageLimitPerCustomer": 2 })).await;
    let (five, twice) = (discount_id(&five), discount_id(&twice));
    let orders = desk.orders(40).await;
    let desk = Arc::new(desk);
    let mut taking = JoinSet::new();
    for (number, order) in orders.into_iter().enumerate() {
        let desk = Arc::clone(&desk);
        taking.spawn(async move {
            let mut ids = vec![if number % 4 == 0 { twice } else { five }, twice];
            if number % 2 == 0 {
                ids.reverse();
            }
            let buyer = guest(&format!("buyer{}@example.com", number % 3));
            let taken = desk.take(order, &buyer, &ids).await.is_ok();
            (ids.contains(&five), number % 3, taken)
        });
    }
    let done = taking.join_all().await;
    let of_five = done.iter().filter(|(five, _, taken)| *five && *taken).count();
    assert!(of_five <= 5, "{of_five}");
    for buyer in 0..3 {
        assert_eq!(done.iter().filter(|(_, who, taken)| *who == buyer && *taken).count(), 2, "buyer {buyer}");
    }
    assert_eq!(desk.uses(&format!("gid://cartwright/Discount/{twice}")).await, (6, 6));
    let report =
        cartwright::audit::audit(&desk.shop.app.database, &Default::default(), desk.shop.app.sources.now()).await;
    let broken = report.expect("an audit").broken().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(!broken.iter().any(|id| ["I25", "I26"].contains(&id.as_str())), "{broken:?}");
}

#[tokio::test]
async fn taking_and_giving_back_cost_the_same_for_one_discount_and_for_many() {
    let desk = Desk::new().await;
    let mut ids = Vec::new();
    for number in 0..8 {
        ids.push(discount_id(&desk.code(&format!("C{number}"), json!({ "usageLimitPerCustomer": 9 })).await));
    }
    let mut costs = Vec::new();
    for (count, order) in [1, 8].into_iter().zip(desk.orders(2).await) {
        let buyer = guest("bob@example.com");
        let (_, taking) = desk.shop.statements(desk.take(order, &buyer, &ids[..count])).await;
        let (_, giving) = desk.shop.statements(desk.give_back(order)).await;
        let (_, again) = desk.shop.statements(desk.take_again(order)).await;
        costs.push((taking, giving, again));
    }
    assert_eq!(costs[0], costs[1]);
}
