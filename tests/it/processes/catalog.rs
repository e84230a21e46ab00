//! What staff change in one process is seen in all of them within a second, however often it was asked for; and what did not
//! change is not asked of the database again.

use std::time::{Duration, Instant};

use cartwright::{
    domain::auth::Role,
    jobs,
    platform::outbox::{self, Tail},
};
use serde_json::{Value, json};

use crate::{
    make::catalog::{Made, collection, product, variant},
    support::{Answer, Caller, Server, TestShop, Visitor},
};

const PAGE: &str = "query($id: ID!) { product(id: $id) { id handle title tags options { name optionValues { name } }
    images(first: 5) { nodes { url } } variants(first: 10) { nodes { id title price { amount } quantityAvailable } } } }";
const BY_HANDLE: &str = "query($handle: String!) { product(handle: $handle) { title } }";
const BY_VARIANT: &str = "query($id: ID!) { node(id: $id) { ... on ProductVariant { price { amount } } } }";
/// What a change may take until everybody sees it.
const SEEN: Duration = Duration::from_secs(1);

fn thing(title: &str) -> crate::make::catalog::NewProduct {
    product(title)
        .tags(&["one"])
        .options(&["Size"])
        .images(&["/a.webp"])
        .variant(variant(1_000).options(&["S"]).stock(5))
        .variant(variant(1_100).options(&["M"]).stock(5))
}

async fn staff_do(server: &Server, staff: &Visitor, mutation: &str, kind: &str, input: Value) {
    let document =
        format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ userErrors {{ message code }} }} }}");
    server.graphql(staff, &document, json!({ "input": input })).await.done(mutation);
}

/// Asks everybody until all of them see it; fails when that takes longer than a second.
async fn all_see(servers: &[&Server], document: &str, variables: Value, what: &str, seen: impl Fn(&Answer) -> bool) {
    let begin = Instant::now();
    for server in servers {
        loop {
            let answer = server.graphql(&Visitor::guest(), document, variables.clone()).await;
            if seen(&answer) {
                break;
            }
            assert!(begin.elapsed() < SEEN, "{what} is not seen after {:?}: {:#}", begin.elapsed(), answer.body);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_in_one_process_is_seen_in_all_within_a_second() {
    let here = Server::start().await;
    let there = here.beside().await;
    let both = [&there, &here];
    let staff = here.admin().await;
    // Its stock is not counted: what is held for somebody cannot be deleted.
    let sizes = product("Lamp").options(&["Size"]).images(&["/a.webp"]);
    let made = sizes.variant(variant(1_000).options(&["S"])).variant(variant(1_100).options(&["M"]));
    let made = made.make(&here.shop).await;
    let (id, variant) = (made.gid(), made.variant_gid(0));
    let page = json!({ "id": id });
    for round in 0..10 {
        // Hot in both.
        for _ in 0..3 {
            for server in both {
                server.graphql(&Visitor::guest(), PAGE, page.clone()).await.text("/product/title");
                server
                    .graphql(&Visitor::guest(), BY_VARIANT, json!({ "id": variant }))
                    .await
                    .text("/node/price/amount");
            }
        }
        let title = format!("Lamp {round}");
        staff_do(&here, &staff, "productUpdate", "ProductUpdateInput", json!({ "id": id, "title": title })).await;
        all_see(&both, PAGE, page.clone(), "the title", |answer| answer.text("/product/title") == title).await;

        let price = format!("{}.5", 20 + round);
        let input = json!({ "productId": id, "variants": [{ "id": variant, "price": price }] });
        staff_do(&there, &staff, "productVariantsBulkUpdate", "ProductVariantsBulkUpdateInput", input).await;
        let first = "/product/variants/nodes/0/price/amount";
        all_see(&both, PAGE, page.clone(), "the price", |answer| answer.text(first) == price).await;
        let variant = json!({ "id": variant });
        all_see(&both, BY_VARIANT, variant, "the price", |answer| answer.text("/node/price/amount") == price).await;

        staff_do(&here, &staff, "productUnpublish", "ProductTargetInput", json!({ "id": id })).await;
        all_see(&both, PAGE, page.clone(), "the hiding", |answer| answer.at("/product").is_null()).await;
        staff_do(&there, &staff, "productPublish", "ProductTargetInput", json!({ "id": id })).await;
        all_see(&both, PAGE, page.clone(), "the showing", |answer| !answer.at("/product").is_null()).await;
    }
    let by_handle = json!({ "handle": "lamp" });
    all_see(&both, BY_HANDLE, by_handle.clone(), "the handle", |answer| !answer.at("/product").is_null()).await;
    let renamed = json!({ "handle": "light" });
    all_see(&both, BY_HANDLE, renamed.clone(), "no such handle", |answer| answer.at("/product").is_null()).await;
    staff_do(&here, &staff, "productUpdate", "ProductUpdateInput", json!({ "id": id, "handle": "light" })).await;
    all_see(&both, BY_HANDLE, renamed, "the new handle", |answer| !answer.at("/product").is_null()).await;
    all_see(&both, BY_HANDLE, by_handle, "the old handle's end", |answer| answer.at("/product").is_null()).await;
    staff_do(&there, &staff, "productDelete", "ProductTargetInput", json!({ "id": id })).await;
    all_see(&both, PAGE, page, "the deletion", |answer| answer.at("/product").is_null()).await;
    let variant = json!({ "id": variant });
    all_see(&both, BY_VARIANT, variant, "the deletion", |answer| answer.at("/node").is_null()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_something_reads_what_it_is_now() {
    let server = Server::start().await;
    let staff = server.admin().await;
    let id = thing("Lamp").make(&server.shop).await.gid();
    let document = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { product { title
        variants(first: 1) { nodes { product { title } } } } userErrors { code } } }";
    for round in 0..10 {
        server.graphql(&Visitor::guest(), PAGE, json!({ "id": id })).await;
        let title = format!("Lamp {round}");
        let answer = server.graphql(&staff, document, json!({ "input": { "id": id, "title": title } })).await;
        assert_eq!(answer.text("/productUpdate/product/title"), title);
        assert_eq!(answer.text("/productUpdate/product/variants/nodes/0/product/title"), title);
        assert_eq!(server.graphql(&staff, PAGE, json!({ "id": id })).await.text("/product/title"), title);
    }
}

/// A shop without background work whose cache believes for a while that it follows the outbox.
async fn kept() -> (TestShop, Tail) {
    let shop = TestShop::still_with(&[("CARTWRIGHT_CACHE_TRUST_SECONDS", "10")]).await;
    let tail = Tail::from_end(&shop.app.database).await.expect("a tail");
    shop.app.cache.start(tail.cursor(), &shop.app.jobs);
    catch_up(&shop, &tail).await;
    (shop, tail)
}

async fn catch_up(shop: &TestShop, tail: &Tail) {
    while outbox::publish(&shop.app.database, &shop.app.sources).await.expect("published") > 0 {}
    while jobs::look(&shop.app, tail).await.expect("a look") > 0 {}
}

async fn cost(shop: &TestShop, document: &str, variables: Value) -> u64 {
    let (answer, count) = shop.statements(shop.guest(document, variables)).await;
    assert!(answer.body.get("errors").is_none() && !answer.body["data"].is_null(), "{:#}", answer.body);
    count
}

#[tokio::test]
async fn what_was_asked_before_costs_the_look_at_the_stock_and_nothing_else() {
    let (shop, _tail) = kept().await;
    let made = thing("Lamp").make(&shop).await;
    let page = json!({ "id": made.gid() });
    assert!(cost(&shop, PAGE, page.clone()).await > 4, "the first one asks for everything");
    assert_eq!(cost(&shop, PAGE, page).await, 1, "the stock");
    let words =
        "query($id: ID!) { product(id: $id) { title tags options { name } images(first: 2) { nodes { url } } } }";
    assert_eq!(
        cost(&shop, words, json!({ "id": made.gid() })).await,
        1,
        "options name their values, so variants are read"
    );
    assert_eq!(
        cost(&shop, "query($id: ID!) { product(id: $id) { title tags } }", json!({ "id": made.gid() })).await,
        0
    );
    let handle = json!({ "handle": "lamp" });
    assert_eq!(cost(&shop, BY_HANDLE, handle.clone()).await, 1, "which product has the handle");
    assert_eq!(cost(&shop, BY_HANDLE, handle).await, 0);
}

#[tokio::test]
async fn while_nothing_is_published_nobody_believes_what_is_kept_for_longer_than_a_second() {
    let shop = TestShop::still().await;
    let staff = shop.staff("admin@example.com", Role::Admin).await;
    let lamp = thing("Lamp").make(&shop).await;
    // The process looks at the outbox all the time, and nobody publishes.
    jobs::start_watching(&shop.app).await.expect("the watching starts");
    tokio::time::sleep(Duration::from_millis(400)).await;
    let (title, id) = ("query($id: ID!) { product(id: $id) { title } }", json!({ "id": lamp.gid() }));
    cost(&shop, title, id.clone()).await;
    assert!(shop.app.cache.is_trusted(), "while all is published, what is kept is believed");
    let document = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "id": lamp.gid(), "title": "Torch" } });
    shop.ask(&staff, document, input).await.done("productUpdate");
    tokio::time::sleep(SEEN).await;
    assert_eq!(shop.guest(title, id.clone()).await.text("/product/title"), "Torch");
    while outbox::publish(&shop.app.database, &shop.app.sources).await.expect("published") > 0 {}
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(shop.app.cache.is_trusted(), "it is believed again");
    assert_eq!(shop.guest(title, id).await.text("/product/title"), "Torch");
}

#[tokio::test]
async fn a_change_forgets_its_own_product_only_and_stock_is_never_kept() {
    let (shop, tail) = kept().await;
    let staff = shop.staff("admin@example.com", Role::Admin).await;
    let (lamp, chair) = (thing("Lamp").make(&shop).await, thing("Chair").make(&shop).await);
    let group = collection(&shop, "Home", true, &[&lamp, &chair]).await;
    catch_up(&shop, &tail).await;
    let title = "query($id: ID!) { product(id: $id) { title tags } }";
    let of_group = "query($id: ID!) { collection(id: $id) { title } }";
    let group = json!({ "id": format!("gid://cartwright/Collection/{group}") });
    let page = |made: &Made| json!({ "id": made.gid() });
    for made in [&lamp, &chair] {
        cost(&shop, title, page(made)).await;
    }
    cost(&shop, of_group, group.clone()).await;
    let document = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "id": lamp.gid(), "title": "Light" } });
    shop.ask(&staff, document, input).await.done("productUpdate");
    catch_up(&shop, &tail).await;
    assert_eq!(cost(&shop, title, page(&chair)).await, 0);
    assert_eq!(cost(&shop, of_group, group).await, 0);
    assert_eq!(cost(&shop, title, page(&lamp)).await, 2, "the product and its tags");
    assert_eq!(shop.guest(title, page(&lamp)).await.text("/product/title"), "Light");

    let stock = "/product/variants/nodes/0/quantityAvailable";
    assert_eq!(shop.guest(PAGE, page(&chair)).await.at(stock), 5);
    let document = "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } userErrors { code } } }";
    let lines = json!({ "input": { "lines": [{ "merchandiseId": chair.variant_gid(0), "quantity": 2 }] } });
    let cart = shop.guest(document, lines).await.text("/cartCreate/cart/id");
    let input = json!({ "input": crate::make::purchase::completion(&cart, "sandbox_ok") });
    shop.guest(crate::make::purchase::COMPLETE, input).await.done("checkoutComplete");
    assert_eq!(shop.guest(PAGE, page(&chair)).await.at(stock), 3, "bought, and seen at once");
}

#[tokio::test]
async fn staff_and_a_shop_that_keeps_nothing_always_ask_the_database() {
    let (shop, _tail) = kept().await;
    let staff: Caller = shop.staff("admin@example.com", Role::Admin).await;
    let page = json!({ "id": thing("Lamp").make(&shop).await.gid() });
    cost(&shop, PAGE, page.clone()).await;
    let (_, count) = shop.statements(shop.ask(&staff, PAGE, page.clone())).await;
    assert!(count > 4, "{count} statements");

    let shop = TestShop::with(&[("CARTWRIGHT_CACHE_MEBIBYTES", "0")]).await;
    let page = json!({ "id": thing("Lamp").make(&shop).await.gid() });
    for _ in 0..2 {
        assert!(cost(&shop, PAGE, page.clone()).await > 4);
    }
}
