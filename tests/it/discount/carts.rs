//! What discounts do to a cart: costs, allocations, and a reason for every code that takes nothing off.

use serde_json::{Value, json};

use super::{Desk, text, with};
use crate::{
    make::{
        cart::{CODES, CREATE},
        catalog::{Made, collection},
    },
    support::Caller,
};

const READ: &str = "query($id: ID!) { cart(id: $id) { discountCodes { code applicable } problems { code message target }
    cost { subtotalAmount { amount } totalAmount { amount } steps { text counts amount { amount } } } discountAllocations { ...A }
    lines(first: 9) { nodes { cost { subtotalAmount { amount } totalAmount { amount } } discountAllocations { ...A } } } } }
  fragment A on CartDiscountAllocation { __typename discountedAmount { amount } targetType
    discountApplication { allocationMethod targetSelection targetType
      value { __typename ... on MoneyV2 { amount } ... on PricingPercentageValue { percentage } } }
    ... on CartCodeDiscountAllocation { code } ... on CartAutomaticDiscountAllocation { title } }";

impl Desk {
    /// Enters codes; returns the payload.
    async fn enter(&self, cart: &str, codes: &[&str]) -> Value {
        self.shop.change(CODES, json!({ "cartId": cart, "discountCodes": codes })).await
    }

    /// The warnings after entering codes.
    async fn warned(&self, cart: &str, codes: &[&str]) -> Vec<String> {
        let warnings = self.enter(cart, codes).await["warnings"].clone();
        warnings.as_array().expect("a list").iter().map(|warning| text(&warning["code"])).collect()
    }

    async fn cart(&self, lines: &[(&Made, i64)]) -> String {
        self.shop.cart_with(&Caller::guest(), lines).await
    }

    async fn read_cart(&self, id: &str) -> Value {
        self.shop.guest(READ, json!({ "id": id })).await.at("/cart")
    }
}

fn product_discount(percentage: &str, items: Value) -> Value {
    json!({ "effect": { "items": { "percentage": percentage, "items": items } } })
}

#[tokio::test]
async fn a_cart_shows_what_is_taken_off_where_and_by_which_discount() {
    let desk = Desk::new().await;
    let (pen, ink) = (desk.shop.stocked("Pen", 1_000, 9).await, desk.shop.stocked("Ink", 500, 9).await);
    let all =
        json!({ "combinesWith": { "orderDiscounts": true, "productDiscounts": true, "shippingDiscounts": true } });
    let pens = with(product_discount("12.5", json!({ "productIds": [pen.gid()] })), all.clone());
    desk.automatic("Pens", pens).await;
    let off = json!({ "effect": { "order": { "amount": [{ "amount": "3", "currencyCode": "USD" }] } } });
    desk.code("THREE", with(off, all)).await;
    let cart = desk.cart(&[(&pen, 2), (&ink, 1)]).await;
    let payload = desk.enter(&cart, &["three"]).await;
    assert_eq!(payload["warnings"], json!([]));
    let cart = desk.read_cart(&cart).await;
    assert_eq!(cart["discountCodes"], json!([{ "code": "three", "applicable": true }]));
    let costs = |of: &Value| (text(&of["subtotalAmount"]["amount"]), text(&of["totalAmount"]["amount"]));
    // 25.00 less 12.5 % of 20.00, less 3.00.
    assert_eq!(costs(&cart["cost"]), ("25.0".into(), "19.5".into()));
    assert_eq!(
        cart["discountAllocations"],
        json!([{ "__typename": "CartCodeDiscountAllocation", "code": "three", "discountedAmount": { "amount": "3.0" },
            "targetType": "LINE_ITEM", "discountApplication": { "allocationMethod": "ACROSS", "targetSelection": "ALL",
                "targetType": "LINE_ITEM", "value": { "__typename": "MoneyV2", "amount": "3.0" } } }])
    );
    let lines = &cart["lines"]["nodes"];
    assert_eq!(
        lines[0]["discountAllocations"],
        json!([{ "__typename": "CartAutomaticDiscountAllocation", "title": "Pens", "discountedAmount": { "amount": "2.5" },
            "targetType": "LINE_ITEM", "discountApplication": { "allocationMethod": "EACH",
                "targetSelection": "ENTITLED", "targetType": "LINE_ITEM",
                "value": { "__typename": "PricingPercentageValue", "percentage": 12.5 } } }])
    );
    assert_eq!(lines[1]["discountAllocations"], json!([]));
    // The order's three dollars are shared out by what the lines still cost: 17.50 and 5.00.
    assert_eq!(costs(&lines[0]["cost"]), ("20.0".into(), "15.17".into()));
    assert_eq!(costs(&lines[1]["cost"]), ("5.0".into(), "4.33".into()));
    let steps = cart["cost"]["steps"].as_array().expect("steps");
    assert!(steps.iter().any(|step| step["text"].as_str().is_some_and(|text| text.contains("Pens"))), "{steps:?}");
}

#[tokio::test]
async fn every_kind_of_discount_takes_off_what_it_says() {
    let desk = Desk::new().await;
    let (pen, ink) = (desk.shop.stocked("Pen", 1_000, 9).await, desk.shop.stocked("Ink", 500, 9).await);
    let shelf = collection(&desk.shop, "Shelf", true, &[&ink]).await;
    let shelf = json!({ "collectionIds": [format!("gid://cartwright/Collection/{shelf}")] });
    let usd = |amount: &str| json!([{ "amount": amount, "currencyCode": "USD" }]);
    let cart = desk.cart(&[(&pen, 2), (&ink, 2)]).await;
    for (number, (effect, total)) in [
        (json!({ "order": { "percentage": "10" } }), "27.0"),
        (json!({ "order": { "amount": usd("100") } }), "0.0"),
        (json!({ "items": { "percentage": "50", "items": shelf } }), "25.0"),
        (json!({ "items": { "percentage": "50", "items": { "variantIds": [pen.variant_gid(0)] } } }), "20.0"),
        (json!({ "items": { "amount": usd("1.25"), "appliesOnEachItem": true, "items": { "all": true } } }), "25.0"),
        (json!({ "items": { "amount": usd("1.25"), "items": { "all": true } } }), "28.75"),
        (
            json!({ "buyXGetY": { "customerBuys": { "quantity": 2, "items": { "productIds": [pen.gid()] } },
                "customerGets": { "quantity": 1, "percentage": "100", "items": { "productIds": [ink.gid()] } } } }),
            "25.0",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let code = format!("C{number}");
        desk.code(&code, json!({ "effect": effect })).await;
        assert_eq!(desk.warned(&cart, &[&code]).await, Vec::<String>::new(), "{effect}");
        assert_eq!(desk.read_cart(&cart).await["cost"]["totalAmount"]["amount"], total, "{effect}");
    }
    assert_eq!(desk.enter(&cart, &[]).await["cart"]["cost"]["totalAmount"]["amount"], "30.0");
}

#[tokio::test]
async fn every_code_that_takes_nothing_off_says_why() {
    let desk = Desk::new().await;
    let (pen, ink) = (desk.shop.stocked("Pen", 1_000, 99).await, desk.shop.stocked("Ink", 500, 9).await);
    let customer = desk.shop.customer("ada@example.com").await;
    let ada = desk.shop.ask(&customer, "{ customer { id } }", json!({})).await.text("/customer/id");
    let eve = desk.shop.customer("eve@example.com").await;
    desk.code("LATER", json!({ "startsAt": "2096-01-01T00:00:00Z" })).await;
    desk.code("ADA", json!({ "customerIds": [ada] })).await;
    desk.code("EUROS", json!({ "effect": { "order": { "amount": [{ "amount": "1", "currencyCode": "EUR" }] } } }))
        .await;
    desk.code("INK", product_discount("10", json!({ "productIds": [ink.gid()] }))).await;
    desk.code("SHIP", json!({ "effect": { "shipping": {} } })).await;
    let rich = json!({ "minimumRequirement": { "subtotal": [{ "amount": "20.01", "currencyCode": "USD" }] } });
    desk.code("RICH", rich).await;
    desk.code("MANY", json!({ "minimumRequirement": { "quantity": 3 } })).await;
    desk.code("CAFÉ", json!({})).await;
    desk.code("HALF", json!({ "effect": { "order": { "percentage": "50" } } })).await;
    desk.code("ONE", json!({ "usageLimit": 1 })).await;
    desk.code("ONCE", json!({ "usageLimitPerCustomer": 1 })).await;
    for code in ["ONE", "ONCE"] {
        let cart = desk.cart(&[(&pen, 1)]).await;
        desk.enter(&cart, &[code]).await;
        desk.shop.complete(&cart).bought().await;
    }
    let cart = desk.cart(&[(&pen, 2)]).await;
    let identity =
        "mutation($id: ID!) { cartBuyerIdentityUpdate(cartId: $id, buyerIdentity: { email: \"JANE@example.com\" })
        { userErrors { code } } }";
    desk.shop.guest(identity, json!({ "id": cart })).await.done("cartBuyerIdentityUpdate");
    for (codes, warnings) in [
        (vec!["NONE"], vec!["DISCOUNT_NOT_FOUND"]),
        (vec!["LATER"], vec!["DISCOUNT_CURRENTLY_INACTIVE"]),
        (vec!["ONE"], vec!["DISCOUNT_USAGE_LIMIT_REACHED"]),
        (vec!["ADA"], vec!["DISCOUNT_ELIGIBLE_CUSTOMER_MISSING"]),
        (vec!["ONCE"], vec!["DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED"]),
        (vec!["EUROS"], vec!["DISCOUNT_CODE_NOT_HONOURED"]),
        (vec!["INK"], vec!["DISCOUNT_NO_ENTITLED_LINE_ITEMS"]),
        (vec!["SHIP"], vec!["DISCOUNT_NO_ENTITLED_SHIPPING_LINES"]),
        (vec!["RICH"], vec!["DISCOUNT_PURCHASE_NOT_IN_RANGE"]),
        (vec!["MANY"], vec!["DISCOUNT_QUANTITY_NOT_IN_RANGE"]),
        (vec!["CAFÉ", "cafe"], vec!["DISCOUNT_CODE_NOT_HONOURED"]),
        (vec!["café", "half"], vec!["DISCOUNT_CODE_NOT_HONOURED"]),
        (vec!["cafe"], vec![]),
    ] {
        assert_eq!(desk.warned(&cart, &codes).await, warnings, "{codes:?}");
        let kept: Vec<String> = desk.read_cart(&cart).await["discountCodes"]
            .as_array()
            .expect("codes")
            .iter()
            .map(|code| text(&code["code"]))
            .collect();
        assert_eq!(kept, codes, "all are kept");
    }
    let eves = desk.shop.cart_with(&eve, &[(&pen, 1)]).await;
    let answer = desk.shop.cart_call(&eve, CODES, json!({ "cartId": eves, "discountCodes": ["ADA"] })).await;
    let warning = answer.done("cartDiscountCodesUpdate")["warnings"][0].clone();
    assert_eq!(warning["code"], "DISCOUNT_CUSTOMER_NOT_ELIGIBLE");
    assert_eq!(
        (&warning["message"], &warning["target"]),
        (&json!("the discount code ADA does not apply: it is for other customers"), &json!(eves))
    );

    let together = json!({ "combinesWith": { "orderDiscounts": true }, "effect": { "order": { "percentage": "1" } } });
    let codes: Vec<String> = (0..26).map(|number| format!("T{number}")).collect();
    for code in &codes {
        desk.code(code, together.clone()).await;
    }
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    assert_eq!(desk.warned(&cart, &codes).await, ["DISCOUNT_CODE_NOT_HONOURED"], "too many compete");
}

#[tokio::test]
async fn a_new_cart_with_codes_and_a_code_that_ends_are_told_apart() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 1_000, 99).await;
    let id = desk.code("TEN", json!({})).await;
    let line = json!({ "merchandiseId": pen.variant_gid(0), "quantity": 1 });
    let input = json!({ "lines": [line], "discountCodes": ["ten", "none"] });
    let made = desk.shop.change(CREATE, json!({ "input": input })).await;
    let warnings: Vec<String> =
        made["warnings"].as_array().expect("a list").iter().map(|warning| text(&warning["code"])).collect();
    assert_eq!(warnings, ["DISCOUNT_NOT_FOUND"]);
    let cart = text(&made["cart"]["id"]);
    assert_eq!(made["cart"]["cost"]["totalAmount"]["amount"], "9.0");
    desk.done("discountCodeDeactivate", json!({ "id": id })).await;
    let now = desk.read_cart(&cart).await;
    assert_eq!(now["cost"]["totalAmount"]["amount"], "10.0");
    assert_eq!(now["discountCodes"][0], json!({ "code": "ten", "applicable": false }));
    let why = "query($id: ID!) { cart(id: $id) { discountCodes { code reason message } } }";
    let why = desk.shop.guest(why, json!({ "id": cart })).await.at("/cart/discountCodes");
    assert_eq!(
        (&why[0]["reason"], &why[1]["reason"]),
        (&json!("DISCOUNT_CURRENTLY_INACTIVE"), &json!("DISCOUNT_NOT_FOUND"))
    );
    assert!(why[0]["message"].as_str().is_some_and(|words| !words.is_empty()), "{why}");
    assert_eq!(now["problems"], json!([]), "a client that expects a total hears of it");
}

#[tokio::test]
async fn carts_with_discounts_cost_the_same_for_one_and_for_many() {
    let desk = Desk::new().await;
    let pen = desk.shop.stocked("Pen", 1_000, 99).await;
    let shelf = collection(&desk.shop, "Shelf", true, &[&pen]).await;
    let items = json!({ "collectionIds": [format!("gid://cartwright/Collection/{shelf}")] });
    for number in 0..4 {
        let once = with(product_discount("10", items.clone()), json!({ "usageLimitPerCustomer": 1 }));
        desk.code(&format!("C{number}"), once).await;
        desk.automatic(&format!("A{number}"), json!({})).await;
    }
    let (jane, john) = (desk.shop.customer("jane@example.com").await, desk.shop.customer("john@example.com").await);
    for (customer, carts) in [(&jane, 1), (&john, 4)] {
        for number in 0..carts {
            let cart = desk.shop.cart_with(customer, &[(&pen, 1)]).await;
            let codes = json!({ "cartId": cart, "discountCodes": [format!("C{number}"), "NONE"] });
            desk.shop.cart_call(customer, CODES, codes).await.done("cartDiscountCodesUpdate");
        }
    }
    let document =
        "{ customer { carts(first: 50) { nodes { discountCodes { applicable } discountAllocations { targetType }
        cost { totalAmount { amount } } lines(first: 9) { nodes { discountAllocations { targetType } } } } } } }";
    let (_, one) = desk.shop.statements(desk.shop.ask(&jane, document, json!({}))).await;
    let (answer, four) = desk.shop.statements(desk.shop.ask(&john, document, json!({}))).await;
    assert_eq!(answer.at("/customer/carts/nodes/3/discountCodes/0/applicable"), true);
    assert_eq!(one, four);
}
