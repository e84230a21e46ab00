//! How mails read: everything that a shopper needs, nothing that a stranger could have put there.

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{delivered, send};
use crate::{
    make::{catalog::product, checkout::address},
    support::{Caller, TestShop},
};

#[tokio::test]
async fn a_confirmation_tells_lines_options_totals_address_and_the_way_to_the_order() {
    let pattern = "https://shop.example/orders/{number}#token={token}";
    let shop = TestShop::still_with(&[("CARTWRIGHT_ORDER_URL", pattern)]).await;
    let made = product("Shirt <b>& Co</b>").make(&shop).await;
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 2)]).await;
    let bought = shop.complete(&cart).bought().await;
    send(&shop).await;
    let letter = delivered(&shop).remove(0);
    let seen = bought.now(&shop).await;
    let number = &seen["number"];
    assert_eq!(letter.subject(), format!("Your order #{number} at My shop"));
    assert_eq!(letter.header("To"), "jane@example.com");
    assert!(letter.header("From").starts_with("\"My shop\" <"), "{}", letter.header("From"));
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert!(letter.text.contains("Your invoice INV-1:") && letter.text.contains("/invoices/"), "{}", letter.text);
    assert!(letter.html.contains("Invoice INV-1"), "{}", letter.html);
    let token = bought.caller.order_access_token.clone().expect("a guest's token");
    let link = format!("https://shop.example/orders/{number}#token={token}");
    let total = seen["totals"]["total"]["amount"].as_str().expect("an amount").to_owned();
    for part in ["Thank you, Jane!", "2 x Shirt <b>& Co</b>", "Total:", "Springfield", "United States", &total, &link] {
        assert!(letter.text.contains(part), "{part} in {}", letter.text);
    }
    assert!(letter.text.lines().all(|line| line.chars().count() <= 76 || line.contains("://")), "{}", letter.text);
    for part in ["Shirt &lt;b&gt;&amp; Co&lt;", "Springfield 12345", "color-scheme", "Total", &token] {
        assert!(letter.html.contains(part), "{part} in {}", letter.html);
    }
    assert!(!letter.html.contains("<b>") && !letter.html.contains("<img"), "{}", letter.html);
}

#[tokio::test]
async fn a_customers_link_carries_no_token() {
    let shop = TestShop::still_with(&[("CARTWRIGHT_ORDER_URL", "https://shop.example/o/{id}?t={token}")]).await;
    let (ada, made) = (shop.customer("ada@example.com").await, shop.stocked("Pen", 250, 5).await);
    let cart = shop.cart_with(&ada, &[(&made, 1)]).await;
    shop.complete(&cart).caller(&ada).bought().await;
    send(&shop).await;
    let letter = delivered(&shop).remove(0);
    let link = letter.text.lines().find(|line| line.contains("https://shop.example/o/")).expect("the link");
    assert!(link.ends_with("?t="), "{link}");
}

#[tokio::test]
async fn names_with_line_breaks_and_braces_are_texts_and_open_no_header() {
    let shop = TestShop::still().await;
    let made = shop.stocked("Pen {{7*7}}", 250, 5).await;
    let evil = "UPDATE shop SET name = 'Evil' || '\r\n' || 'Bcc: eve@example.com' || '\r\n\r\n' || '<b>x</b>'";
    shop.app.database.reader().execute_unprepared(evil).await.expect("written");
    let cart = shop.cart_with(&Caller::guest(), &[(&made, 1)]).await;
    let mut bad = address();
    bad["firstName"] = json!("Jane\r\nBcc: eve@example.com");
    let refused = shop.complete(&cart).with("shippingAddress", bad).send().await;
    assert_ne!(refused.refusals("checkoutComplete"), Vec::<String>::new(), "line breaks in names are refused");
    let mut odd = address();
    odd["firstName"] = json!("${7*7} {{ shop.name }} ../../x");
    shop.complete(&cart).with("shippingAddress", odd).bought().await;
    send(&shop).await;
    let letter = delivered(&shop).remove(0);
    assert_eq!(letter.headers("Bcc"), Vec::<String>::new());
    assert!(letter.subject().ends_with("at Evil Bcc: eve@example.com <b>x</b>"), "{}", letter.subject());
    assert!(letter.text.contains("${7*7} {{ shop.name }} ../../x") && letter.text.contains("Pen {{7*7}}"));
    assert!(!letter.html.contains("<b>x"), "{}", letter.html);
}
