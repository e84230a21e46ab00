//! A document on the wire: as a page and as a PDF, for whoever has its address and for nobody else.

use serde_json::{Value, json};

use crate::{
    make::catalog::{product, variant},
    support::{Server, Visitor},
};

const ORDER: &str = "query($id: ID!) { order(id: $id) { invoices { number url htmlUrl } } }";

/// The path of an address of this server's.
fn path(url: &Value) -> String {
    let url = url.as_str().expect("an address");
    url[url.find("/invoices/").expect("a document's address")..].to_owned()
}

#[tokio::test]
async fn the_owner_and_staff_find_it_and_who_has_its_address_reads_it() {
    let server = Server::still().await;
    let made = product("Łódź <b>Lamp</b> & Ελλάδα").variant(variant(250).stock(5)).make(&server.shop).await;
    let order = server.buy(&Visitor::guest(), &made.variant_gid(0), "sandbox_ok").await;
    let id = json!({ "id": order.order_id });
    let admin = server.admin().await;
    let found = server.graphql(&order.buyer, ORDER, id.clone()).await.at("/order/invoices/0");
    assert_eq!(found, server.graphql(&admin, ORDER, id.clone()).await.at("/order/invoices/0"));
    let stranger = server.customer("eve@example.com").await;
    assert_eq!(server.graphql(&stranger, ORDER, id).await.at("/order"), Value::Null);

    let page = server.get(&path(&found["htmlUrl"])).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    for part in ["Invoice INV-1", "Łódź &lt;b&gt;Lamp", "Ada Lovelace", "10115 Berlin", "2.50 USD"] {
        assert!(page.text().contains(part), "{part} in {}", page.text());
    }
    assert!(!page.text().contains("<b>") && !page.text().contains("<script"), "{}", page.text());

    let paper = server.get(&path(&found["url"])).await;
    assert_eq!((paper.status, paper.header("content-type")), (200, "application/pdf"));
    assert_eq!(paper.header("content-disposition"), "inline; filename=\"INV-1.pdf\"");
    assert!(paper.body.starts_with(b"%PDF-") && paper.body.len() > 2_000, "{} bytes", paper.body.len());
    assert_eq!(paper.body, server.get(&path(&found["url"])).await.body, "the same each time");
}

#[tokio::test]
async fn a_wrong_address_reads_like_one_of_nothing() {
    let server = Server::still().await;
    let made = product("Lamp").variant(variant(250).stock(5)).make(&server.shop).await;
    let order = server.buy(&Visitor::guest(), &made.variant_gid(0), "sandbox_ok").await;
    let found = server.graphql(&order.buyer, ORDER, json!({ "id": order.order_id })).await.at("/order/invoices/0");
    let good = path(&found["url"]);
    let (capability, _) = good.rsplit_once('.').expect("a form");
    let (id, code) = capability.rsplit_once('.').expect("a code");
    let other = if code.starts_with('A') { "B" } else { "A" };
    let wrong = [
        format!("{id}.pdf"),
        format!("{id}..pdf"),
        format!("{id}.{other}{}.pdf", &code[1..]),
        format!("{capability}.txt"),
        capability.to_owned(),
        format!("/invoices/{}.{code}.pdf", uuid::Uuid::now_v7()),
        "/invoices/x".to_owned(),
        "/invoices/%2e%2e%2fx.pdf".to_owned(),
    ];
    for wrong in wrong {
        let reply = server.get(&wrong).await;
        assert_eq!((reply.status, reply.text()), (404, "There is no such document.\n"), "{wrong}");
    }
}

#[tokio::test]
async fn a_long_order_turns_the_sheet() {
    let server = Server::still().await;
    let shop = &server.shop;
    let mut made = Vec::new();
    for number in 0..60 {
        let title = format!("Lamp {number} {}", "with a long name ".repeat(6));
        made.push(product(&title).variant(variant(250).stock(5)).make(shop).await);
    }
    let lines: Vec<_> = made.iter().map(|made| (made, 1)).collect();
    let cart = shop.cart_with(&crate::support::Caller::guest(), &lines).await;
    shop.complete(&cart).bought().await;
    let row = super::rows(shop).await.remove(0);
    let bytes = cartwright::domain::invoice::pdf(&row).expect("a document");
    let text = String::from_utf8_lossy(&bytes);
    let count = text.split("/Count ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    assert!(count.and_then(|count| count.parse::<u32>().ok()).is_some_and(|count| count >= 4), "{count:?} sheets");
}
