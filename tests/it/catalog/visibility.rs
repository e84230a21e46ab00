//! What is not published reaches staff only.

use async_graphql::{EmptyMutation, EmptySubscription, Request, Schema};
use cartwright::{
    domain::shared::Viewer,
    graphql::{
        self,
        catalog::ProductVariant,
        context::{Budget, RequestContext},
    },
};
use serde_json::json;

use super::{names, staff};
use crate::{
    make::catalog::{Made, NewProduct, collection, product, variant},
    support::{Answer, Caller, TestShop},
};

/// Every way to a product's text; `$id` and `$variant` are of the hidden one.
const EVERYWHERE: &str = "query($id: ID!, $variant: ID!, $handle: String!) { \
    byHandle: product(handle: $handle) { title } byId: product(id: $id) { title } \
    node(id: $id) { ... on Product { title } } \
    nodes(ids: [$id, $variant]) { ... on Product { title } ... on ProductVariant { sku product { title } } } \
    products { nodes { title } } tagged: products(query: \"tag:hush\") { nodes { title } } \
    search(query: \"hidden\") { totalCount nodes { ... on Product { title } } } \
    collection(handle: \"both\") { products { nodes { title } } } \
    collections { nodes { products { nodes { title } } } } \
    productTags { nodes } productTypes { nodes } }";

async fn stocked(hide: impl FnOnce(NewProduct) -> NewProduct) -> (TestShop, Made) {
    let shop = TestShop::new().await;
    let seen = product("Seen").make(&shop).await;
    let hidden = product("Hidden").tags(&["hush"]).product_type("Hidden").variant(variant(500).sku("HIDDEN-1"));
    let hidden = hide(hidden).make(&shop).await;
    collection(&shop, "Both", true, &[&seen, &hidden]).await;
    (shop, hidden)
}

async fn everywhere(shop: &TestShop, caller: &Caller, hidden: &Made) -> Answer {
    let variables = json!({ "id": hidden.gid(), "variant": hidden.variant_gid(0), "handle": "hidden" });
    shop.ask(caller, EVERYWHERE, variables).await
}

#[tokio::test]
async fn no_way_leads_a_shopper_to_a_draft_or_to_what_is_not_published() {
    for (why, hide) in
        [("draft", (|new| new.draft()) as fn(NewProduct) -> NewProduct), ("unpublished", |new| new.unpublished())]
    {
        let (shop, hidden) = stocked(hide).await;
        let answer = everywhere(&shop, &Caller::guest(), &hidden).await;
        assert_eq!(names(&answer, "/products", "title"), ["Seen"], "{why}");
        let text = answer.body.to_string().to_lowercase();
        assert!(!text.contains("hidden") && !text.contains("hush"), "{why}: {text}");
    }
}

#[tokio::test]
async fn staff_see_what_is_not_published() {
    let (shop, hidden) = stocked(|new| new.draft()).await;
    let answer = everywhere(&shop, &staff(), &hidden).await;
    for pointer in ["/byHandle/title", "/byId/title", "/node/title", "/nodes/0/title", "/nodes/1/product/title"] {
        assert_eq!(answer.text(pointer), "Hidden", "{pointer}");
    }
    assert_eq!(names(&answer, "/collection/products", "title"), ["Seen", "Hidden"]);
    assert_eq!(answer.at("/search/totalCount"), 1);
    let document = "query($id: ID) { product(id: $id) { status isPublished availableForSale \
                    variants { nodes { availableForSale } } } }";
    let answer = shop.ask(&staff(), document, json!({ "id": hidden.gid() })).await;
    let sold = json!({ "nodes": [{ "availableForSale": false }] });
    let expected = json!({ "status": "DRAFT", "isPublished": false, "availableForSale": false, "variants": sold });
    assert_eq!(answer.at("/product"), expected);
}

#[tokio::test]
async fn what_is_published_later_is_not_seen_before() {
    let shop = TestShop::new().await;
    let lamp = product("Lamp").make(&shop).await;
    let later = shop.app.sources.now() + chrono::TimeDelta::hours(1);
    set_publication(&shop, &lamp, Some(later)).await;
    let ask =
        async || shop.guest("{ product(handle: \"lamp\") { title } products { nodes { title } } }", json!({})).await;
    let before = ask().await;
    assert!(before.at("/product").is_null() && names(&before, "/products", "title").is_empty());
    shop.app.sources.clock.advance(chrono::TimeDelta::hours(2));
    let after = ask().await;
    assert_eq!(
        (after.text("/product/title"), names(&after, "/products", "title")),
        ("Lamp".into(), vec!["Lamp".into()])
    );
}

#[tokio::test]
async fn hidden_collections_are_not_seen_through_their_products() {
    let shop = TestShop::new().await;
    let lamp = product("Lamp").make(&shop).await;
    let id = collection(&shop, "Private", false, &[&lamp]).await;
    collection(&shop, "Public", true, &[&lamp]).await;
    let document = "query($id: ID!) { product(handle: \"lamp\") { collections { nodes { title } } } \
                    node(id: $id) { id } collection(id: $id) { title } collections { nodes { title } } }";
    let variables = json!({ "id": format!("gid://cartwright/Collection/{id}") });
    let answer = shop.guest(document, variables.clone()).await;
    assert_eq!(names(&answer, "/product/collections", "title"), ["Public"]);
    assert_eq!(names(&answer, "/collections", "title"), ["Public"]);
    assert!(answer.at("/node").is_null() && answer.at("/collection").is_null());
    let answer = shop.ask(&staff(), document, variables).await;
    assert_eq!(names(&answer, "/product/collections", "title"), ["Private", "Public"]);
    assert_eq!(answer.text("/collection/title"), "Private");
}

#[tokio::test]
async fn staff_members_of_a_product_are_forbidden_to_shoppers_and_hidden_from_introspection() {
    let shop = TestShop::new().await;
    product("Lamp").make(&shop).await;
    let answer = shop.guest("{ product(handle: \"lamp\") { title status } }", json!({})).await;
    assert_eq!(answer.code(), "UNAUTHENTICATED");
    assert_eq!(answer.body["data"], json!({ "product": { "title": "Lamp", "status": null } }));
    let document = "{ __type(name: \"Product\") { fields { name } } }";
    let has_status = |answer: Answer| answer.at("/__type/fields").to_string().contains("\"status\"");
    assert!(!has_status(shop.guest(document, json!({})).await));
    assert!(has_status(shop.ask(&staff(), document, json!({})).await));
}

/// A variant as a cart holds it.
struct HeldQuery;

#[async_graphql::Object]
impl HeldQuery {
    async fn held(&self, ctx: &async_graphql::Context<'_>, id: uuid::Uuid) -> Option<ProductVariant> {
        ProductVariant::load_held(ctx, id.into()).await.expect("the database answers")
    }
}

#[tokio::test]
async fn a_variant_that_a_cart_still_holds_tells_nothing_of_its_hidden_product() {
    let (shop, hidden) = stocked(|new| new.unpublished().images(&["/hidden.webp"])).await;
    let schema = Schema::new(HeldQuery, EmptyMutation, EmptySubscription);
    let document = format!(
        "{{ held(id: \"{}\") {{ title price {{ amount }} availableForSale image {{ url }} product {{ id handle title \
         description vendor productType tags availableForSale options {{ name }} priceRange {{ minVariantPrice {{ \
         amount }} }} variants {{ nodes {{ id }} }} images {{ nodes {{ id }} }} collections {{ nodes {{ id }} }} }} }} }}",
        hidden.variants[0]
    );
    let context = RequestContext {
        app: shop.app.clone(),
        viewer: Viewer::Guest,
        order_access_token: None,
        request_id: "test".to_owned(),
        budget: Budget::new(100),
    };
    let response = schema.execute(graphql::prepare(Request::new(document), context)).await;
    let answer = Answer { body: serde_json::to_value(response).expect("JSON") };
    let nothing = json!({ "nodes": [] });
    assert_eq!(
        answer.at("/held"),
        json!({
            "title": "Default Title", "price": { "amount": "5.0" }, "availableForSale": false, "image": null,
            "product": {
                "id": hidden.gid(), "handle": hidden.id.to_string(), "title": "No longer available",
                "description": "", "vendor": "", "productType": "", "tags": [], "availableForSale": false,
                "options": [], "priceRange": { "minVariantPrice": { "amount": "0.0" } },
                "variants": nothing, "images": nothing, "collections": nothing,
            },
        })
    );
}

async fn set_publication(shop: &TestShop, made: &Made, at: Option<chrono::DateTime<chrono::Utc>>) {
    use sea_orm::{ActiveModelTrait, ActiveValue::Set};
    let tx = cartwright::platform::tx::begin(&shop.app.database).await.expect("a transaction");
    let row = entity::catalog::product::ActiveModel { id: Set(made.id), published_at: Set(at), ..Default::default() };
    row.update(&*tx).await.expect("updated");
    tx.commit().await.expect("committed");
}
