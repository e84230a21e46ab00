//! Editing placed orders: what may change, what it costs, where money and stock go.

mod money;
mod refusals;
mod rules;

use entity::notification::notification::{self, NotificationKind};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::{
    make::{catalog::Made, checkout::Bought},
    support::{Answer, Caller, TestShop},
};

const EDIT: &str = "mutation($input: OrderEditInput!) { orderEdit(input: $input) {
    order { id version status financialStatus totals { subtotal { amount } total { amount } due { amount } } balanceDue { amount }
        shippingAddress { city } lineItems(first: 50) { nodes { id title quantity status unitPrice { amount } totalPrice { amount } } } }
    userErrors { field code message } } }";

const PREVIEW: &str = "query($input: OrderEditInput!) { orderEditPreview(input: $input) {
    preview { lineItems { lineItemId title quantity unitPrice { amount } totalPrice { amount } }
        totals { total { amount } } totalChange { amount } costSteps { subject text amount { amount } counts }
        deliveryOption { handle } }
    deliveryOptions { handle title estimatedCost { amount } }
    userErrors { field code message } } }";

impl Bought {
    fn edit_input(&self, changes: Value) -> Value {
        let mut input = json!({ "orderId": self.id });
        if let (Some(input), Value::Object(changes)) = (input.as_object_mut(), changes) {
            input.extend(changes);
        }
        json!({ "input": input })
    }

    /// Edits the order.
    pub async fn edit(&self, shop: &TestShop, staff: &Caller, changes: Value) -> Answer {
        shop.ask(staff, EDIT, self.edit_input(changes)).await
    }

    /// What an edit would lead to.
    pub async fn edit_preview(&self, shop: &TestShop, staff: &Caller, changes: Value) -> Answer {
        shop.ask(staff, PREVIEW, self.edit_input(changes)).await
    }

    /// The id of its line at a place.
    pub async fn line(&self, shop: &TestShop, place: usize) -> String {
        self.now(shop).await["lineItems"]["nodes"][place]["id"].as_str().expect("a line").to_owned()
    }
}

impl TestShop {
    /// Gives the first variant of a product another price.
    async fn reprice(&self, staff: &Caller, made: &Made, price: &str) {
        let document = "mutation($input: ProductVariantsBulkUpdateInput!) { productVariantsBulkUpdate(input: $input) { \
                        userErrors { message } } }";
        let variants = json!([{ "id": made.variant_gid(0), "price": price }]);
        let input = json!({ "productId": made.gid(), "variants": variants });
        self.ask(staff, document, json!({ "input": input })).await.done("productVariantsBulkUpdate");
    }

    /// How many mails about edits are queued.
    async fn mails_of_edits(&self) -> u64 {
        let mails = notification::Entity::find().filter(notification::Column::Kind.eq(NotificationKind::OrderEdited));
        mails.count(self.app.database.reader()).await.expect("a count")
    }
}
