//! Staff add, change and remove classes, zones and settings; what is wrong is refused with its place.

use cartwright::domain::auth::Role;
use serde_json::{Value, json};

use super::{Office, country_zone};
use crate::{make::catalog::product, support::Caller};

const ZONE: &str =
    "taxZone { id name pricesShown reverseCharge areas { countryCode provinceCodes postalCodes { from to } }
    rounding { mode level taxes } shipping { kind taxClass { name } }
    rates { taxClass { name } taxes { title percent compound } } }";

/// Québec with books, every choice made.
fn quebec(books: &str) -> Value {
    json!({
        "name": " Québec ", "pricesShown": "EXCLUSIVE", "reverseCharge": true,
        "areas": [{ "countryCode": "CA", "provinceCodes": ["qc"], "postalCodes": [{ "from": "g0a" }, { "from": "H0", "to": "J9" }] }],
        "rates": [
            { "taxes": [{ "title": "GST", "percent": "5" }, { "title": "QST", "percent": "9.975", "compound": true }] },
            { "taxClassId": books, "taxes": [{ "title": "GST", "percent": "5.0" }] },
        ],
        "rounding": { "mode": "HALF_EVEN", "level": "ORDER", "taxes": "TOGETHER" },
        "shipping": { "kind": "AS_CLASS", "taxClassId": books },
    })
}

#[tokio::test]
async fn a_zone_is_kept_as_it_was_described() {
    let office = Office::new().await;
    let books = office.class("Books").await;
    let answer = office.call("taxZoneCreate", ZONE, quebec(&books)).await;
    let mut zone = answer.done("taxZoneCreate")["taxZone"].clone();
    let id = zone["id"].take();
    let expected = json!({
        "id": null, "name": "Québec", "pricesShown": "EXCLUSIVE", "reverseCharge": true,
        "areas": [{ "countryCode": "CA", "provinceCodes": ["QC"],
                    "postalCodes": [{ "from": "G0A", "to": null }, { "from": "H0", "to": "J9" }] }],
        "rounding": { "mode": "HALF_EVEN", "level": "ORDER", "taxes": "TOGETHER" },
        "shipping": { "kind": "AS_CLASS", "taxClass": { "name": "Books" } },
        "rates": [
            { "taxClass": null, "taxes": [{ "title": "GST", "percent": "5.0", "compound": false },
                                          { "title": "QST", "percent": "9.975", "compound": true }] },
            { "taxClass": { "name": "Books" }, "taxes": [{ "title": "GST", "percent": "5.0", "compound": false }] },
        ],
    });
    assert_eq!(zone, expected);

    let change = json!({
        "id": id, "name": "Quebec", "rounding": { "level": "LINE" }, "shipping": { "kind": "NOT_TAXED" },
        "rates": [{ "taxes": [{ "title": "GST", "percent": "6" }] }],
    });
    let changed = office.call("taxZoneUpdate", ZONE, change).await.done("taxZoneUpdate")["taxZone"].clone();
    assert_eq!(changed["rounding"], json!({ "mode": "HALF_EVEN", "level": "LINE", "taxes": "TOGETHER" }));
    assert_eq!(changed["shipping"], json!({ "kind": "NOT_TAXED", "taxClass": null }));
    assert_eq!(changed["areas"], expected["areas"]);
    let rates = json!([{ "taxClass": null, "taxes": [{ "title": "GST", "percent": "6.0", "compound": false }] }]);
    assert_eq!(changed["rates"], rates);

    let node = "query($id: ID!) { node(id: $id) { id ... on TaxZone { name } } }";
    assert_eq!(office.ask(node, json!({ "id": id })).await.text("/node/name"), "Quebec");
    let deleted = office.call("taxZoneDelete", "deletedTaxZoneId", json!({ "id": id })).await.done("taxZoneDelete");
    assert_eq!(deleted["deletedTaxZoneId"], id);
    assert!(office.ask(node, json!({ "id": id })).await.at("/node").is_null());
    let unknown = office.call("taxZoneDelete", "deletedTaxZoneId", json!({ "id": id })).await;
    assert_eq!(unknown.code(), "NOT_FOUND");

    let facts = office.facts("tax_zone").await;
    let kinds: Vec<&str> = facts.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["tax_zone.created", "tax_zone.updated", "tax_zone.deleted"]);
    let (_, updated) = &facts[1];
    assert_eq!((&updated["before"]["name"], &updated["after"]["name"]), (&json!("Québec"), &json!("Quebec")));
    assert!(updated["account_id"].is_string() && facts[2].1["after"].is_null());
}

#[tokio::test]
async fn what_a_zone_leaves_out_is_what_most_shops_mean() {
    let office = Office::new().await;
    let answer = office.call("taxZoneCreate", ZONE, country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    let zone = answer.done("taxZoneCreate")["taxZone"].clone();
    assert_eq!(zone["rounding"], json!({ "mode": "HALF_UP", "level": "LINE", "taxes": "SEPARATELY" }));
    assert_eq!((&zone["shipping"]["kind"], &zone["reverseCharge"]), (&json!("NOT_TAXED"), &json!(false)));
    // The same again changes nothing and tells nobody.
    let same = json!({ "id": zone["id"], "rates": country_zone("DE", "INCLUSIVE", "VAT", "19.0")["rates"] });
    office.call("taxZoneUpdate", ZONE, same).await.done("taxZoneUpdate");
    assert_eq!(office.facts("tax_zone").await.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_zone_is_refused_with_its_place() {
    let office = Office::new().await;
    office.zone(country_zone("FR", "INCLUSIVE", "TVA", "20")).await;
    let with = |field: &str, value: Value| {
        let mut zone = country_zone("DE", "INCLUSIVE", "VAT", "19");
        zone[field] = value;
        zone
    };
    let tax = |title: &str, percent: &str| json!({ "title": title, "percent": percent });
    let missing = "gid://cartwright/TaxClass/01900000-0000-7000-8000-000000000000";
    for (zone, refusals) in [
        (with("name", json!(" ")), vec!["input.name BLANK"]),
        (with("name", json!("fr")), vec!["input.name TAKEN"]),
        (with("name", json!("x".repeat(256))), vec!["input.name TOO_LONG"]),
        (with("areas", json!([])), vec!["input.areas BLANK"]),
        (with("areas", json!([{ "provinceCodes": ["TX"] }])), vec!["input.areas.0.provinceCodes INVALID"]),
        (
            with("areas", json!([{}, { "countryCode": "US", "provinceCodes": ["TX", "Texas"] }])),
            vec!["input.areas.1.provinceCodes.1 INVALID"],
        ),
        (
            with("areas", json!([{ "countryCode": "US", "provinceCodes": ["TX", "tx"] }])),
            vec!["input.areas.0.provinceCodes.1 DUPLICATE"],
        ),
        (
            with("areas", json!([{ "countryCode": "DE", "postalCodes": [{ "from": "14199", "to": "10115" }] }])),
            vec!["input.areas.0.postalCodes.0 INVALID"],
        ),
        (
            with("rates", json!([{ "taxes": [tax("", "x")] }, { "taxes": [] }])),
            vec![
                "input.rates.0.taxes.0.title BLANK",
                "input.rates.0.taxes.0.percent INVALID",
                "input.rates.1.taxClassId DUPLICATE",
            ],
        ),
        (with("rates", json!([{ "taxes": [tax("VAT", "1001")] }])), vec!["input.rates.0.taxes.0.percent INVALID"]),
        (
            with("rates", json!([{ "taxes": [tax("VAT", "7"), tax("VAT", "7")] }])),
            vec!["input.rates.0.taxes.1 DUPLICATE"],
        ),
        (with("rates", json!([{ "taxes": vec![tax("VAT", "7"); 9] }])), vec!["input.rates.0.taxes TOO_MANY"]),
        (with("rates", json!([{ "taxClassId": missing, "taxes": [] }])), vec!["input.rates.0.taxClassId NOT_FOUND"]),
        (
            with("shipping", json!({ "kind": "AS_GOODS", "taxClassId": missing })),
            vec!["input.shipping.taxClassId INVALID", "input.shipping.taxClassId NOT_FOUND"],
        ),
    ] {
        assert_eq!(office.refused("taxZoneCreate", zone.clone()).await, refusals, "{zone}");
    }
    let nul = office.call("taxZoneCreate", ZONE, with("name", json!("a\u{0}b"))).await;
    assert_eq!(nul.code(), "BAD_USER_INPUT");
    let wrong_type = with("rates", json!([{ "taxClassId": "gid://cartwright/TaxZone/1", "taxes": [] }]));
    assert_eq!(office.call("taxZoneCreate", ZONE, wrong_type).await.code(), "BAD_USER_INPUT");
    assert_eq!(
        office.ask("{ taxZones { nodes { name } } }", json!({})).await.at("/taxZones/nodes"),
        json!([{ "name": "FR" }])
    );
}

#[tokio::test]
async fn a_place_belongs_to_one_zone_and_postal_codes_may_overlap() {
    let office = Office::new().await;
    let zone =
        |name: &str, areas: Value| json!({ "name": name, "areas": areas, "pricesShown": "EXCLUSIVE", "rates": [] });
    let first = office.zone(zone("Japan", json!([{ "countryCode": "JP" }]))).await;
    office.zone(zone("Quebec", json!([{ "countryCode": "CA", "provinceCodes": ["QC"] }]))).await;
    let japan_again = zone("Japan again", json!([{ "countryCode": "DE" }, { "countryCode": "JP" }]));
    assert_eq!(office.refused("taxZoneCreate", japan_again).await, ["input.areas.1.countryCode TAKEN"]);
    let twice = zone("Twice", json!([{ "countryCode": "DE" }, { "countryCode": "DE" }]));
    assert_eq!(office.refused("taxZoneCreate", twice).await, ["input.areas.1.countryCode DUPLICATE"]);
    let quebec = zone("Quebec again", json!([{ "countryCode": "CA", "provinceCodes": ["ON", "QC"] }]));
    assert_eq!(office.refused("taxZoneCreate", quebec).await, ["input.areas.0.provinceCodes TAKEN"]);
    office.zone(zone("Some of Japan", json!([{ "countryCode": "JP", "postalCodes": [{ "from": "90" }] }]))).await;
    office.zone(zone("Others of it", json!([{ "countryCode": "JP", "postalCodes": [{ "from": "900" }] }]))).await;
    let same = json!({ "id": first, "areas": [{ "countryCode": "JP" }, { "countryCode": "KR" }] });
    office.call("taxZoneUpdate", "taxZone { id }", same).await.done("taxZoneUpdate");
}

#[tokio::test]
async fn a_class_is_kept_while_something_is_of_it() {
    let office = Office::new().await;
    let (books, food) = (office.class("Books").await, office.class("food").await);
    assert_eq!(office.refused("taxClassCreate", json!({ "name": "BOOKS" })).await, ["input.name TAKEN"]);
    assert_eq!(office.refused("taxClassCreate", json!({ "name": "" })).await, ["input.name BLANK"]);
    let renamed = office.call("taxClassUpdate", "taxClass { name }", json!({ "id": food, "name": "Groceries" })).await;
    assert_eq!(renamed.done("taxClassUpdate")["taxClass"]["name"], "Groceries");
    let list = office.ask("{ taxClasses { nodes { id name } } }", json!({})).await.at("/taxClasses/nodes");
    assert_eq!(list, json!([{ "id": books, "name": "Books" }, { "id": food, "name": "Groceries" }]));

    let made = product("Atlas").make(&office.shop).await;
    let document = "mutation($input: ProductVariantsBulkUpdateInput!) { productVariantsBulkUpdate(input: $input) {
        productVariants { taxClass { id name } taxable } userErrors { field code } } }";
    let put = async |class: Value| {
        let variant = json!({ "id": made.variant_gid(0), "taxClassId": class });
        office.ask(document, json!({ "input": { "productId": made.gid(), "variants": [variant] } })).await
    };
    let answer = put(json!(books)).await.done("productVariantsBulkUpdate");
    assert_eq!(answer["productVariants"], json!([{ "taxClass": { "id": books, "name": "Books" }, "taxable": true }]));
    assert_eq!(office.refused("taxClassDelete", json!({ "id": books })).await, ["input.id IN_USE"]);
    let gone = "gid://cartwright/TaxClass/01900000-0000-7000-8000-000000000000";
    assert_eq!(put(json!(gone)).await.refusals("productVariantsBulkUpdate"), ["NOT_FOUND"]);
    assert_eq!(put(json!(made.gid())).await.code(), "BAD_USER_INPUT");
    put(Value::Null).await.done("productVariantsBulkUpdate");

    let mut zone = country_zone("DE", "INCLUSIVE", "VAT", "19");
    zone["rates"] = json!([{ "taxes": [] }, { "taxClassId": books, "taxes": [{ "title": "VAT", "percent": "7" }] }]);
    zone["shipping"] = json!({ "kind": "AS_CLASS", "taxClassId": books });
    let zone = office.zone(zone).await;
    assert_eq!(office.refused("taxClassDelete", json!({ "id": books })).await, ["input.id IN_USE"]);
    let untaxed = json!({ "id": zone, "shipping": { "kind": "NOT_TAXED" } });
    office.call("taxZoneUpdate", "__typename", untaxed).await.done("taxZoneUpdate");
    office.call("taxClassDelete", "__typename", json!({ "id": books })).await.done("taxClassDelete");
    let rates = office.ask("{ taxZones { nodes { rates { taxClass { id } } } } }", json!({})).await;
    assert_eq!(rates.at("/taxZones/nodes/0/rates"), json!([{ "taxClass": null }]), "its rate went with it");
}

#[tokio::test]
async fn a_new_product_is_of_the_class_it_is_given() {
    let office = Office::new().await;
    let books = office.class("Books").await;
    let document = "mutation($input: ProductCreateInput!) { productCreate(input: $input) {
        product { variants(first: 2) { nodes { taxClass { name } } } } userErrors { field code } } }";
    let create = async |class: &str| {
        let variant = json!({ "price": "10", "taxClassId": class });
        office.ask(document, json!({ "input": { "title": "Atlas", "variants": [variant] } })).await
    };
    let product = create(&books).await.done("productCreate")["product"].clone();
    assert_eq!(product["variants"]["nodes"], json!([{ "taxClass": { "name": "Books" } }]));
    let gone = create("gid://cartwright/TaxClass/01900000-0000-7000-8000-000000000000").await;
    let error = json!([{ "field": ["input", "variants", "0", "taxClassId"], "code": "NOT_FOUND" }]);
    assert_eq!(gone.at("/productCreate/userErrors"), error);
}

#[tokio::test]
async fn the_settings_name_a_home_zone_that_stays() {
    let office = Office::new().await;
    let read = "{ taxSettings { pricesEntered pricesAbroad updatedAt homeZone { name } } }";
    let fresh =
        json!({ "pricesEntered": "EXCLUSIVE", "pricesAbroad": "FIXED_GROSS", "updatedAt": null, "homeZone": null });
    assert_eq!(office.ask(read, json!({})).await.at("/taxSettings"), fresh);
    let net = json!({ "pricesEntered": "INCLUSIVE", "pricesAbroad": "FIXED_NET" });
    assert_eq!(office.refused("taxSettingsUpdate", net.clone()).await, ["input.homeZoneId BLANK"]);
    let gone = json!({ "homeZoneId": "gid://cartwright/TaxZone/01900000-0000-7000-8000-000000000000" });
    assert_eq!(office.refused("taxSettingsUpdate", gone).await, ["input.homeZoneId NOT_FOUND"]);

    let zone = office.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    let mut home = net;
    home["homeZoneId"] = json!(zone);
    let answer = office.call("taxSettingsUpdate", "taxSettings { homeZone { name } }", home.clone()).await;
    assert_eq!(answer.done("taxSettingsUpdate")["taxSettings"]["homeZone"]["name"], "DE");
    office.call("taxSettingsUpdate", "__typename", home).await.done("taxSettingsUpdate");
    assert_eq!(office.refused("taxZoneDelete", json!({ "id": zone })).await, ["input.id IN_USE"]);
    assert_eq!(office.refused("taxSettingsUpdate", json!({ "homeZoneId": null })).await, ["input.homeZoneId BLANK"]);
    let facts = office.facts("tax_settings").await;
    assert_eq!(facts.len(), 1, "the same again is no change");
    assert_eq!(facts[0].1["after"]["abroad"], "FIXED_NET");
}

#[tokio::test]
async fn who_may_not_set_taxes_neither_sees_nor_changes_them() {
    let office = Office::new().await;
    let clerk = office.shop.staff("clerk@example.com", Role::Staff).await;
    let jane = office.shop.customer("jane@example.com").await;
    let zone = office.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    let class = office.class("Books").await;
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let reads =
        ["{ taxZones { nodes { id } } }", "{ taxClasses { nodes { id } } }", "{ taxSettings { pricesEntered } }"];
    for (caller, code) in [(&clerk, None), (&jane, Some("FORBIDDEN")), (&Caller::guest(), Some("UNAUTHENTICATED"))] {
        for document in reads {
            let answer = office.shop.ask(caller, document, json!({})).await;
            match code {
                None => assert!(answer.body.get("errors").is_none(), "{:#}", answer.body),
                Some(_) => assert!(["FORBIDDEN", "UNAUTHENTICATED"].contains(&answer.code().as_str())),
            }
        }
        let found = office.shop.ask(caller, nodes, json!({ "ids": [zone, class] })).await.at("/nodes");
        assert_eq!(found[0].is_null() && found[1].is_null(), code.is_some(), "{found}");
        for (mutation, input) in [
            ("taxClassCreate", json!({ "name": "x" })),
            ("taxClassUpdate", json!({ "id": class })),
            ("taxClassDelete", json!({ "id": class })),
            ("taxZoneCreate", country_zone("FR", "INCLUSIVE", "TVA", "20")),
            ("taxZoneUpdate", json!({ "id": zone })),
            ("taxZoneDelete", json!({ "id": zone })),
            ("taxSettingsUpdate", json!({})),
        ] {
            let refused = office.call_as(caller, mutation, "__typename", input).await.code();
            assert!(["FORBIDDEN", "UNAUTHENTICATED"].contains(&refused.as_str()), "{mutation}: {refused}");
        }
    }
    let types = "{ __type(name: \"Mutation\") { fields { name } } }";
    let seen = async |caller: &Caller| {
        let fields = office.shop.ask(caller, types, json!({})).await.at("/__type/fields").to_string();
        fields.matches("\"tax").count()
    };
    assert_eq!((seen(&office.admin).await, seen(&clerk).await, seen(&jane).await), (7, 0, 0));
}

#[tokio::test]
async fn lists_of_taxes_cost_a_statement_for_each_level() {
    let office = Office::new().await;
    let books = office.class("Books").await;
    let document = "{ taxZones(first: 50) { nodes { name areas { countryCode } shipping { taxClass { name } }
        rates { taxClass { name } taxes { title } } } } }";
    let add = async |country: &str| {
        let mut zone = country_zone(country, "INCLUSIVE", "VAT", "19");
        zone["rates"] = json!([{ "taxes": [] }, { "taxClassId": books, "taxes": [] }]);
        office.zone(zone).await;
    };
    let count = async || {
        let (answer, count) = office.shop.statements(office.ask(document, json!({}))).await;
        assert!(answer.body.get("errors").is_none(), "{:#}", answer.body);
        count
    };
    add("DE").await;
    let few = count().await;
    for country in ["FR", "IT", "ES", "PT"] {
        add(country).await;
    }
    assert_eq!((few, count().await), (3, 3), "zones, their rates, classes");
}
