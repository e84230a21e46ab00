//! How many SQL statements carts cost: as many for fifty lines as for one.

use serde_json::{Value, json};

use crate::{
    make::{
        cart::{ADD, CREATE, line_inputs},
        catalog::{product, variant},
    },
    support::{Caller, TestShop},
};

const WHOLE: &str = "query($id: ID!) { cart(id: $id) {
    cost { totalAmount { amount } } buyerIdentity { email } problems { code } delivery { addresses { id address { ... on CartDeliveryAddress { formatted } } } }
    deliveryGroups(first: 9) { nodes { id } } discountAllocations { discountedAmount { amount } }
    lines(first: 250) { nodes { id quantity cost { totalAmount { amount } } merchandise { ... on ProductVariant {
        id title availableForSale price { amount } image { url } selectedOptions { name value }
        product { id title handle featuredImage { url } }
    } } } } } }";

/// Fifty products with a picture and options each.
async fn fifty(shop: &TestShop) -> Vec<(String, i32)> {
    let mut lines = Vec::new();
    for n in 0..50 {
        let made = product(&format!("Product {n}"))
            .options(&["Size"])
            .images(&["/media/one.webp", "/media/two.webp"])
            .variant(variant(100 + n).options(&["M"]).stock(10).image(1));
        lines.push((made.make(shop).await.variant_gid(0), 1));
    }
    lines
}

#[tokio::test]
async fn a_cart_of_fifty_lines_costs_as_many_statements_as_one_of_one_line() {
    let shop = TestShop::still().await;
    let lines = fifty(&shop).await;
    let (small, large) = (shop.cart(&lines[..1]).await, shop.cart(&lines).await);
    let (_, one) = shop.statements(shop.guest(WHOLE, json!({ "id": small }))).await;
    let (answer, fifty) = shop.statements(shop.guest(WHOLE, json!({ "id": large }))).await;
    assert_eq!(answer.at("/cart/lines/nodes").as_array().map(Vec::len), Some(50));
    assert_eq!(answer.text("/cart/lines/nodes/49/merchandise/product/title"), "Product 49");
    assert_eq!(fifty, one);
    assert!(one <= 13, "eight for the cart, one for taxes, four for what hangs on its merchandise: {one}");
}

#[tokio::test]
async fn changing_fifty_lines_costs_as_many_statements_as_changing_one() {
    let shop = TestShop::still().await;
    let lines = fifty(&shop).await;
    let (small, large) = (shop.cart(&[]).await, shop.cart(&[]).await);
    let guest = Caller::guest();
    let add = |id: String, lines: Value| shop.cart_call(&guest, ADD, json!({ "cartId": id, "lines": lines }));
    let (_, one) = shop.statements(add(small, line_inputs(&lines[..1]))).await;
    let (answer, fifty) = shop.statements(add(large, line_inputs(&lines))).await;
    assert_eq!(answer.done("cartLinesAdd")["cart"]["totalQuantity"], 50);
    assert_eq!(fifty, one);
}

#[tokio::test]
async fn a_page_of_carts_costs_as_many_statements_as_one_cart() {
    let shop = TestShop::still().await;
    let lines = fifty(&shop).await;
    let (jane, john) = (shop.customer("jane@example.com").await, shop.customer("john@example.com").await);
    shop.cart_of(&jane, &lines[..1]).await;
    for lines in lines.chunks(5) {
        shop.cart_of(&john, lines).await;
    }
    let document = "{ customer { carts(first: 50) { nodes { buyerIdentity { customer { email } } cost { totalAmount { amount } }
        lines(first: 9) { nodes { merchandise { ... on ProductVariant { id product { title } image { url } } } } } } } } }";
    let (_, one) = shop.statements(shop.ask(&jane, document, json!({}))).await;
    let (answer, ten) = shop.statements(shop.ask(&john, document, json!({}))).await;
    assert_eq!(answer.at("/customer/carts/nodes").as_array().map(Vec::len), Some(10));
    assert_eq!(answer.at("/customer/carts/nodes/9/buyerIdentity/customer/email"), "john@example.com");
    assert_eq!(ten, one);
}

#[tokio::test]
async fn making_a_cart_of_fifty_lines_costs_as_many_statements_as_one_of_one_line() {
    let shop = TestShop::still().await;
    let lines = fifty(&shop).await;
    let create = |lines: Value| shop.change(CREATE, json!({ "input": { "lines": lines } }));
    let (_, one) = shop.statements(create(line_inputs(&lines[..1]))).await;
    let (made, fifty) = shop.statements(create(line_inputs(&lines))).await;
    assert_eq!(made["cart"]["totalQuantity"], 50);
    assert_eq!(fifty, one);
}
