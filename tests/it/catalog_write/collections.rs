//! Collections: made, filled, changed, removed.

use serde_json::{Value, json};

use super::{create, lamp, run, shirt};
use crate::support::TestShop;

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
