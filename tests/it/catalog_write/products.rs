//! Products: made, changed, published, deleted, and by whom.

use cartwright::domain::auth::Role;
use serde_json::{Value, json};

use super::{PRODUCT, create, facts, lamp, run, update};
use crate::support::{Caller, TestShop};

#[tokio::test]
async fn a_product_without_options_has_one_variant_with_its_stock_and_can_be_bought_once_published() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let product = create(&shop, &staff, lamp()).await;
    assert_eq!(product["handle"], "desk-lamp");
    assert_eq!(product["version"], 1);
    assert_eq!(product["variants"]["nodes"][0]["title"], "Default Title");
    assert_eq!(product["variants"]["nodes"][0]["price"]["amount"], "25.0");
    assert_eq!(
        product["variants"]["nodes"][0]["selectedOptions"],
        json!([{ "name": "Title", "value": "Default Title" }])
    );
    let seen = shop.guest("{ product(handle: \"desk-lamp\") { availableForSale variants(first: 1) { nodes { quantityAvailable } } } }", json!({})).await;
    assert_eq!(
        seen.at("/product"),
        json!({ "availableForSale": true, "variants": { "nodes": [{ "quantityAvailable": 4 }] } })
    );
    let found = shop.guest("{ search(query: \"lamp-1\", first: 5) { totalCount } }", json!({})).await;
    assert_eq!(found.at("/search/totalCount"), 1);
    assert_eq!(facts(&shop).await, ["product.created"]);
}

#[tokio::test]
async fn a_handle_made_of_a_title_gets_a_suffix_and_a_chosen_one_is_refused_when_it_is_taken() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    for expected in ["desk-lamp", "desk-lamp-1", "desk-lamp-2"] {
        assert_eq!(create(&shop, &staff, lamp()).await["handle"], expected);
    }
    let mut chosen = lamp();
    chosen["handle"] = json!("Desk Lamp");
    let refused = run(&shop, &staff, "productCreate", PRODUCT, chosen).await;
    assert_eq!(refused.refusals("productCreate"), ["TAKEN"]);
    assert_eq!(refused.at("/productCreate/userErrors/0/field"), json!(["input", "handle"]));
}

#[tokio::test]
async fn every_mistake_of_a_product_is_told_at_once_with_its_place_and_nothing_is_kept() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let input = json!({
        "title": " ", "tags": ["x".repeat(256)],
        "options": [{ "name": "Size" }, { "name": "size" }],
        "images": [{ "url": "javascript:alert(1)" }],
        "variants": [{ "price": "-1", "sku": "x".repeat(256) }],
    });
    let refused = run(&shop, &staff, "productCreate", PRODUCT, input).await;
    let errors = refused.at("/productCreate/userErrors");
    let told: Vec<(String, String)> = errors
        .as_array()
        .expect("a list")
        .iter()
        .map(|error| {
            let path: Vec<&str> = error["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
            (path.join("."), error["code"].as_str().expect("a code").to_owned())
        })
        .collect();
    let expected = [
        ("input.title", "BLANK"),
        ("input.tags.0", "TOO_LONG"),
        ("input.options.1.name", "DUPLICATE"),
        ("input.variants.0.price", "INVALID"),
        ("input.variants.0.sku", "TOO_LONG"),
        ("input.images.0.url", "INVALID"),
    ];
    assert_eq!(told, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
    assert_eq!(refused.at("/productCreate/product"), Value::Null);
    assert!(facts(&shop).await.is_empty());
}

#[tokio::test]
async fn descriptions_are_sanitised_and_nul_is_a_mistake_of_the_caller() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let mut input = lamp();
    input["descriptionHtml"] =
        json!("<p onclick='x()'>Good <b>light</b></p><script>x()</script><iframe src='//x'></iframe>");
    let product = create(&shop, &staff, input).await;
    assert_eq!(product["descriptionHtml"], "<p>Good <b>light</b></p>");
    assert_eq!(product["description"], "Good light");
    let mut input = lamp();
    input["vendor"] = json!("a\u{0}b");
    assert_eq!(run(&shop, &staff, "productCreate", PRODUCT, input).await.code(), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_change_grows_the_version_and_one_made_of_an_old_version_is_a_conflict() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let id = create(&shop, &staff, lamp()).await["id"].clone();
    let changed = update(
        &shop,
        &staff,
        json!({
            "id": id, "expectedVersion": 1, "title": "Big Lamp", "vendor": "Lumen", "tags": ["Light", "light", "Home"],
            "handle": "Big!", "seo": { "title": "S", "description": null },
        }),
    )
    .await;
    let product = changed.done("productUpdate")["product"].clone();
    assert_eq!(product["version"], 2);
    assert_eq!(product["handle"], "big");
    assert_eq!(product["tags"], json!(["Home", "Light"]));
    assert_eq!(product["seo"], json!({ "title": "S", "description": null }));
    let stale = update(&shop, &staff, json!({ "id": id, "expectedVersion": 1, "title": "Lost" })).await;
    assert_eq!(stale.code(), "VERSION_CONFLICT");
    assert_eq!(stale.body["errors"][0]["extensions"]["currentVersion"], 2);
    // What changes nothing is no change.
    let same = update(&shop, &staff, json!({ "id": id, "title": "Big Lamp" })).await;
    assert_eq!(same.at("/productUpdate/product/version"), 2);
    assert_eq!(facts(&shop).await, ["product.created", "product.updated"]);
    for (words, count) in [("lumen", 1), ("desk", 0), ("home", 1)] {
        let found = shop
            .guest("query ($q: String!) { search(query: $q, first: 5) { totalCount } }", json!({ "q": words }))
            .await;
        assert_eq!(found.at("/search/totalCount"), count, "{words}");
    }
}

#[tokio::test]
async fn shoppers_see_a_product_from_publishing_to_unpublishing() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let mut input = lamp();
    input["publish"] = json!(false);
    input["status"] = json!("DRAFT");
    let id = create(&shop, &staff, input).await["id"].clone();
    let seen = async || shop.guest("{ product(handle: \"desk-lamp\") { id } }", json!({})).await.at("/product");
    assert_eq!(seen().await, Value::Null);
    let published = run(&shop, &staff, "productPublish", PRODUCT, json!({ "id": id })).await.done("productPublish");
    assert_eq!(published["product"]["status"], "ACTIVE");
    assert_eq!(seen().await["id"], id);
    run(&shop, &staff, "productUnpublish", PRODUCT, json!({ "id": id, "expectedVersion": 2 }))
        .await
        .done("productUnpublish");
    assert_eq!(seen().await, Value::Null);
    update(&shop, &staff, json!({ "id": id, "status": "ARCHIVED" })).await.done("productUpdate");
    let archived = run(&shop, &staff, "productPublish", PRODUCT, json!({ "id": id })).await;
    assert_eq!(archived.refusals("productPublish"), ["INVALID_STATUS"]);
}

#[tokio::test]
async fn a_deleted_product_is_gone_and_an_unknown_one_was_never_there() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let id = create(&shop, &staff, lamp()).await["id"].clone();
    let delete =
        async || run(&shop, &staff, "productDelete", "deletedProductId userErrors { code }", json!({ "id": id })).await;
    assert_eq!(delete().await.done("productDelete")["deletedProductId"], id);
    assert_eq!(delete().await.code(), "NOT_FOUND");
    let gone = shop.ask(&staff, "query ($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
    assert_eq!(gone.at("/node"), Value::Null);
    assert_eq!(facts(&shop).await, ["product.created", "product.deleted"]);
}

#[tokio::test]
async fn only_who_manages_products_changes_the_catalog() {
    let shop = TestShop::still().await;
    let (clerk, customer) = (shop.staff("clerk@example.com", Role::Staff).await, shop.customer("c@example.com").await);
    for (caller, code) in [(&Caller::guest(), "UNAUTHENTICATED"), (&customer, "FORBIDDEN"), (&clerk, "FORBIDDEN")] {
        assert_eq!(run(&shop, caller, "productCreate", PRODUCT, lamp()).await.code(), code);
        let names = shop.ask(caller, "{ __schema { mutationType { fields { name } } } }", json!({})).await;
        assert!(!names.body.to_string().contains("productCreate"));
    }
}

#[tokio::test]
async fn two_who_take_one_title_at_the_same_moment_get_two_handles() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let made = futures::future::join_all((0..6).map(|_| create(&shop, &staff, lamp()))).await;
    let mut handles: Vec<&str> = made.iter().filter_map(|product| product["handle"].as_str()).collect();
    handles.sort_unstable();
    handles.dedup();
    assert_eq!(handles.len(), 6);
}
