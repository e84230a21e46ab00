//! Choosing a variant by options.

use serde_json::{Value, json};

use super::refused_argument;
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
    let lower = [("size", "41"), ("color", "RED")];
    let (found, nothing) = (json!({ "title": "41 / Red" }), Value::Null);
    let first = json!({ "title": "40 / Blue" });
    // The one field leaves out unknown options when told to, the other unless told not to, as known clients expect.
    for (field, flags, pairs, expected) in [
        ("variantBySelectedOptions", "", &unknown[..], &nothing),
        ("variantBySelectedOptions", ", ignoreUnknownOptions: false", &unknown, &nothing),
        ("variantBySelectedOptions", ", ignoreUnknownOptions: true", &unknown, &found),
        ("variantBySelectedOptions", ", ignoreUnknownOptions: true", &lower, &nothing),
        ("variantBySelectedOptions", ", caseInsensitiveMatch: true", &lower, &found),
        ("selectedOrFirstAvailableVariant", "", &unknown, &found),
        ("selectedOrFirstAvailableVariant", ", ignoreUnknownOptions: false", &unknown, &first),
        ("selectedOrFirstAvailableVariant", "", &lower, &first),
        ("selectedOrFirstAvailableVariant", ", caseInsensitiveMatch: true", &lower, &found),
    ] {
        assert_eq!(&chosen(&shop, field, flags, pairs).await, expected, "{field} {flags} {pairs:?}");
    }
}

#[tokio::test]
async fn adjacent_variants_differ_in_one_option() {
    let shop = shop_with_shoes().await;
    let adjacent = chosen(&shop, "adjacentVariants", "", &[("Size", "40"), ("Color", "Red")]).await;
    assert_eq!(adjacent, json!([{ "title": "40 / Blue" }, { "title": "41 / Red" }]));
}

#[tokio::test]
async fn adjacent_variants_are_read_by_the_flags_too_and_the_choice_need_not_be_a_variant() {
    let shop = shop_with_shoes().await;
    let titles = |list: &[&str]| -> Value { list.iter().map(|title| json!({ "title": title })).collect() };
    let red = titles(&["40 / Blue", "41 / Red"]);
    let to_first = titles(&["40 / Red", "41 / Blue"]);
    for (flags, pairs, expected) in [
        // Nothing chosen: those beside the first that can be bought, 40 / Blue.
        ("", &[][..], &to_first),
        ("", &[("Size", "40"), ("Color", "Red"), ("utm", "x")], &red),
        (", ignoreUnknownOptions: false", &[("Size", "40"), ("Color", "Red"), ("utm", "x")], &to_first),
        ("", &[("size", "40"), ("color", "RED")], &to_first),
        (", caseInsensitiveMatch: true", &[("size", "40"), ("color", "RED")], &red),
        ("", &[("Size", "40"), ("Color", "Green")], &titles(&["40 / Red", "40 / Blue"])),
        ("", &[("Size", "99"), ("Color", "Green")], &titles(&[])),
    ] {
        assert_eq!(&chosen(&shop, "adjacentVariants", flags, pairs).await, expected, "{flags} {pairs:?}");
    }
}

#[tokio::test]
async fn without_a_choice_the_first_that_can_be_bought_is_selected_or_the_first_of_all() {
    let shop = shop_with_shoes().await;
    let field = "selectedOrFirstAvailableVariant";
    assert_eq!(chosen(&shop, field, "", &[]).await, json!({ "title": "40 / Blue" }));
    // A choice that is a variant stands, sold out or not.
    let sold_out = [("Size", "40"), ("Color", "Red")];
    assert_eq!(chosen(&shop, field, "", &sold_out).await, json!({ "title": "40 / Red" }));
    product("Rare").variant(variant(1_000).stock(0)).make(&shop).await;
    let document =
        "{ product(handle: \"rare\") { selectedOrFirstAvailableVariant { title } adjacentVariants { id } } }";
    let rare = shop.guest(document, json!({})).await.at("/product");
    let expected = json!({ "selectedOrFirstAvailableVariant": { "title": "Default Title" }, "adjacentVariants": [] });
    assert_eq!(rare, expected);
}

#[tokio::test]
async fn more_options_than_250_are_refused() {
    let shop = shop_with_shoes().await;
    let many = vec![("Size", "40"); 251];
    for field in ["variantBySelectedOptions", "selectedOrFirstAvailableVariant", "adjacentVariants"] {
        let document = format!(
            "query($o: [SelectedOptionInput!]!) {{ product(handle: \"shoe\") {{ v: {field}(selectedOptions: $o) {{ id }} }} }}"
        );
        let answer = shop.guest(&document, json!({ "o": options(&many) })).await;
        assert_eq!(refused_argument(&answer), "selectedOptions", "{field}");
    }
}

#[tokio::test]
async fn a_value_leads_to_the_earliest_values_of_the_other_options() {
    let shop = TestShop::new().await;
    product("Cup")
        .options(&["Size", "Color"])
        .variant(variant(1_000).options(&["S", "Red"]))
        .variant(variant(1_000).options(&["M", "Blue"]))
        .variant(variant(1_000).options(&["S", "Blue"]))
        .variant(variant(1_000).options(&["M", "Red"]).stock(0))
        .make(&shop)
        .await;
    let document =
        "{ product(handle: \"cup\") { options { optionValues { name firstSelectableVariant { title } } } } }";
    let answer = shop.guest(document, json!({})).await;
    let value = |name: &str, title: &str| json!({ "name": name, "firstSelectableVariant": { "title": title } });
    assert_eq!(
        answer.at("/product/options"),
        json!([
            { "optionValues": [value("S", "S / Red"), value("M", "M / Red")] },
            { "optionValues": [value("Red", "S / Red"), value("Blue", "S / Blue")] },
        ])
    );
}
