//! How many SQL statements content costs: the same for one object and for many.

use serde_json::{Value, json};

use super::Desk;
use crate::make::catalog::{collection, product};

struct Filling {
    desk: Desk,
    items: Vec<Value>,
    menu: Option<String>,
}

impl Filling {
    /// Adds `count` of everything, and a link to each in one menu.
    async fn add(&mut self, from: usize, count: usize) {
        let desk = &self.desk;
        for number in from..from + count {
            let lamp = product(&format!("Lamp {number}")).make(&desk.shop).await;
            let shelf = collection(&desk.shop, &format!("Lamps {number}"), true, &[&lamp]).await;
            let page = desk.page(json!({ "title": format!("Lamp page {number}") })).await;
            let blog = desk.blog(&format!("Blog {number}")).await;
            let input = json!({ "blogId": blog, "title": format!("Lamp tale {number}"), "author": { "name": "Ada" } });
            let article = desk.article(input).await;
            for (kind, id) in [
                ("PRODUCT", lamp.gid()),
                ("COLLECTION", format!("gid://cartwright/Collection/{shelf}")),
                ("PAGE", page),
                ("BLOG", blog),
                ("ARTICLE", article),
            ] {
                self.items.push(json!({ "title": "L", "type": kind, "resourceId": id }));
            }
        }
        match &self.menu {
            None => self.menu = Some(desk.menu("main-menu", json!(self.items)).await),
            Some(menu) => {
                let input = json!({ "id": menu, "items": self.items });
                desk.call("menuUpdate", "menu { id }", input).await.done("menuUpdate");
            }
        }
    }
}

async fn costs_at_most(document: &str, most: u64) {
    let mut filling = Filling { desk: Desk::new().await, items: Vec::new(), menu: None };
    filling.add(0, 1).await;
    let policy = json!({ "type": "PRIVACY_POLICY", "body": "x" });
    filling.desk.call("shopPolicyUpdate", "__typename", policy).await.done("shopPolicyUpdate");
    // Staff read past the cache, so that all that is asked is counted.
    let count = async |desk: &Desk| {
        let (answer, count) = desk.shop.statements(desk.staff(document)).await;
        assert!(answer.body.get("errors").is_none(), "{:#}", answer.body);
        count
    };
    let few = count(&filling.desk).await;
    filling.add(1, 5).await;
    let many = count(&filling.desk).await;
    assert_eq!(few, many, "the number of statements grows with the list: {document}");
    assert!(many <= most, "{many} statements, more than {most}: {document}");
}

#[tokio::test]
async fn lists_cost_one_statement() {
    costs_at_most("{ pages(first: 50) { nodes { id title body bodySummary seo { title } onlineStoreUrl } } }", 1).await;
    costs_at_most("{ blogs(first: 50) { nodes { id title } } }", 1).await;
    costs_at_most("{ urlRedirects(first: 50) { nodes { path target } } }", 1).await;
}

#[tokio::test]
async fn articles_with_their_blogs_cost_two_and_blogs_with_their_articles_too() {
    costs_at_most("{ articles(first: 50) { nodes { title authorV2 { name } image { url } blog { title } } } }", 2)
        .await;
    let document = "{ blogs(first: 50) { nodes { title articles(first: 3) { nodes { title } } } } }";
    costs_at_most(document, 2).await;
    let named = "{ blogs(first: 50) { nodes { articleByHandle(handle: \"lamp-tale-0\") { title blog { title } } } } }";
    costs_at_most(named, 3).await;
}

#[tokio::test]
async fn a_menu_costs_a_statement_for_each_kind_of_its_links() {
    let document = "{ menu(handle: \"main-menu\") { id items { title url resourceId items { title url } } } }";
    // The menu, its links, five kinds, the blogs of articles.
    costs_at_most(document, 8).await;
}

#[tokio::test]
async fn the_policies_cost_one_statement_beside_the_shop() {
    let document = "{ shop { name brand { logo { image { url } } } privacyPolicy { url } refundPolicy { url } \
                    shippingPolicy { url } termsOfService { url } subscriptionPolicy { handle } } }";
    costs_at_most(document, 2).await;
}

#[tokio::test]
async fn a_search_costs_one_statement_and_one_for_each_kind_it_found() {
    let hit = "__typename ... on Product { title } ... on Page { title } ... on Article { title blog { title } }";
    costs_at_most(&format!("{{ search(query: \"lamp\", first: 50) {{ nodes {{ {hit} }} }} }}"), 5).await;
}

#[tokio::test]
async fn a_search_box_costs_a_statement_for_each_kind() {
    let document = "{ predictiveSearch(query: \"lamp\", limitScope: EACH) { products { title } collections { title } \
                    pages { title } articles { title blog { title } } queries { text } } }";
    costs_at_most(document, 5).await;
}
