//! What the shop says of itself, and where it sells.

use serde_json::json;

use super::Desk;

const LOCALIZATION: &str = "{ localization { country { isoCode currency { isoCode } } availableCountries { isoCode } \
                            language { isoCode } availableLanguages { isoCode } } }";

#[tokio::test]
async fn staff_change_the_shop_and_shoppers_see_it() {
    let desk = Desk::new().await;
    assert_eq!(desk.guest("{ shop { brand { logo { image { url } } } } }").await.at("/shop/brand/logo"), json!(null));
    let logo = json!({ "url": "/media/logo.svg", "altText": "Logo", "width": 40, "height": 10 });
    let input = json!({
        "expectedVersion": 1, "name": " Corner ", "description": "Things", "email": "hello@corner.example",
        "brand": { "logo": logo },
    });
    desk.call("shopUpdate", "shop { version }", input).await.done("shopUpdate");
    let shop = "{ shop { name description version brand { logo { image { url altText width height } } } } }";
    let base = &desk.shop.app.public_url;
    assert_eq!(
        desk.guest(shop).await.at("/shop"),
        json!({
            "name": "Corner", "description": "Things", "version": 2,
            "brand": { "logo": { "image": {
                "url": format!("{base}/media/logo.svg"), "altText": "Logo", "width": 40, "height": 10,
            } } },
        })
    );
    assert_eq!(desk.staff("{ shop { email } }").await.text("/shop/email"), "hello@corner.example");
    assert_eq!(desk.guest("{ shop { email } }").await.code(), "UNAUTHENTICATED");
    desk.call("shopUpdate", "shop { id }", json!({ "description": null, "brand": { "logo": null } }))
        .await
        .done("shopUpdate");
    assert_eq!(desk.guest(shop).await.at("/shop/brand/logo"), json!(null));
    let stale = json!({ "expectedVersion": 1, "name": "x" });
    assert_eq!(desk.call("shopUpdate", "shop { id }", stale).await.code(), "VERSION_CONFLICT");
    for (wrong, code) in [
        (json!({ "name": " " }), "BLANK"),
        (json!({ "email": "nobody" }), "INVALID"),
        (json!({ "brand": { "logo": { "url": "/media/logo.svg" } } }), "BLANK"),
        (json!({ "brand": { "logo": { "url": "/media/logo", "width": 1, "height": 1 } } }), "INVALID"),
        (json!({ "countries": [] }), "BLANK"),
        (json!({ "countries": ["DE"] }), "INVALID"),
        (json!({ "countries": ["US", "US"] }), "DUPLICATE"),
        (json!({ "languages": [] }), "BLANK"),
    ] {
        assert_eq!(desk.refused("shopUpdate", wrong.clone()).await, [code], "{wrong}");
    }
    assert_eq!(desk.facts().await, ["shop.updated", "shop.updated"]);
}

#[tokio::test]
async fn currency_and_own_country_are_chosen_before_the_first_product() {
    let desk = Desk::new().await;
    desk.call("shopUpdate", "shop { id }", json!({ "countries": ["US"] })).await.done("shopUpdate");
    let read = "{ shop { paymentSettings { currencyCode countryCode } }
        localization { availableCountries { isoCode } country { currency { isoCode } } } }";
    let input = json!({ "currencyCode": "EUR", "countryCode": "DE" });
    desk.call("shopUpdate", "shop { id }", input).await.done("shopUpdate");
    let chosen = json!({
        "shop": { "paymentSettings": { "currencyCode": "EUR", "countryCode": "DE" } },
        "localization": { "availableCountries": [{ "isoCode": "DE" }], "country": { "currency": { "isoCode": "EUR" } } },
    });
    assert_eq!(desk.guest(read).await.at(""), chosen);
    // Countries that it sells to beside its own stay.
    let sells = json!({ "countries": ["DE", "AT"] });
    desk.call("shopUpdate", "shop { id }", sells).await.done("shopUpdate");
    desk.call("shopUpdate", "shop { id }", json!({ "countryCode": "AT" })).await.done("shopUpdate");
    desk.call("shopUpdate", "shop { id }", json!({ "countryCode": "DE" })).await.done("shopUpdate");
    let countries = json!([{ "isoCode": "DE" }, { "isoCode": "AT" }]);
    assert_eq!(desk.guest(read).await.at("/localization/availableCountries"), countries);
    assert_eq!(
        desk.refused("shopUpdate", json!({ "countryCode": "FR", "countries": ["DE"] })).await,
        ["INVALID"],
        "its own is one of them"
    );

    desk.shop.stocked("Pen", 250, 9).await;
    for wrong in [json!({ "currencyCode": "USD" }), json!({ "countryCode": "AT" })] {
        assert_eq!(desk.refused("shopUpdate", wrong.clone()).await, ["INVALID"], "{wrong}");
    }
    let same = json!({ "currencyCode": "EUR", "countryCode": "DE", "name": "Laden" });
    desk.call("shopUpdate", "shop { id }", same).await.done("shopUpdate");
}

#[tokio::test]
async fn localization_says_where_the_shop_sells_and_follows_the_operation_there() {
    let desk = Desk::new().await;
    let own = json!({
        "country": { "isoCode": "US", "currency": { "isoCode": "USD" } }, "availableCountries": [{ "isoCode": "US" }, { "isoCode": "DE" }],
        "language": { "isoCode": "EN" }, "availableLanguages": [{ "isoCode": "EN" }],
    });
    assert_eq!(desk.guest(LOCALIZATION).await.at("/localization"), own);
    let elsewhere = format!("query @inContext(country: CA, language: FR) {LOCALIZATION}");
    assert_eq!(desk.guest(&elsewhere).await.at("/localization"), own);

    let input = json!({ "countries": ["US", "CA"], "languages": ["EN", "FR"] });
    desk.call("shopUpdate", "shop { id }", input).await.done("shopUpdate");
    let answer = desk.guest(&elsewhere).await;
    assert_eq!(answer.at("/localization/country"), json!({ "isoCode": "CA", "currency": { "isoCode": "USD" } }));
    assert_eq!(answer.text("/localization/language/isoCode"), "FR");
    assert_eq!(answer.at("/localization/availableCountries"), json!([{ "isoCode": "US" }, { "isoCode": "CA" }]));
    let variables = "query($c: CountryCode, $l: LanguageCode = FR) @inContext(country: $c, language: $l)";
    let document = format!("{variables} {LOCALIZATION}");
    let answer = desk.shop.guest(&document, json!({ "c": "CA" })).await;
    assert_eq!(answer.text("/localization/country/isoCode"), "CA");
    assert_eq!(answer.text("/localization/language/isoCode"), "FR");
    let answer = desk.shop.guest(&document, json!({ "c": "DE", "l": null })).await;
    assert_eq!(answer.text("/localization/country/isoCode"), "US");
    assert_eq!(answer.text("/localization/language/isoCode"), "EN");
}
