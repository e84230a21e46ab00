//! Choosing a variant by options.

use serde_json::{Value, json};

use crate::{
    make::catalog::{product, variant},
    support::TestShop,
};

async fn shop_with_shoes() -> TestShop {
    let shop = TestShop::new().await;
    product("Shoe")
        .options(&["Size", "Color"])
        .variant(variant(1_000).options(&["40", "Red"]).stock(0))
        .variant(variant(1_000).options(&["40", "Blue"]).stock(2))
        .variant(variant(1_000).options(&["41", "Red"]).stock(2))
        .variant(variant(1_000).options(&["41", "Blue"]).stock(0))
        .make(&shop)
        .await;
    shop
}

fn options(pairs: &[(&str, &str)]) -> Value {
    pairs.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

async fn chosen(shop: &TestShop, field: &str, flags: &str, pairs: &[(&str, &str)]) -> Value {
    let document = format!(
        "query($o: [SelectedOptionInput!]!) {{ product(handle: \"shoe\") {{ v: {field}(selectedOptions: $o {flags}) {{ \
         title }} }} }}"
    );
    shop.guest(&document, json!({ "o": options(pairs) })).await.at("/product/v")
}

#[tokio::test]
async fn the_variant_chosen_is_found_whatever_the_order_of_the_options() {
    let shop = shop_with_shoes().await;
    for field in ["variantBySelectedOptions", "selectedOrFirstAvailableVariant"] {
        let found = chosen(&shop, field, "", &[("Color", "Blue"), ("Size", "41")]).await;
        assert_eq!(found, json!({ "title": "41 / Blue" }), "{field}");
    }
}

#[tokio::test]
async fn a_choice_that_fits_nothing_gives_null_or_the_first_for_sale() {
    let shop = shop_with_shoes().await;
    let nothing = [("Size", "99"), ("Color", "Blue")];
    assert_eq!(chosen(&shop, "variantBySelectedOptions", "", &nothing).await, Value::Null);
    let first = chosen(&shop, "selectedOrFirstAvailableVariant", "", &nothing).await;
    assert_eq!(first, json!({ "title": "40 / Blue" }));
    let partial = [("Size", "41")];
    assert_eq!(chosen(&shop, "variantBySelectedOptions", "", &partial).await, Value::Null);
    let first = chosen(&shop, "selectedOrFirstAvailableVariant", "", &partial).await;
    assert_eq!(first, json!({ "title": "41 / Red" }));
}

#[tokio::test]
async fn unknown_options_and_case_are_read_as_the_flags_say() {
    let shop = shop_with_shoes().await;
    let unknown = [("Size", "41"), ("Color", "Red"), ("utm_source", "mail")];
    let field = "variantBySelectedOptions";
    assert_eq!(chosen(&shop, field, "", &unknown).await, json!({ "title": "41 / Red" }));
    assert_eq!(chosen(&shop, field, ", ignoreUnknownOptions: false", &unknown).await, Value::Null);
    let lower = [("size", "41"), ("color", "red")];
    assert_eq!(chosen(&shop, field, ", ignoreUnknownOptions: false", &lower).await, Value::Null);
    let folded = chosen(&shop, field, ", caseInsensitiveMatch: true", &lower).await;
    assert_eq!(folded, json!({ "title": "41 / Red" }));
}

#[tokio::test]
async fn adjacent_variants_differ_in_one_option() {
    let shop = shop_with_shoes().await;
    let adjacent = chosen(&shop, "adjacentVariants", "", &[("Size", "40"), ("Color", "Red")]).await;
    assert_eq!(adjacent, json!([{ "title": "40 / Blue" }, { "title": "41 / Red" }]));
}
