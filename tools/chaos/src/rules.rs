//! The shop's rules, written by its staff before anything is broken: delivery, taxes, price lists, discounts, gift cards.

use anyhow::Context;
use serde_json::{Value, json};

use crate::{
    client::{Call, Caller, Client},
    documents,
    load::Product,
};

/// What a code with a limit may be used in all.
pub const LIMIT: u64 = 5;
/// What gift cards are issued with. Shoppers share their codes, so that they race for what is on them.
const GIFT_CARDS: [&str; 6] = ["60.00", "60.00", "45.00", "30.00", "15.00", "7.77"];
/// What a card costs that the shop sells.
const VOUCHER: &str = "25.00";

/// What everybody knows of the rules.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Codes of discounts.
    pub codes: Vec<String>,
    /// Codes of gift cards.
    pub gift_cards: Vec<String>,
    /// Variants of the product that sells gift cards.
    pub vouchers: Vec<String>,
    /// The price list that staff begin and end while shoppers look.
    pub sale: String,
}

/// Somebody of the staff who writes rules.
struct Desk<'a> {
    client: &'a Client,
    staff: &'a str,
}

/// Writes all of them.
pub async fn write(client: &Client, staff: &str, plenty: &[Product]) -> anyhow::Result<Rules> {
    let desk = Desk { client, staff };
    desk.done("shopUpdate", "shop { id }", json!({ "countries": ["US", "CA"] })).await?;
    desk.delivery().await?;
    desk.taxes().await?;
    let sale = desk.price_lists(plenty).await?;
    let codes = desk.discounts(plenty).await?;
    let gift_cards = desk.gift_cards().await?;
    let vouchers = desk.vouchers().await?;
    Ok(Rules { codes, gift_cards, vouchers, sale })
}

impl Desk<'_> {
    /// Calls a mutation that has to work; returns its payload.
    async fn done(&self, mutation: &'static str, selection: &str, input: Value) -> anyhow::Result<Value> {
        let call = Call {
            operation: format!("rules {mutation}"),
            kind: mutation,
            document: documents::by_input(mutation, selection),
            variables: json!({ "input": input }),
            key: None,
            caller: Caller { bearer: Some(self.staff.to_owned()), order_token: None },
        };
        let answer = self.client.send(&call, 0).await.context("nobody answers")?;
        let refused = !answer.codes().is_empty() || !answer.refusals().is_empty() || answer.payload().is_null();
        anyhow::ensure!(!refused, "{mutation} is refused: {}", answer.raw);
        Ok(answer.payload().clone())
    }

    async fn delivery(&self) -> anyhow::Result<()> {
        let flat = |title: &str, cost: &str| json!({ "title": title, "cost": { "flat": usd(cost) } });
        let mut standard = flat("Standard", "5.00");
        standard["freeAbove"] = usd("80.00");
        let parcel = json!({ "title": "Parcel", "cost": { "byWeight": [
            { "untilGrams": 500, "cost": usd("6.50") }, { "fromGrams": 500, "cost": usd("9.50") }] } });
        let zones = [
            ("United States", "US", vec![standard, flat("Express", "14.50"), parcel]),
            ("Canada", "CA", vec![flat("North", "12.00"), flat("North by air", "24.95")]),
        ];
        for (name, country, rates) in zones {
            let input = json!({ "name": name, "areas": [{ "countryCode": country }], "rates": rates });
            self.done("deliveryZoneCreate", "deliveryZone { id }", input).await?;
        }
        Ok(())
    }

    async fn taxes(&self) -> anyhow::Result<()> {
        let zones = [
            json!({ "name": "United States", "areas": [{ "countryCode": "US" }], "pricesShown": "EXCLUSIVE",
                "rounding": { "mode": "HALF_UP", "level": "ORDER", "taxes": "TOGETHER" }, "shipping": { "kind": "AS_GOODS" },
                "rates": [{ "taxes": [{ "title": "State tax", "percent": "6.25" }, { "title": "City tax", "percent": "2" }] }] }),
            json!({ "name": "Canada", "areas": [{ "countryCode": "CA" }], "pricesShown": "EXCLUSIVE",
                "rounding": { "mode": "HALF_UP", "level": "LINE", "taxes": "SEPARATELY" }, "shipping": { "kind": "NOT_TAXED" },
                "rates": [{ "taxes": [{ "title": "GST", "percent": "5" }, { "title": "PST", "percent": "7" }] }] }),
        ];
        for input in zones {
            self.done("taxZoneCreate", "taxZone { id }", input).await?;
        }
        Ok(())
    }

    /// One list with a price for several units, and a sale that does not count yet; returns the sale.
    async fn price_lists(&self, plenty: &[Product]) -> anyhow::Result<String> {
        let variants = || plenty.iter().flat_map(|product| &product.variants);
        let tier = |variant: &String| json!({ "variantId": variant, "price": usd("8.40"), "minimumQuantity": 3 });
        let several = self.price_list("Several at once", 0, true, variants().map(tier).collect()).await?;
        anyhow::ensure!(!several.is_empty(), "a price list has no id");
        let reduced =
            |variant: &String| json!({ "variantId": variant, "price": usd("6.30"), "compareAtPrice": usd("9.90") });
        self.price_list("Sale", 5, false, variants().step_by(3).map(reduced).collect()).await
    }

    async fn price_list(&self, name: &str, priority: i32, counts: bool, prices: Vec<Value>) -> anyhow::Result<String> {
        let input = json!({ "name": name, "currency": "USD", "priority": priority, "isActive": counts });
        let made = self.done("priceListCreate", "priceList { id }", input).await?;
        let id = text(&made["priceList"]["id"])?;
        self.done("priceListPricesAdd", "priceList { id }", json!({ "priceListId": id, "prices": prices })).await?;
        Ok(id)
    }

    /// Discounts by code and automatic ones; returns the codes.
    async fn discounts(&self, plenty: &[Product]) -> anyhow::Result<Vec<String>> {
        let products: Vec<&String> = plenty.iter().map(|product| &product.id).collect();
        let percent = |percent: &str| json!({ "order": { "percentage": percent } });
        let amount = |amount: &str| json!({ "order": { "amount": [usd(amount)] } });
        let codes = [
            ("TENTH", json!({ "effect": percent("10") })),
            ("FIRST", json!({ "effect": percent("20"), "usageLimit": LIMIT })),
            ("ONCE", json!({ "effect": amount("3.00"), "usageLimitPerCustomer": 1 })),
            (
                "THIRD-FREE",
                json!({ "effect": { "buyXGetY": {
                "customerBuys": { "quantity": 2, "items": { "productIds": products } }, "usesPerOrderLimit": 2,
                "customerGets": { "quantity": 1, "percentage": "100", "items": { "productIds": products } } } } }),
            ),
            ("NO-POSTAGE", json!({ "effect": { "shipping": { "percentage": "100" } }, "usageLimit": 2 * LIMIT })),
        ];
        for (code, terms) in &codes {
            let input = over(terms, json!({ "title": code, "codes": [code], "combinesWith": everything() }));
            self.done("discountCodeCreate", "discount { id }", input).await?;
        }
        let automatic = [
            ("Five off", json!({ "effect": amount("5.00"), "minimumRequirement": { "subtotal": [usd("40.00")] } })),
            (
                "The early ones",
                json!({ "effect": { "items": { "percentage": "5", "items": { "all": true } } }, "usageLimit": LIMIT }),
            ),
        ];
        for (title, terms) in &automatic {
            let input = over(terms, json!({ "title": title, "combinesWith": everything() }));
            self.done("discountAutomaticCreate", "discount { id }", input).await?;
        }
        Ok(codes.iter().map(|(code, _)| (*code).to_owned()).collect())
    }

    /// Issues gift cards; returns their codes.
    async fn gift_cards(&self) -> anyhow::Result<Vec<String>> {
        let mut codes = Vec::new();
        for amount in GIFT_CARDS {
            let input = json!({ "amount": usd(amount), "note": "shared by shoppers" });
            codes.push(text(&self.done("giftCardCreate", "giftCardCode", input).await?["giftCardCode"])?);
        }
        Ok(codes)
    }

    /// A product that sells gift cards; returns its variants.
    async fn vouchers(&self) -> anyhow::Result<Vec<String>> {
        let variant = json!({ "price": VOUCHER, "requiresShipping": false, "tracked": false });
        let input = json!({ "title": "Voucher", "handle": "voucher", "isGiftCard": true, "tags": ["voucher"],
            "status": "ACTIVE", "publish": true, "variants": [variant] });
        let made = self.done("productCreate", "product { variants(first: 5) { nodes { id } } }", input).await?;
        let nodes = made["product"]["variants"]["nodes"].as_array().context("a product has no variants")?;
        nodes.iter().map(|node| text(&node["id"])).collect()
    }
}

/// An amount in the shop's currency.
pub fn usd(amount: &str) -> Value {
    json!({ "amount": amount, "currencyCode": "USD" })
}

fn everything() -> Value {
    json!({ "orderDiscounts": true, "productDiscounts": true, "shippingDiscounts": true })
}

/// These fields with more of them.
fn over(terms: &Value, mut with: Value) -> Value {
    if let (Some(with), Some(terms)) = (with.as_object_mut(), terms.as_object()) {
        with.extend(terms.clone());
    }
    with
}

fn text(value: &Value) -> anyhow::Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("no text: {value}"))
}
