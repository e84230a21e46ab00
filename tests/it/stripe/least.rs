//! What is less than Stripe charges at all: refused before anything is ordered, with what to do.

use serde_json::{Value, json};

use super::{PAID, Paying, by};
use crate::{make::checkout::Bought, support::Caller};

#[tokio::test]
async fn what_gift_cards_leave_below_the_least_charge_is_refused_before_anything_is_ordered() {
    let paying = Paying::new().await;
    let (staff, guest) = (paying.shop.admin().await, Caller::guest());
    let made = paying.shop.stocked("Lamp", 5_000, 50).await;
    let cart = paying.shop.cart_with(&guest, &[(&made, 1)]).await;
    let card = paying.shop.gift_card(&staff, "49.80").await;
    paying.shop.apply_gift_cards(&guest, &cart, &[&card]).await;
    let complete = || paying.shop.complete(&cart).caller(&guest);
    let refused = complete().with("payment", by("pm_card_visa")).send().await;
    assert_eq!(refused.refusals("checkoutComplete"), ["PAYMENT_AMOUNT_NOT_SUPPORTED"]);
    let told = refused.text("/checkoutComplete/userErrors/0/message");
    for part in ["at least 0.50 USD", "0.20 USD is to be paid", "Choose another way to pay"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(refused.at("/checkoutComplete/order"), Value::Null);
    assert!(paying.stripe.book().intents.is_empty());
    // Without the card it is paid; the sandbox would take the rest.
    paying.shop.apply_gift_cards(&guest, &cart, &[]).await;
    let taken = complete().with("payment", by("pm_card_visa")).send().await;
    assert_eq!(Bought::of(&taken, &guest).expect("an order").axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 5_000);
}

#[tokio::test]
async fn an_edit_that_leaves_less_to_pay_than_the_least_charge_is_refused_and_the_order_can_be_sent() {
    let paying = Paying::new().await;
    let staff = paying.shop.admin().await;
    let (lamp, clip) = (paying.shop.stocked("Lamp", 5_000, 50).await, paying.shop.stocked("Clip", 25, 50).await);
    let order = paying.order_of(&lamp, 1, "pm_card_visa").await;
    let added = |units: i64| json!({ "addedItems": [{ "merchandiseId": clip.variant_gid(0), "quantity": units }] });
    let refused = order.edit(&paying.shop, &staff, added(1)).await;
    assert_eq!(refused.refusals("orderEdit"), ["NOT_ALLOWED"]);
    let told = refused.text("/orderEdit/userErrors/0/message");
    for part in ["0.25 USD would be left to pay", "at least 0.50 USD", "costs that much more"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(order.axes(&paying.shop).await, PAID, "nothing blocks it");
    order.edit(&paying.shop, &staff, added(2)).await.done("orderEdit");
    order.retry(&paying.shop, "", json!({ "payment": by("pm_card_visa") })).await.done("paymentRetry");
    assert_eq!(order.axes(&paying.shop).await, PAID);
    assert_eq!(paying.stripe.book().kept(), 5_050);
    // What goes back has no least amount.
    let line = order.line(&paying.shop, 1).await;
    let one = json!({ "lineItems": [{ "lineItemId": line, "quantity": 1 }] });
    order.edit(&paying.shop, &staff, one).await.done("orderEdit");
    assert_eq!(paying.stripe.book().kept(), 5_025);
    paying.shop.books_are_right().await;
}
