//! Staff change the catalog: products, variants, pictures and collections.

use cartwright::domain::auth::Role;
use entity::platform::outbox_event;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, TestShop};

const PRODUCT: &str = "product { id handle title version status descriptionHtml description vendor productType tags
    seo { title description } options { name optionValues { name } }
    images(first: 10) { nodes { id url altText } }
    variants(first: 250) { nodes { id title sku price { amount } quantityAvailable
        selectedOptions { name value } image { url } } } }
    userErrors { field message code }";

/// Runs a mutation that has one `input`.
async fn run(shop: &TestShop, caller: &Caller, mutation: &str, selection: &str, input: Value) -> Answer {
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let kind = match mutation {
        "productDelete" | "productPublish" | "productUnpublish" => "ProductTargetInput".to_owned(),
        "collectionAddProducts" | "collectionRemoveProducts" => "CollectionProductsInput".to_owned(),
        _ => format!("{name}Input"),
    };
    let document = format!("mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} }} }}");
    shop.ask(caller, &document, json!({ "input": input })).await
}

async fn create(shop: &TestShop, staff: &Caller, input: Value) -> Value {
    run(shop, staff, "productCreate", PRODUCT, input).await.done("productCreate")["product"].clone()
}

async fn update(shop: &TestShop, staff: &Caller, input: Value) -> Answer {
    run(shop, staff, "productUpdate", PRODUCT, input).await
}

fn lamp() -> Value {
    json!({ "title": "Desk Lamp", "publish": true, "variants": [{ "price": "25.00", "sku": "LAMP-1", "quantity": 4 }] })
}

fn shirt() -> Value {
    json!({
        "title": "Shirt", "options": [{ "name": "Size" }, { "name": "Color" }],
        "variants": [
            { "optionValues": [{ "optionName": "Color", "name": "Red" }, { "optionName": "Size", "name": "S" }], "price": "20.5" },
            { "optionValues": [{ "optionName": "size", "name": "M" }, { "optionName": "color", "name": "Red" }], "price": "10" },
        ],
    })
}

async fn facts(shop: &TestShop) -> Vec<String> {
    let query = outbox_event::Entity::find().order_by_asc(outbox_event::Column::Position);
    let rows = query.all(shop.app.database.reader()).await.expect("facts");
    rows.into_iter().map(|row| row.kind).filter(|kind| !kind.starts_with("customer.")).collect()
}

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
async fn options_and_variants_are_kept_in_the_order_of_the_options_and_sorted_by_the_lowest_price() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let mut input = shirt();
    input["publish"] = json!(true);
    let product = create(&shop, &staff, input).await;
    let titles: Vec<&str> =
        product["variants"]["nodes"].as_array().expect("a list").iter().filter_map(|v| v["title"].as_str()).collect();
    assert_eq!(titles, ["S / Red", "M / Red"]);
    assert_eq!(product["options"][0], json!({ "name": "Size", "optionValues": [{ "name": "S" }, { "name": "M" }] }));
    create(&shop, &staff, lamp()).await;
    let sorted = shop.guest("{ products(first: 5, sortKey: PRICE) { nodes { title } } }", json!({})).await;
    assert_eq!(sorted.at("/products/nodes"), json!([{ "title": "Shirt" }, { "title": "Desk Lamp" }]));
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
async fn variants_that_do_not_fit_the_options_are_refused() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let value = |option: &str, name: &str| json!({ "optionName": option, "name": name });
    for (variants, codes) in [
        (json!([]), vec!["BLANK"]),
        (json!([{ "price": "1" }, { "price": "2" }]), vec!["DUPLICATE"]),
        (
            json!([{ "price": "1", "optionValues": [value("Size", "S")] }, { "price": "1", "optionValues": [value("Size", "s")] }]),
            vec!["DUPLICATE"],
        ),
        (
            json!([{ "price": "1", "optionValues": [value("Size", "S")] }, { "price": "1", "optionValues": [value("Colour", "S")] }]),
            vec!["NOT_FOUND", "BLANK"],
        ),
        (json!([{ "price": "1.005" }]), vec!["INVALID"]),
        (json!([{ "price": "ten" }]), vec!["INVALID"]),
        (json!([{ "price": "99999999999999" }]), vec!["INVALID"]),
        (json!([{ "price": "1", "quantity": -1 }]), vec!["INVALID"]),
    ] {
        let input = json!({ "title": "X", "variants": variants });
        let refused = run(&shop, &staff, "productCreate", PRODUCT, input.clone()).await;
        assert_eq!(refused.refusals("productCreate"), codes, "{input}");
    }
    let many: Vec<Value> =
        (0..251).map(|n| json!({ "price": "1", "optionValues": [value("N", &n.to_string())] })).collect();
    let refused =
        run(&shop, &staff, "productCreate", "userErrors { code }", json!({ "title": "X", "variants": many })).await;
    assert_eq!(refused.refusals("productCreate"), ["TOO_MANY"]);
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
async fn options_are_renamed_added_and_removed_while_variants_stay_apart() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let id = create(&shop, &staff, lamp()).await["id"].clone();
    let options = |options: Value| json!({ "id": id, "options": options });
    let missing = update(&shop, &staff, options(json!([{ "name": "Color" }]))).await;
    assert_eq!(missing.refusals("productUpdate"), ["BLANK"]);
    update(&shop, &staff, options(json!([{ "name": "Color", "values": ["Black"] }]))).await.done("productUpdate");
    let grown =
        update(&shop, &staff, options(json!([{ "name": "Shade" }, { "name": "Plug", "values": ["EU", "UK"] }]))).await;
    let product = grown.done("productUpdate")["product"].clone();
    assert_eq!(product["variants"]["nodes"][0]["title"], "Black / EU");
    let add = json!({ "productId": id, "variants": [{ "price": "26", "optionValues": [
        { "optionName": "Shade", "name": "Black" }, { "optionName": "Plug", "name": "UK" }] }] });
    run(&shop, &staff, "productVariantsBulkCreate", PRODUCT, add).await.done("productVariantsBulkCreate");
    let alike = update(&shop, &staff, options(json!([{ "name": "Shade" }]))).await;
    assert_eq!(alike.refusals("productUpdate"), ["DUPLICATE"]);
}

#[tokio::test]
async fn variants_are_added_changed_and_removed_all_or_none() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let product = create(&shop, &staff, shirt()).await;
    let (id, nodes) = (product["id"].clone(), product["variants"]["nodes"].clone());
    let (small, medium) = (nodes[0]["id"].clone(), nodes[1]["id"].clone());
    let selection =
        "productVariants { title sku price { amount } compareAtPrice { amount } } userErrors { field code }";
    let value = |option: &str, name: &str| json!({ "optionName": option, "name": name });

    // Two variants exchange their values in one call.
    let swap = json!({ "productId": id, "variants": [
        { "id": small, "optionValues": [value("Size", "M")], "price": "30", "compareAtPrice": "40", "sku": "A" },
        { "id": medium, "optionValues": [value("Size", "S")] },
    ] });
    let swapped = run(&shop, &staff, "productVariantsBulkUpdate", selection, swap).await;
    assert_eq!(
        swapped.done("productVariantsBulkUpdate")["productVariants"],
        json!([
            { "title": "M / Red", "sku": "A", "price": { "amount": "30.0" }, "compareAtPrice": { "amount": "40.0" } },
            { "title": "S / Red", "sku": null, "price": { "amount": "10.0" }, "compareAtPrice": null },
        ])
    );
    let cleared = json!({ "productId": id, "variants": [{ "id": small, "compareAtPrice": null, "sku": null }] });
    let cleared = run(&shop, &staff, "productVariantsBulkUpdate", selection, cleared).await;
    assert_eq!(cleared.at("/productVariantsBulkUpdate/productVariants/0/sku"), Value::Null);

    let alike =
        json!({ "productId": id, "variants": [{ "id": small, "optionValues": [value("Size", "S")], "price": "1" }] });
    let alike = run(&shop, &staff, "productVariantsBulkUpdate", selection, alike).await;
    assert_eq!(alike.refusals("productVariantsBulkUpdate"), ["DUPLICATE"]);

    let half = json!({ "productId": id, "variants": [
        { "price": "9", "optionValues": [value("Size", "L"), value("Color", "Red")] },
        { "price": "9", "optionValues": [value("Size", "S"), value("Color", "Red")] },
    ] });
    let half = run(&shop, &staff, "productVariantsBulkCreate", selection, half).await;
    assert_eq!(half.refusals("productVariantsBulkCreate"), ["DUPLICATE"]);
    assert_eq!(half.at("/productVariantsBulkCreate/userErrors/0/field"), json!(["input", "variants", "1"]));

    let all = json!({ "productId": id, "variantIds": [small, medium] });
    let all = run(&shop, &staff, "productVariantsBulkDelete", PRODUCT, all).await;
    assert_eq!(all.refusals("productVariantsBulkDelete"), ["BLANK"]);
    let one = json!({ "productId": id, "variantIds": [small] });
    let one = run(&shop, &staff, "productVariantsBulkDelete", PRODUCT, one).await.done("productVariantsBulkDelete");
    assert_eq!(one["product"]["variants"]["nodes"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn pictures_are_added_shown_by_variants_and_taken_away() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let product = create(&shop, &staff, shirt()).await;
    let (id, small) = (product["id"].clone(), product["variants"]["nodes"][0]["id"].clone());
    let media = json!({ "productId": id, "media": [
        { "image": { "url": "/media/demo/a.webp", "altText": "A", "width": 10, "height": 10 }, "variantIds": [small] },
        { "image": { "url": "https://cdn.example/b.jpg" } },
    ] });
    let added =
        run(&shop, &staff, "productMediaCreate", PRODUCT, media).await.done("productMediaCreate")["product"].clone();
    assert_eq!(added["images"]["nodes"][0]["altText"], "A");
    assert!(added["variants"]["nodes"][0]["image"]["url"].as_str().expect("a URL").ends_with("/media/demo/a.webp"));
    let remove = json!({ "productId": id, "imageIds": [added["images"]["nodes"][0]["id"]] });
    let removed =
        run(&shop, &staff, "productMediaDelete", PRODUCT, remove.clone()).await.done("productMediaDelete")["product"]
            .clone();
    assert_eq!(removed["images"]["nodes"].as_array().map(Vec::len), Some(1));
    let again = run(&shop, &staff, "productMediaDelete", PRODUCT, remove).await;
    assert_eq!(again.refusals("productMediaDelete"), ["NOT_FOUND"]);
    let bad = json!({ "productId": id, "media": [{ "image": { "url": "/media/../secret" } }] });
    let bad = run(&shop, &staff, "productMediaCreate", PRODUCT, bad).await;
    assert_eq!(bad.at("/productMediaCreate/userErrors/0/field"), json!(["input", "media", "0", "image", "url"]));
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
async fn a_collection_is_made_filled_changed_and_removed() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let (lamp, shirt) =
        (create(&shop, &staff, lamp()).await["id"].clone(), create(&shop, &staff, shirt()).await["id"].clone());
    let fields = "collection { id handle title version image { url } products(first: 9) { nodes { title } } } userErrors { field code }";
    let made = json!({ "title": "New In!", "descriptionHtml": "<p>x</p>", "image": { "url": "/media/c.webp" } });
    let made =
        run(&shop, &staff, "collectionCreate", fields, made).await.done("collectionCreate")["collection"].clone();
    assert_eq!(made["handle"], "new-in");
    let products = |ids: Vec<&Value>| json!({ "id": made["id"], "productIds": ids });
    run(&shop, &staff, "collectionAddProducts", fields, products(vec![&shirt])).await.done("collectionAddProducts");
    let filled = run(&shop, &staff, "collectionAddProducts", fields, products(vec![&lamp, &shirt])).await;
    let filled = filled.done("collectionAddProducts")["collection"].clone();
    assert_eq!(filled["products"]["nodes"], json!([{ "title": "Shirt" }, { "title": "Desk Lamp" }]));
    assert_eq!(filled["version"], 3);
    let emptied = run(&shop, &staff, "collectionRemoveProducts", fields, products(vec![&shirt])).await;
    assert_eq!(emptied.at("/collectionRemoveProducts/collection/products/nodes"), json!([{ "title": "Desk Lamp" }]));
    let stranger = json!("gid://cartwright/Product/018f0000-0000-7000-8000-000000000000");
    let unknown = run(&shop, &staff, "collectionAddProducts", fields, products(vec![&stranger])).await;
    assert_eq!(unknown.refusals("collectionAddProducts"), ["NOT_FOUND"]);
    let changed = json!({ "id": made["id"], "expectedVersion": 4, "title": "Old In", "image": null });
    let changed =
        run(&shop, &staff, "collectionUpdate", fields, changed).await.done("collectionUpdate")["collection"].clone();
    assert_eq!(
        (&changed["title"], &changed["image"], &changed["handle"]),
        (&json!("Old In"), &Value::Null, &json!("new-in"))
    );
    let stale = run(
        &shop,
        &staff,
        "collectionDelete",
        "userErrors { code }",
        json!({ "id": made["id"], "expectedVersion": 4 }),
    )
    .await;
    assert_eq!(stale.code(), "VERSION_CONFLICT");
    run(&shop, &staff, "collectionDelete", "userErrors { code }", json!({ "id": made["id"] }))
        .await
        .done("collectionDelete");
    let left = shop.ask(&staff, "query ($id: ID!) { node(id: $id) { id } }", json!({ "id": lamp })).await;
    assert_eq!(left.at("/node/id"), lamp);
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
