//! The worked examples of `crates/pricing/tests/it/tax_examples.rs`, which name their sources, from the zone that staff
//! describe to the invoice.

use serde_json::{Value, json};

use super::{
    country_zone,
    store::{Store, address},
};
use crate::support::Visitor;

fn rate(title: &str, percent: &str) -> Value {
    json!([{ "title": title, "percent": percent }])
}

#[tokio::test]
async fn eu_prices_contain_the_rates_of_two_classes_and_the_invoice_tells_them_apart() {
    let store = Store::open("DE", "EUR").await;
    let books = store.class("Books").await;
    let mut zone = country_zone("DE", "INCLUSIVE", "VAT", "19");
    zone["rates"] = json!([{ "taxes": rate("VAT", "19") }, { "taxClassId": books, "taxes": rate("VAT", "7") }]);
    let home = store.zone(zone).await;
    store.inclusive(&home, "FIXED_GROSS").await;
    let lamp = store.product("Lamp", "11.90", json!({})).await;
    let atlas = store.product("Atlas", "21.40", json!({ "taxClassId": books })).await;
    let sale = store.sell(&Visitor::guest(), &[&lamp, &atlas], &address("DE", None, "10115")).await;
    assert_eq!(store.line_taxes(&sale.order), [[190], [140]]);
    assert_eq!(store.minor(&sale.order["totals"]["total"]), 3_330);
    let mut lines = sale.order["taxLines"].as_array().expect("lines").clone();
    lines.sort_by_key(|line| store.minor(&line["amount"]));
    let line = |percent: &str, amount: &str, net: &str| {
        json!({ "title": "VAT", "percent": percent, "amount": { "amount": amount }, "included": true,
                "netAmount": { "amount": net } })
    };
    assert_eq!(lines, [line("7.0", "1.4", "20.0"), line("19.0", "1.9", "10.0")]);
    for part in ["VAT 19 %", "VAT 7 %", "in the price", "10.00 EUR", "20.00 EUR", "Of which taxes", "3.30 EUR"] {
        assert!(sale.invoice.contains(part), "{part} in {}", sale.invoice);
    }

    let cancel = "mutation($id: ID!) { orderCancel(input: { orderId: $id }) { order { id } userErrors { code } } }";
    store.server.graphql(&sale.buyer, cancel, json!({ "id": sale.order_id })).await.done("orderCancel");
    store.server.shop.sweep().await;
    let order = store.read_order(&sale.buyer, &sale.order_id).await;
    let note = store.page(&order, 1).await;
    for part in ["Credit note", "VAT 19 %", "VAT 7 %", "1.90 EUR", "1.40 EUR"] {
        assert!(note.contains(part), "{part} in {note}");
    }
}

#[tokio::test]
async fn eu_distance_sales_carry_the_destinations_rate_and_sales_to_businesses_none() {
    let store = Store::open("DE", "EUR").await;
    let home = store.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    let mut hungary = country_zone("HU", "INCLUSIVE", "ÁFA", "27");
    hungary["reverseCharge"] = json!(true);
    store.zone(hungary).await;
    store.inclusive(&home, "FIXED_GROSS").await;
    let lamp = store.product("Lamp", "119.00", json!({})).await;
    let budapest = address("HU", None, "1037");
    let gross = store.sell(&Visitor::guest(), &[&lamp], &budapest).await;
    assert_eq!(store.amounts(&gross.order["taxLines"]), [2_530]);
    store.inclusive(&home, "FIXED_NET").await;
    let net = store.sell(&Visitor::guest(), &[&lamp], &budapest).await;
    assert_eq!(store.minor(&net.order["totals"]["total"]), 12_700);

    let business = store.server.customer("kft@example.com").await;
    store.tax_customer(&business, json!({ "taxNumber": "HU12345676" })).await;
    let told = store.sell(&business, &[&lamp], &budapest).await;
    assert_eq!(store.minor(&told.order["totals"]["total"]), 12_700, "a number that nobody confirmed changes nothing");
    assert!(!told.invoice.contains("HU12345676"));
    store.tax_customer(&business, json!({ "taxNumberConfirmed": true })).await;
    let sale = store.sell(&business, &[&lamp], &budapest).await;
    assert_eq!((store.minor(&sale.order["totals"]["total"]), store.line_taxes(&sale.order)), (10_000, vec![vec![]]));
    assert_eq!(sale.order["lineItems"]["nodes"][0]["taxExemption"], "REVERSE_CHARGE");
    assert!(sale.invoice.contains("Reverse charge") && sale.invoice.contains("HU12345676"), "{}", sale.invoice);
    let at_home = store.sell(&business, &[&lamp], &address("DE", None, "10115")).await;
    assert_eq!(store.amounts(&at_home.order["taxLines"]), [1_900], "never in the home zone");
}

#[tokio::test]
async fn uk_retailers_round_each_line_to_the_nearest_penny() {
    let store = Store::open("GB", "GBP").await;
    let home = store.zone(country_zone("GB", "INCLUSIVE", "VAT", "20")).await;
    store.inclusive(&home, "FIXED_GROSS").await;
    let mut lamps = Vec::new();
    for number in 1..=3 {
        lamps.push(store.product(&format!("Lamp {number}"), "9.99", json!({})).await);
    }
    let lamps: Vec<&str> = lamps.iter().map(String::as_str).collect();
    let london = address("GB", None, "SW1A 1AA");
    let sale = store.sell(&Visitor::guest(), &lamps, &london).await;
    assert_eq!(
        (store.line_taxes(&sale.order), store.amounts(&sale.order["taxLines"])),
        (vec![vec![167]; 3], vec![501])
    );
    let by_order = json!({ "id": home, "rounding": { "level": "ORDER" } });
    store.run("taxZoneUpdate", "__typename", by_order).await;
    let sale = store.sell(&Visitor::guest(), &lamps, &london).await;
    assert_eq!(store.amounts(&sale.order["taxLines"]), [500]);
}

#[tokio::test]
async fn texas_sales_tax_is_computed_on_the_sum_of_the_order() {
    let store = Store::open("US", "USD").await;
    store
        .zone(json!({
            "name": "Austin", "areas": [{ "countryCode": "US", "provinceCodes": ["TX"] }], "pricesShown": "EXCLUSIVE",
            "rates": [{ "taxes": [{ "title": "Texas", "percent": "6.25" }, { "title": "Austin", "percent": "2" }] }],
            "rounding": { "level": "ORDER", "taxes": "TOGETHER" },
        }))
        .await;
    let mut shirts = Vec::new();
    for price in ["10", "25", "50"] {
        shirts.push(store.product(&format!("Shirt {price}"), price, json!({})).await);
    }
    let shirts: Vec<&str> = shirts.iter().map(String::as_str).collect();
    let austin = address("US", Some("TX"), "78701");
    let sale = store.sell(&Visitor::guest(), &shirts, &austin).await;
    assert_eq!(store.minor(&sale.order["totals"]["tax"]), 701);
    let mut parts = store.amounts(&sale.order["taxLines"]);
    parts.sort_unstable();
    assert_eq!(parts, [170, 531]);
    for part in ["Texas 6.25 %", "Austin 2 %", "7.01 USD", "85.00 USD"] {
        assert!(sale.invoice.contains(part), "{part} in {}", sale.invoice);
    }
    let chicago = store.sell(&Visitor::guest(), &shirts, &address("US", Some("IL"), "60601")).await;
    assert_eq!(chicago.order["taxLines"], json!([]), "outside of all zones nothing is charged");

    let reseller = store.server.customer("reseller@example.com").await;
    store.tax_customer(&reseller, json!({ "taxExempt": true })).await;
    let exempt = store.sell(&reseller, &shirts, &austin).await;
    assert_eq!(store.minor(&exempt.order["totals"]["total"]), 8_500);
    assert_eq!(exempt.order["lineItems"]["nodes"][0]["taxExemption"], "CUSTOMER");
    assert!(exempt.invoice.contains("exempt from tax"), "{}", exempt.invoice);

    let untaxed = store.product("Donation", "5", json!({ "taxable": false })).await;
    let mixed = store.sell(&Visitor::guest(), &[shirts[0], &untaxed], &austin).await;
    assert_eq!(store.line_taxes(&mixed.order)[1], Vec::<i64>::new());
    assert_eq!(store.minor(&mixed.order["totals"]["tax"]), 83, "8.25 % of 10.00 alone");
}

#[tokio::test]
async fn quebec_charges_gst_and_qst_on_the_price() {
    let store = Store::open("CA", "CAD").await;
    store
        .zone(json!({
            "name": "Québec", "areas": [{ "countryCode": "CA", "provinceCodes": ["QC"] }], "pricesShown": "EXCLUSIVE",
            "rates": [{ "taxes": [{ "title": "GST", "percent": "5" }, { "title": "QST", "percent": "9.975" }] }],
        }))
        .await;
    let lamp = store.product("Lamp", "100", json!({})).await;
    // The province follows from the postal code where the buyer does not name it.
    for province in [Some("QC"), None] {
        let sale = store.sell(&Visitor::guest(), &[&lamp], &address("CA", province, "H3Z 2Y7")).await;
        assert_eq!(store.line_taxes(&sale.order), [[500, 998]]);
        assert_eq!(store.minor(&sale.order["totals"]["total"]), 11_498);
        assert!(sale.invoice.contains("QST 9.975 %"), "{}", sale.invoice);
    }
}

#[tokio::test]
async fn japan_rounds_once_for_each_rate_of_an_invoice() {
    let store = Store::open("JP", "JPY").await;
    let food = store.class("Food").await;
    let mut zone = country_zone("JP", "EXCLUSIVE", "消費税", "10");
    zone["rates"] = json!([{ "taxes": rate("消費税", "10") }, { "taxClassId": food, "taxes": rate("消費税", "8") }]);
    zone["rounding"] = json!({ "mode": "DOWN", "level": "ORDER" });
    store.zone(zone).await;
    let mut made = Vec::new();
    for (number, price) in ["155", "155", "106", "106", "106"].into_iter().enumerate() {
        let class = if price == "106" { json!({ "taxClassId": food }) } else { json!({}) };
        made.push(store.product(&format!("Thing {number}"), price, class).await);
    }
    let made: Vec<&str> = made.iter().map(String::as_str).collect();
    let sale = store.sell(&Visitor::guest(), &made, &address("JP", Some("13"), "154-0023")).await;
    let mut sums = store.amounts(&sale.order["taxLines"]);
    sums.sort_unstable();
    assert_eq!((sums, store.minor(&sale.order["totals"]["total"])), (vec![25, 31], 684));
}

#[tokio::test]
async fn bahrain_rounds_to_the_fils_and_kuwait_has_three_digits_and_no_tax() {
    let store = Store::open("BH", "BHD").await;
    store.zone(country_zone("BH", "EXCLUSIVE", "VAT", "10")).await;
    let lamp = store.product("Lamp", "1.235", json!({})).await;
    let sale = store.sell(&Visitor::guest(), &[&lamp], &address("BH", None, "317")).await;
    assert_eq!(sale.order["totals"]["tax"]["amount"], "0.124");
    assert_eq!(sale.order["totals"]["total"]["amount"], "1.359");
    assert!(sale.invoice.contains("1.359 BHD"), "{}", sale.invoice);

    let store = Store::open("KW", "KWD").await;
    store.zone(country_zone("BH", "EXCLUSIVE", "VAT", "10")).await;
    let lamp = store.product("Lamp", "1.235", json!({})).await;
    let sale = store.sell(&Visitor::guest(), &[&lamp], &address("KW", None, "54541")).await;
    assert_eq!((&sale.order["totals"]["total"]["amount"], &sale.order["taxLines"]), (&json!("1.235"), &json!([])));
}

#[tokio::test]
async fn taxes_are_estimated_by_the_buyers_country_until_there_is_an_address() {
    let store = Store::open("DE", "EUR").await;
    let home = store.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    store.inclusive(&home, "FIXED_GROSS").await;
    let lamp = store.product("Lamp", "119", json!({})).await;
    let guest = Visitor::guest();
    let id = store.cart(&guest, &[&lamp], None).await;
    let identity = "mutation($id: ID!) { cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: { countryCode: DE }) {
        cart { id } userErrors { code } } }";
    store.server.graphql(&guest, identity, json!({ "id": id })).await.done("cartBuyerIdentityUpdate");
    let cost = store.read_cart(&guest, &id).await["cost"].clone();
    assert_eq!((&cost["taxesEstimated"], &cost["taxIncludedAmount"]["amount"]), (&json!(true), &json!("19.0")));
    let to = json!([{ "address": { "deliveryAddress": address("DE", None, "10115") } }]);
    let add = "mutation($id: ID!, $to: [CartSelectableAddressInput!]!) {
        cartDeliveryAddressesAdd(cartId: $id, addresses: $to) { cart { id } userErrors { code } } }";
    store.server.graphql(&guest, add, json!({ "id": id, "to": to })).await.done("cartDeliveryAddressesAdd");
    assert_eq!(store.read_cart(&guest, &id).await["cost"]["taxesEstimated"], false);
}

/// What is not sent goes to no address: the buyer's country says its taxes, when it is bought and when staff edit the order.
#[tokio::test]
async fn an_edited_order_of_downloads_is_taxed_where_its_buyer_is() {
    let store = Store::open("DE", "EUR").await;
    let home = store.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    store.inclusive(&home, "FIXED_GROSS").await;
    let class = store.class("Other").await;
    let films: Vec<String> = vec![
        store.product("Film", "119", json!({ "requiresShipping": false })).await,
        store.product("Song", "119", json!({ "requiresShipping": false })).await,
    ];
    let guest = Visitor::guest();
    let cart = store.cart(&guest, &[&films[0], &films[1]], None).await;
    let identity = "mutation($id: ID!) { cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: { countryCode: DE }) {
        cart { id } userErrors { code } } }";
    store.server.graphql(&guest, identity, json!({ "id": cart })).await.done("cartBuyerIdentityUpdate");
    let buy = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
        order { id lineItems(first: 9) { nodes { id } } } userErrors { field message } } }";
    let payment = json!({ "gateway": "sandbox", "token": "sandbox_ok" });
    let input = json!({ "cartId": cart, "email": "ada@example.com", "payment": payment });
    let order =
        store.server.graphql(&guest, buy, json!({ "input": input })).await.done("checkoutComplete")["order"].clone();
    let read = store.read_order(&store.admin, order["id"].as_str().expect("an id")).await;
    assert_eq!(store.minor(&read["totals"]["taxIncluded"]), 3_800);
    // Its class is another one since: what was agreed stays.
    let retax = format!("{{ id: {:?}, taxClassId: {} }}", films[1], class);
    let document = format!(
        "mutation {{ productVariantsBulkUpdate(input: {{ productId: {}, variants: [{retax}] }}) {{ userErrors {{ message }} }} }}",
        store
            .server
            .graphql(
                &store.admin,
                "query($id: ID!) { node(id: $id) { ... on ProductVariant { product { id } } } }",
                json!({ "id": films[1] })
            )
            .await
            .at("/node/product/id")
    );
    store.server.graphql(&store.admin, &document, json!({})).await.done("productVariantsBulkUpdate");
    let edit = "mutation($input: OrderEditInput!) { orderEdit(input: $input) {
        order { totals { total { amount } taxIncluded { amount } } } userErrors { message } } }";
    let lines = json!([{ "lineItemId": order["lineItems"]["nodes"][0]["id"], "quantity": 0 }]);
    let input = json!({ "orderId": order["id"], "lineItems": lines });
    let edited = store.server.graphql(&store.admin, edit, json!({ "input": input })).await.done("orderEdit");
    let totals = &edited["order"]["totals"];
    assert_eq!((store.minor(&totals["total"]), store.minor(&totals["taxIncluded"])), (11_900, 1_900));
}

/// While nothing is known of the buyer, prices are those at home; what is not sent is taxed where its invoice goes.
#[tokio::test]
async fn downloads_are_taxed_where_their_invoice_goes_and_at_home_before_that_is_known() {
    let store = Store::open("DE", "EUR").await;
    let home = store.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    store.zone(country_zone("HU", "INCLUSIVE", "ÁFA", "27")).await;
    store.inclusive(&home, "FIXED_NET").await;
    let film = store.product("Film", "119", json!({ "requiresShipping": false })).await;
    let guest = Visitor::guest();
    let buy = async |billing: Option<Value>, expected: &str| {
        let cart = store.cart(&guest, &[&film], None).await;
        let cost = store.read_cart(&guest, &cart).await["cost"].clone();
        assert_eq!((&cost["totalAmount"]["amount"], &cost["taxesEstimated"]), (&json!("119.0"), &json!(true)));
        let buy = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
            order { id lineItems(first: 9) { nodes { id } } } userErrors { field message } } }";
        let payment = json!({ "gateway": "sandbox", "token": "sandbox_ok" });
        let total = json!({ "amount": expected, "currencyCode": "EUR" });
        let input = json!({ "cartId": cart, "email": "ada@example.com", "payment": payment, "billingAddress": billing,
            "expectedTotal": total });
        let bought = store.server.graphql(&guest, buy, json!({ "input": input })).await.done("checkoutComplete");
        bought["order"].clone()
    };
    for (billing, total, tax) in [
        (None, "119", 1_900),
        (Some(address("DE", None, "10115")), "119", 1_900),
        (Some(address("HU", None, "1051")), "127", 2_700),
        (Some(address("US", Some("TX"), "78701")), "100", 0),
    ] {
        let order = buy(billing.clone(), total).await;
        let read = store.read_order(&store.admin, order["id"].as_str().expect("an id")).await;
        assert_eq!(store.minor(&read["totals"]["taxIncluded"]), tax, "{billing:?}");
        let edit = "mutation($input: OrderEditInput!) { orderEdit(input: $input) {
            order { totals { total { amount } taxIncluded { amount } } } userErrors { message } } }";
        let more = json!([{ "lineItemId": order["lineItems"]["nodes"][0]["id"], "quantity": 2 }]);
        let input = json!({ "orderId": order["id"], "lineItems": more });
        let edited = store.server.graphql(&store.admin, edit, json!({ "input": input })).await.done("orderEdit");
        assert_eq!(store.minor(&edited["order"]["totals"]["taxIncluded"]), 2 * tax, "edited, {billing:?}");
    }
}

#[tokio::test]
async fn a_cart_costs_as_many_statements_for_fifty_zones_as_for_one() {
    let store = Store::open("DE", "EUR").await;
    let lamp = store.product("Lamp", "119", json!({})).await;
    let jane = store.server.customer("jane@example.com").await;
    let id = store.cart(&jane, &[&lamp], Some(&address("DE", None, "10115"))).await;
    let count = async || store.server.shop.statements(store.read_cart(&jane, &id)).await.1;
    let none = count().await;
    store.zone(country_zone("DE", "INCLUSIVE", "VAT", "19")).await;
    let one = count().await;
    let countries = ["AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT"];
    for country in countries {
        store.zone(country_zone(country, "INCLUSIVE", "VAT", "20")).await;
    }
    assert_eq!((one - none, count().await), (3, one), "rates, settings and the customer beside the zones");
}
