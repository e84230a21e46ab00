//! Carts, made and changed through the API.

use cartwright::platform::tx;
use entity::{
    catalog::{product, variant},
    ids::{ProductId, VariantId},
    inventory::stock_level,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

/// Everything of a cart that tests look at.
pub const CART: &str = "fragment Parts on Cart {
    id version kind name note totalQuantity checkoutUrl createdAt updatedAt
    attributes { key value } discountCodes { code applicable } appliedGiftCards { id }
    buyerIdentity { countryCode email phone customer { email } }
    delivery { addresses { id selected oneTimeUse address { ... on CartDeliveryAddress {
        lastName address1 city zip countryCode
    } } } }
    cost { subtotalAmount { amount currencyCode } totalAmount { amount } }
    problems { code message target }
    lines(first: 250) { nodes {
        __typename id quantity attributes { key value }
        cost { amountPerQuantity { amount } compareAtAmountPerQuantity { amount } totalAmount { amount } }
        merchandise { ... on ProductVariant { id title } }
    } }
}";

/// A mutation of carts: its name, and its arguments with their types.
#[derive(Clone, Copy, Debug)]
pub struct CartCall {
    pub name: &'static str,
    pub arguments: &'static [(&'static str, &'static str)],
}

pub const CREATE: CartCall = CartCall { name: "cartCreate", arguments: &[("input", "CartInput")] };
pub const ADD: CartCall = CartCall { name: "cartLinesAdd", arguments: &[ID, ("lines", "[CartLineInput!]!"), VERSION] };
pub const UPDATE: CartCall =
    CartCall { name: "cartLinesUpdate", arguments: &[ID, ("lines", "[CartLineUpdateInput!]!"), VERSION] };
pub const REMOVE: CartCall = CartCall { name: "cartLinesRemove", arguments: &[ID, ("lineIds", "[ID!]!"), VERSION] };
pub const NOTE: CartCall = CartCall { name: "cartNoteUpdate", arguments: &[ID, ("note", "String!"), VERSION] };
pub const ATTRIBUTES: CartCall =
    CartCall { name: "cartAttributesUpdate", arguments: &[ID, ("attributes", "[AttributeInput!]!"), VERSION] };
pub const IDENTITY: CartCall = CartCall {
    name: "cartBuyerIdentityUpdate",
    arguments: &[ID, ("buyerIdentity", "CartBuyerIdentityInput!"), VERSION],
};
pub const CODES: CartCall =
    CartCall { name: "cartDiscountCodesUpdate", arguments: &[ID, ("discountCodes", "[String!]!"), VERSION] };
pub const DELIVERY: CartCall = CartCall {
    name: "cartSelectedDeliveryOptionsUpdate",
    arguments: &[ID, ("selectedDeliveryOptions", "[CartSelectedDeliveryOptionInput!]!"), VERSION],
};
pub const ADDRESSES_ADD: CartCall = CartCall {
    name: "cartDeliveryAddressesAdd",
    arguments: &[ID, ("addresses", "[CartSelectableAddressInput!]!"), VERSION],
};
pub const ADDRESSES_UPDATE: CartCall = CartCall {
    name: "cartDeliveryAddressesUpdate",
    arguments: &[ID, ("addresses", "[CartSelectableAddressUpdateInput!]!"), VERSION],
};
pub const ADDRESSES_REPLACE: CartCall = CartCall {
    name: "cartDeliveryAddressesReplace",
    arguments: &[ID, ("addresses", "[CartSelectableAddressInput!]!"), VERSION],
};
pub const ADDRESSES_REMOVE: CartCall =
    CartCall { name: "cartDeliveryAddressesRemove", arguments: &[ID, ("addressIds", "[ID!]!"), VERSION] };
pub const CLONE: CartCall = CartCall { name: "cartClone", arguments: &[("input", "CartCloneInput!")] };
pub const RENAME: CartCall = CartCall { name: "cartUpdate", arguments: &[("input", "CartUpdateInput!")] };

const ID: (&str, &str) = ("cartId", "ID!");
const VERSION: (&str, &str) = ("expectedVersion", "Int");

impl CartCall {
    /// The document of this mutation, asking for everything.
    pub fn document(&self) -> String {
        let declared: Vec<String> = self.arguments.iter().map(|(name, kind)| format!("${name}: {kind}")).collect();
        let passed: Vec<String> = self.arguments.iter().map(|(name, _)| format!("{name}: ${name}")).collect();
        format!(
            "mutation({}) {{ {}({}) {{ cart {{ ...Parts }} userErrors {{ field code message }} \
             warnings {{ code message target }} }} }} {CART}",
            declared.join(", "),
            self.name,
            passed.join(", ")
        )
    }
}

impl TestShop {
    /// Changes a cart as this caller.
    pub async fn cart_call(&self, caller: &Caller, call: CartCall, variables: Value) -> Answer {
        self.ask(caller, &call.document(), variables).await
    }

    /// Changes a cart as a guest; asserts that it was done and returns the payload.
    pub async fn change(&self, call: CartCall, variables: Value) -> Value {
        self.cart_call(&Caller::guest(), call, variables).await.done(call.name)
    }

    /// Changes a cart as a guest; asserts that it was refused, and returns the field paths and codes.
    pub async fn refused(&self, call: CartCall, variables: Value) -> Vec<(String, String)> {
        let answer = self.cart_call(&Caller::guest(), call, variables).await;
        assert_eq!(answer.at(&format!("/{}/cart", call.name)), Value::Null, "a refused change returns no cart");
        let errors = answer.at(&format!("/{}/userErrors", call.name));
        let errors = errors.as_array().expect("a list").iter().map(|error| {
            let field = error["field"].as_array().expect("a path").iter();
            let field: Vec<&str> = field.map(|part| part.as_str().expect("text")).collect();
            (field.join("."), error["code"].as_str().expect("a code").to_owned())
        });
        let errors: Vec<_> = errors.collect();
        assert!(!errors.is_empty(), "not refused: {:#}", answer.body);
        errors
    }

    /// A new cart of this caller with these variants; returns its id.
    pub async fn cart_of(&self, caller: &Caller, lines: &[(String, i32)]) -> String {
        let answer = self.cart_call(caller, CREATE, json!({ "input": { "lines": line_inputs(lines) } })).await;
        answer.done("cartCreate")["cart"]["id"].as_str().expect("an id").to_owned()
    }

    /// A new guest's cart with these variants; returns its id.
    pub async fn cart(&self, lines: &[(String, i32)]) -> String {
        self.cart_of(&Caller::guest(), lines).await
    }

    /// The cart as this caller sees it; null when there is none.
    pub async fn read_cart_as(&self, caller: &Caller, id: &str) -> Value {
        let document = format!("query($id: ID!) {{ cart(id: $id) {{ ...Parts }} }} {CART}");
        self.ask(caller, &document, json!({ "id": id })).await.at("/cart")
    }

    /// The cart as a guest sees it; null when there is none.
    pub async fn read_cart(&self, id: &str) -> Value {
        self.read_cart_as(&Caller::guest(), id).await
    }
}

/// Lines to add: variants and units.
pub fn line_inputs(lines: &[(String, i32)]) -> Value {
    lines.iter().map(|(id, quantity)| json!({ "merchandiseId": id, "quantity": quantity })).collect()
}

/// A delivery address to add.
pub fn delivery_address(fields: Value) -> Value {
    json!({ "address": { "deliveryAddress": fields } })
}

/// The quantities of a cart's lines, in order.
pub fn quantities(cart: &Value) -> Vec<i64> {
    let nodes = cart["lines"]["nodes"].as_array().expect("lines");
    nodes.iter().map(|line| line["quantity"].as_i64().expect("a number")).collect()
}

/// The id of a cart's line at this place, from 0.
pub fn line_id(cart: &Value, place: usize) -> String {
    cart["lines"]["nodes"][place]["id"].as_str().expect("a line").to_owned()
}

/// The codes of warnings or problems.
pub fn codes(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|entry| entry["code"].as_str().expect("a code")).collect()
}

impl TestShop {
    /// Deletes a variant behind the carts' back.
    pub async fn delete_variant(&self, id: VariantId) {
        let tx = tx::begin(&self.app.database).await.expect("a transaction");
        variant::Entity::delete_by_id(id).exec(&*tx).await.expect("deleted");
        tx.commit().await.expect("committed");
    }

    /// Takes a product off the shop.
    pub async fn unpublish(&self, id: ProductId) {
        let tx = tx::begin(&self.app.database).await.expect("a transaction");
        let hidden = product::ActiveModel { id: Set(id), published_at: Set(None), ..Default::default() };
        hidden.update(&*tx).await.expect("changed");
        tx.commit().await.expect("committed");
    }

    /// Sets the units on hand of a variant, at the location that has stock of it for sale.
    pub async fn stock(&self, id: VariantId, on_hand: i64) {
        let tx = tx::begin(&self.app.database).await.expect("a transaction");
        let done = stock_level::Entity::update_many()
            .col_expr(stock_level::Column::OnHand, Expr::val(on_hand))
            .filter(stock_level::Column::VariantId.eq(id))
            .filter(stock_level::Column::Reserved.eq(0))
            .exec(&*tx)
            .await
            .expect("changed");
        assert_eq!(done.rows_affected, 1);
        tx.commit().await.expect("committed");
    }
}
