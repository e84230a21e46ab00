//! No text that staff write takes in what looks like the number of a payment card. (Shoppers' texts: with carts and checkout.)

use serde_json::{Value, json};

use crate::support::TestShop;

/// As Stripe's documentation writes its test card.
const CARD: &str = "4242 4242 4242 4242";

#[tokio::test]
async fn no_text_of_staff_takes_a_card_number_and_numbers_of_articles_stay_possible() {
    let shop = TestShop::still().await;
    let staff = shop.admin().await;
    let send = async |mutation: &str, input: Value| {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ userErrors {{ field message code }} }} }}"
        );
        shop.ask(&staff, &document, json!({ "input": input })).await.at(&format!("/{mutation}/userErrors"))
    };
    let told = format!("Call {CARD} at night");
    let areas = json!([{ "countryCode": "US" }]);
    let amount = json!({ "amount": "5.00", "currencyCode": "USD" });
    let one = json!([{ "price": "5.00" }]);
    let texts = [
        ("productCreate", json!({ "title": told, "variants": one }), "title"),
        (
            "productCreate",
            json!({ "title": "Pen", "descriptionHtml": format!("<p>{CARD}</p>"), "variants": one }),
            "descriptionHtml",
        ),
        ("productCreate", json!({ "title": "Pen", "tags": ["new", CARD], "variants": one }), "tags.1"),
        ("collectionCreate", json!({ "title": told }), "title"),
        ("pageCreate", json!({ "title": "Payment", "body": told }), "body"),
        ("shopUpdate", json!({ "description": told }), "description"),
        ("deliveryZoneCreate", json!({ "name": told, "areas": areas }), "name"),
        ("taxClassCreate", json!({ "name": told }), "name"),
        ("priceListCreate", json!({ "name": told, "currency": "USD" }), "name"),
        ("giftCardCreate", json!({ "amount": amount, "note": told }), "note"),
    ];
    for (mutation, input, field) in texts {
        let refused = send(mutation, input).await;
        let at: Vec<Value> = field.split('.').map(|part| json!(part)).collect();
        let place = refused[0]["field"].as_array().expect("a path");
        assert!(place.ends_with(&at) && refused[1].is_null(), "{mutation} {field}: {refused}");
        assert_eq!(refused[0]["code"], "INVALID", "{mutation}: {refused}");
        assert!(refused[0]["message"].as_str().is_some_and(|words| words.contains("card number")), "{refused}");
        assert!(!refused.to_string().contains(CARD), "{refused}");
    }
    let sizes = json!({ "title": "Shoe", "descriptionHtml": "<td>42 42 42 42 42 42 42 42</td>", "handle": "4242424242424242",
        "variants": [{ "price": "5.00", "sku": "4242424242424242", "barcode": "4242424242424242" }] });
    assert_eq!(send("productCreate", sizes).await, json!([]));
}
