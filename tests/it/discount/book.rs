//! The book of discounts that may concern some carts: what is in it, what the engine makes of it, and its cost.

use cartwright::domain::discount::{Asked, Book, Buyer};
use entity::ids::OrderId;
use pricing::{
    Amount, Cart, CodeProblem, Currency, Customer, CustomerKey, Line, LineKey, Price, ProductKey, Rules, Timestamp,
    VariantKey,
};
use serde_json::json;
use uuid::Uuid;

use super::{Desk, discount_id, guest, uuid};
use crate::make::catalog::{collection, product};

impl Desk {
    async fn book(&self, codes: &[&str], buyers: &[Buyer], orders: &[OrderId]) -> Book {
        let asked = Asked {
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            buyers: buyers.to_vec(),
            orders: orders.to_vec(),
        };
        Book::load(self.shop.app.database.reader(), self.shop.app.sources.now(), &asked).await.expect("a book")
    }

    /// Which codes apply to a cart of two things of 50 dollars, and why the others do not.
    async fn outcomes(&self, codes: &[&str], buyer: &Buyer, order: Option<OrderId>) -> Vec<Option<CodeProblem>> {
        let orders: Vec<OrderId> = order.into_iter().collect();
        let book = self.book(codes, std::slice::from_ref(buyer), &orders).await;
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        let usd = Currency::new("USD", 2).expect("a code");
        let mut cart = Cart::new(usd, Timestamp(self.shop.app.sources.now().timestamp()));
        let price = Price::own(usd, Amount(5_000));
        cart.lines.push(Line::new(LineKey(1), VariantKey(1), ProductKey(1), 2, vec![price]));
        cart.discount_codes = codes.iter().map(|code| code.as_str().into()).collect();
        cart.customer = buyer.account_id.map(|id| Customer { key: CustomerKey(id.0.as_u128()), ..Customer::default() });
        let rules = Rules { discounts: book.rules_for(&codes, buyer, order), ..Rules::default() };
        let quote = pricing::quote(&cart, &rules).expect("a quote");
        quote.codes.iter().map(|code| code.problem).collect()
    }
}

#[tokio::test]
async fn the_engine_hears_of_a_code_however_it_is_written_and_why_it_does_not_count() {
    let desk = Desk::new().await;
    let customer = desk.shop.customer("ada@example.com").await;
    let ada = desk.shop.ask(&customer, "{ customer { id } }", json!({})).await.text("/customer/id");
    let signed_in = Buyer { account_id: Some(entity::ids::AccountId(uuid(&ada))), email: None };
    desk.code("Crème 10", json!({})).await;
    desk.code("LATER", json!({ "startsAt": "2096-01-01T00:00:00Z" })).await;
    desk.code("ADA", json!({ "customerIds": [ada] })).await;
    desk.code("EUROS", json!({ "effect": { "order": { "amount": [{ "amount": "1", "currencyCode": "EUR" }] } } }))
        .await;
    desk.code("RICH", json!({ "minimumRequirement": { "subtotal": [{ "amount": "100.01", "currencyCode": "USD" }] } }))
        .await;
    desk.code("ENOUGH", json!({ "minimumRequirement": { "quantity": 2 } })).await;
    let nobody = Buyer::default();
    for (code, buyer, problem) in [
        ("CREME 10", &nobody, None),
        ("creme  10", &nobody, None),
        ("NONE", &nobody, Some(CodeProblem::NotFound)),
        ("later", &nobody, Some(CodeProblem::Inactive)),
        ("ADA", &nobody, Some(CodeProblem::CustomerMissing)),
        ("ADA", &signed_in, None),
        ("EUROS", &nobody, Some(CodeProblem::CurrencyNotOffered)),
        ("RICH", &nobody, Some(CodeProblem::SubtotalTooSmall)),
        ("ENOUGH", &nobody, None),
    ] {
        assert_eq!(desk.outcomes(&[code], buyer, None).await, [problem], "{code}");
    }
    let twice = desk.outcomes(&["CRÈME 10", "creme 10"], &nobody, None).await;
    assert_eq!(twice, [None, Some(CodeProblem::Repeated)]);
}

#[tokio::test]
async fn uses_by_others_count_and_those_of_the_order_that_the_cart_waits_for_do_not() {
    let desk = Desk::new().await;
    let one = desk.code("ONE", json!({ "usageLimit": 1 })).await;
    let once =
        desk.code("ONCE", json!({ "usageLimitPerCustomer": 1, "combinesWith": { "orderDiscounts": true } })).await;
    let made = desk.shop.stocked("Thing", 100, 9).await;
    let order = OrderId(uuid(&desk.shop.order_of(&made, 1, "sandbox_challenge").await.id));
    let bob = guest("bob@example.com");
    let tx = cartwright::platform::tx::begin(&desk.shop.app.database).await.expect("a transaction");
    let ids = [discount_id(&one), discount_id(&once)];
    let taken = cartwright::domain::discount::take(&tx, &desk.shop.app.sources, order, &bob, &ids).await;
    assert_eq!(taken.expect("no fault"), Ok(()));
    tx.commit().await.expect("committed");
    for (code, buyer, order, problem) in [
        ("ONE", &bob, None, Some(CodeProblem::UsageLimitReached)),
        ("ONE", &bob, Some(order), None),
        ("ONCE", &bob, None, Some(CodeProblem::CustomerUsageLimitReached)),
        ("ONCE", &guest("Bob@example.com"), None, Some(CodeProblem::CustomerUsageLimitReached)),
        ("ONCE", &bob, Some(order), None),
        ("ONCE", &guest("al@example.com"), None, None),
        ("ONCE", &Buyer::default(), None, None),
    ] {
        assert_eq!(desk.outcomes(&[code], buyer, order).await, [problem], "{code} {buyer:?}");
    }
}

#[tokio::test]
async fn automatic_discounts_that_count_now_are_in_every_book() {
    let desk = Desk::new().await;
    desk.automatic("Old", json!({})).await;
    desk.automatic("Later", json!({ "startsAt": "2096-01-01T00:00:00Z" })).await;
    let over = desk.automatic("Over", json!({})).await;
    desk.done("discountAutomaticDeactivate", json!({ "id": over })).await;
    let book = desk.book(&[], &[], &[]).await;
    let titles: Vec<String> =
        book.rules_for(&[], &Buyer::default(), None).iter().map(|discount| discount.title.to_string()).collect();
    assert_eq!(titles, ["Old"]);
    assert!(!book.names_collections());
    let shelf = collection(&desk.shop, "Shelf", true, &[&product("Pen").make(&desk.shop).await]).await;
    let which = json!({ "collectionIds": [format!("gid://cartwright/Collection/{shelf}")] });
    let effect = json!({ "items": { "percentage": "10", "items": which } });
    desk.code("SHELF", json!({ "effect": effect })).await;
    assert!(!desk.book(&[], &[], &[]).await.names_collections());
    assert!(desk.book(&["shelf"], &[], &[]).await.names_collections());
}

#[tokio::test]
async fn a_book_costs_the_same_for_one_cart_and_for_many() {
    let desk = Desk::new().await;
    for number in 0..6 {
        desk.code(&format!("C{number}"), json!({ "usageLimitPerCustomer": 1 })).await;
        desk.automatic(&format!("A{number}"), json!({})).await;
    }
    let (_, nothing) = desk.shop.statements(desk.book(&[], &[guest("a@example.com")], &[])).await;
    assert_eq!(nothing, 1, "no codes: one statement");
    let order = OrderId(Uuid::now_v7());
    let (_, few) = desk.shop.statements(desk.book(&["C0"], &[guest("a@example.com")], &[order])).await;
    let buyers: Vec<Buyer> = (0..9).map(|number| guest(&format!("b{number}@example.com"))).collect();
    let codes = ["C0", "c1", "C2", "C3", "C4", "C5", "NONE"];
    let (_, many) = desk.shop.statements(desk.book(&codes, &buyers, &[order, OrderId(Uuid::now_v7())])).await;
    assert_eq!((few, many), (5, 5));
}
