//! What the engine is told: the tables as the types that it reads.

use cartwright::domain::tax;
use entity::ids::TaxClassId;
use pricing::{PriceBasis, PricesAbroad, ShippingTax, TaxClassKey};
use serde_json::json;
use uuid::Uuid;

use super::{Office, country_zone};

fn class_key(gid: &str) -> TaxClassKey {
    let id = gid.rsplit('/').next().expect("a part");
    TaxClassKey(Uuid::parse_str(id).expect("a UUID").as_u128())
}

#[tokio::test]
async fn a_shop_without_zones_has_no_rules() {
    let office = Office::new().await;
    office.class("Books").await;
    let (rules, statements) = office.shop.statements(tax::rules(office.shop.app.database.reader())).await;
    assert_eq!((rules.expect("it reads"), statements), (None, 1));
}

#[tokio::test]
async fn the_engine_reads_what_staff_wrote_in_three_statements() {
    let office = Office::new().await;
    let books = office.class("Books").await;
    let mut germany = country_zone("DE", "INCLUSIVE", "VAT", "19");
    germany["rates"] = json!([
        { "taxes": [{ "title": "VAT", "percent": "19" }] },
        { "taxClassId": books, "taxes": [{ "title": "VAT", "percent": "7" }] },
    ]);
    germany["shipping"] = json!({ "kind": "AS_GOODS" });
    let home = office.zone(germany).await;
    let mut hungary = country_zone("HU", "INCLUSIVE", "ÁFA", "27");
    hungary["reverseCharge"] = json!(true);
    office.zone(hungary).await;
    let settings = json!({ "pricesEntered": "INCLUSIVE", "pricesAbroad": "FIXED_NET", "homeZoneId": home });
    office.call("taxSettingsUpdate", "__typename", settings).await.done("taxSettingsUpdate");

    let (rules, statements) = office.shop.statements(tax::rules(office.shop.app.database.reader())).await;
    let rules = rules.expect("it reads").expect("there are zones");
    assert_eq!(statements, 3);
    assert_eq!((rules.entered, rules.abroad), (PriceBasis::Inclusive, PricesAbroad::FixedNet));
    let [german, hungarian] = &rules.zones[..] else { panic!("{:?}", rules.zones) };
    assert_eq!((rules.home, german.shipping), (Some(german.key), ShippingTax::AsGoods));
    assert!(hungarian.reverse_charge && !german.reverse_charge);
    let rates: Vec<(Option<TaxClassKey>, Vec<u32>)> = german
        .rates
        .iter()
        .map(|rate| (rate.class, rate.components.iter().map(|component| component.rate.0).collect()))
        .collect();
    assert_eq!(
        rates,
        [(None, vec![190_000]), (Some(class_key(&books)), vec![70_000]), (Some(tax::UNTAXED), vec![])],
        "what is not taxed is a class without taxes"
    );
    assert_ne!(german.rates[0].components[0].key, german.rates[1].components[0].key, "two rates are two taxes");
}

#[tokio::test]
async fn a_tax_keeps_its_key_while_its_title_and_rate_stay() {
    let office = Office::new().await;
    let id = office.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    let key = async || {
        let rules = tax::rules(office.shop.app.database.reader()).await.expect("it reads").expect("a zone");
        rules.zones[0].rates[0].components[0].key
    };
    let before = key().await;
    let books = office.class("Books").await;
    let rates = |percent: &str| {
        let tax = json!([{ "title": "VAT", "percent": percent }]);
        json!({ "id": id, "rates": [{ "taxes": tax }, { "taxClassId": books, "taxes": tax }] })
    };
    office.call("taxZoneUpdate", "__typename", rates("19.00")).await.done("taxZoneUpdate");
    assert_eq!(key().await, before);
    office.call("taxZoneUpdate", "__typename", rates("16")).await.done("taxZoneUpdate");
    assert_ne!(key().await, before);
}

#[test]
fn a_variant_is_of_its_class_of_the_standard_one_or_of_none() {
    let class = TaxClassId(Uuid::from_u128(7));
    assert_eq!(tax::class_of(true, Some(class)), Some(TaxClassKey(7)));
    assert_eq!(tax::class_of(true, None), None);
    assert_eq!(tax::class_of(false, Some(class)), Some(tax::UNTAXED));
}
