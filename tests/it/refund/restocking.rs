//! What becomes of units whose money goes back.

use serde_json::{Value, json};

use super::units;
use crate::{
    ledger::broken,
    support::{Caller, TestShop},
};

#[tokio::test]
async fn units_that_were_not_sent_are_put_back_and_not_sent_any_more() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 3, "sandbox_ok").await;
    let line = order.line_ids(&shop).await.remove(0);
    order.ship(&shop, &staff, json!([{ "lineItemId": line, "quantity": 1 }])).await.done("fulfillmentCreate");
    let made = order.refund(&shop, &staff, json!({ "lineItems": [units(&line, 1, "CANCEL")] })).await;
    assert_eq!(made.done("refundCreate")["order"]["fulfillmentStatus"], "PARTIALLY_FULFILLED");
    assert_eq!(shop.stock_of(pen.variants[0]).await, (7, 0));
    let document = "query($id: ID!) { order(id: $id) { lineItems(first: 1) { nodes { quantity fulfilledQuantity \
                    canceledQuantity } } } }";
    let read = shop.ask(&order.caller, document, json!({ "id": order.id })).await.at("/order/lineItems/nodes/0");
    assert_eq!(read, json!({ "quantity": 3, "fulfilledQuantity": 1, "canceledQuantity": 1 }));
    let too_many = order.ship(&shop, &staff, json!([{ "lineItemId": line, "quantity": 2 }])).await;
    assert_eq!(too_many.refusals("fulfillmentCreate"), ["QUANTITY_INVALID"]);
    // The last unit that was to be sent is canceled: what was sent is all of it.
    let made = order.refund(&shop, &staff, json!({ "lineItems": [units(&line, 1, "CANCEL")] })).await;
    assert_eq!(made.done("refundCreate")["order"]["fulfillmentStatus"], "FULFILLED");
    order.deliver(&shop, &staff).await.done("orderMarkAsDelivered");
    assert_eq!(order.axes(&shop).await, "COMPLETED PARTIALLY_REFUNDED DELIVERED");
    let refused = order.refund(&shop, &staff, json!({ "lineItems": [units(&line, 1, "CANCEL")] })).await;
    assert_eq!(refused.refusals("refundCreate"), ["RESTOCK_INVALID"]);
    let back = order.refund(&shop, &staff, json!({ "lineItems": [units(&line, 1, "RETURN")] })).await;
    assert_eq!(back.done("refundCreate")["order"]["financialStatus"], "REFUNDED");
    assert_eq!(shop.stock_of(pen.variants[0]).await, (9, 0));
    shop.pass(120);
    assert_eq!(broken(&shop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn units_that_came_back_are_put_where_staff_say() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let pen = shop.stocked("Pen", 250, 9).await;
    let order = shop.order_of(&pen, 2, "sandbox_ok").await;
    let line = order.line_ids(&shop).await.remove(0);
    let early = order.refund(&shop, &staff, json!({ "lineItems": [units(&line, 1, "RETURN")] })).await;
    assert_eq!(early.refusals("refundCreate"), ["RESTOCK_INVALID"], "nothing was sent");
    order.ship(&shop, &staff, Value::Null).await.done("fulfillmentCreate");
    let add = "mutation { locationAdd(input: { name: \"Returns\" }) { location { id } userErrors { code } } }";
    let place = shop.ask(&staff, add, json!({})).await.text("/locationAdd/location/id");
    let mut back = units(&line, 1, "RETURN");
    back["locationId"] = json!(place);
    order.refund(&shop, &staff, json!({ "lineItems": [back] })).await.done("refundCreate");
    assert_eq!(shop.stock_of(pen.variants[0]).await, (8, 0));
    use entity::inventory::stock_movement::{Column, Entity, MovementReason};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let moved = Entity::find().filter(Column::Reason.eq(MovementReason::Return));
    let moved = moved.one(shop.app.database.reader()).await.expect("read").expect("a movement");
    assert_eq!((moved.on_hand_delta, moved.account_id.is_some()), (1, true), "who put it there is on record");
    assert!(place.ends_with(&moved.location_id.to_string()));
    let mut nowhere = units(&line, 1, "RETURN");
    nowhere["locationId"] = json!("gid://cartwright/Location/01890000-0000-7000-8000-000000000000");
    let refused = order.refund(&shop, &staff, json!({ "lineItems": [nowhere] })).await;
    assert_eq!(refused.refusals("refundCreate"), ["LOCATION_NOT_FOUND"]);
    assert_eq!(shop.taken().await, 250, "what was refused gives nothing back");
}

#[tokio::test]
async fn a_refund_without_restock_leaves_stock_and_what_is_to_be_sent() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (pen, free) = (shop.stocked("Pen", 250, 9).await, shop.stocked("Leaflet", 0, 9).await);
    let order = shop.complete(&shop.cart_with(&Caller::guest(), &[(&pen, 2), (&free, 1)]).await).bought().await;
    let lines = order.line_ids(&shop).await;
    order
        .refund(&shop, &staff, json!({ "lineItems": [{ "lineItemId": lines[0], "quantity": 2 }] }))
        .await
        .done("refundCreate");
    assert_eq!(shop.stock_of(pen.variants[0]).await, (7, 0));
    assert_eq!(order.axes(&shop).await, "PROCESSING REFUNDED UNFULFILLED");
    // What cost nothing may be canceled although no money is left.
    let made = order.refund(&shop, &staff, json!({ "lineItems": [units(&lines[1], 1, "CANCEL")] })).await;
    assert_eq!(made.done("refundCreate")["refund"]["amount"]["amount"], "0.0");
    assert_eq!(shop.stock_of(free.variants[0]).await, (9, 0));
    order.ship(&shop, &staff, Value::Null).await.done("fulfillmentCreate");
    assert_eq!(order.axes(&shop).await, "PROCESSING REFUNDED FULFILLED");
}
