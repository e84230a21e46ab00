//! A shop in a country, driven over HTTP by its staff and its buyers.

use cartwright::{
    domain::shop::{self, NewShop},
    platform::tx,
};
use entity::money::{Currency, Money};
use serde_json::{Value, json};

use crate::support::{Server, Visitor};

const TAX_LINE: &str = "{ title percent amount { amount } included netAmount { amount } }";

/// A shop with somebody who may set its taxes.
pub struct Store {
    pub server: Server,
    pub admin: Visitor,
    pub currency: Currency,
}

/// What a purchase led to: the cart before, and the order.
pub struct Sale {
    pub cart: Value,
    pub order: Value,
    /// The invoice as a page.
    pub invoice: String,
    pub order_id: String,
    pub buyer: Visitor,
}

impl Store {
    /// A shop that sells from a country in its currency.
    pub async fn open(country: &str, currency: &str) -> Self {
        let server = Server::still().await;
        let currency: Currency = currency.parse().expect("a code");
        let app = &server.shop.app;
        let tx = tx::begin(&app.database).await.expect("a transaction");
        let new = NewShop { currency, country_code: country.to_owned(), ..NewShop::default() };
        shop::replace(&tx, &app.sources, new).await.expect("the shop is replaced");
        tx.commit().await.expect("committed");
        let admin = server.admin().await;
        Self { server, admin, currency }
    }

    /// Runs a mutation of staff's and returns its payload.
    #[track_caller]
    pub fn run(&self, mutation: &str, selection: &str, input: Value) -> impl Future<Output = Value> {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field message }} }} }}"
        );
        let mutation = mutation.to_owned();
        async move { self.server.graphql(&self.admin, &document, json!({ "input": input })).await.done(&mutation) }
    }

    pub async fn class(&self, name: &str) -> Value {
        self.run("taxClassCreate", "taxClass { id }", json!({ "name": name })).await["taxClass"]["id"].clone()
    }

    pub async fn zone(&self, input: Value) -> Value {
        self.run("taxZoneCreate", "taxZone { id }", input).await["taxZone"]["id"].clone()
    }

    /// Entered prices contain the taxes of this zone.
    pub async fn inclusive(&self, home: &Value, abroad: &str) {
        let input = json!({ "pricesEntered": "INCLUSIVE", "homeZoneId": home, "pricesAbroad": abroad });
        self.run("taxSettingsUpdate", "__typename", input).await;
    }

    /// A product of one variant with this price; returns the variant's id. `more` is put into the variant.
    pub async fn product(&self, title: &str, price: &str, more: Value) -> String {
        let mut variant = json!({ "price": price, "tracked": false });
        if let (Some(variant), Value::Object(more)) = (variant.as_object_mut(), more) {
            variant.extend(more);
        }
        let selection = "product { variants(first: 1) { nodes { id } } }";
        let input = json!({ "title": title, "publish": true, "variants": [variant] });
        let made = self.run("productCreate", selection, input).await;
        made["product"]["variants"]["nodes"][0]["id"].as_str().expect("an id").to_owned()
    }

    /// Says how a customer is taxed.
    pub async fn tax_customer(&self, customer: &Visitor, mut input: Value) {
        let id = self.server.graphql(customer, "{ customer { id } }", json!({})).await.text("/customer/id");
        input["customerId"] = json!(id);
        self.run("customerTaxUpdate", "__typename", input).await;
    }

    /// A cart with one unit of each variant, sent to an address if there is one.
    pub async fn cart(&self, buyer: &Visitor, variants: &[&str], address: Option<&Value>) -> String {
        let lines: Vec<Value> = variants.iter().map(|id| json!({ "merchandiseId": id, "quantity": 1 })).collect();
        let addresses: Vec<Value> =
            address.iter().map(|address| json!({ "address": { "deliveryAddress": address } })).collect();
        let document =
            "mutation($input: CartInput!) { cartCreate(input: $input) { cart { id } userErrors { message } } }";
        let input = json!({ "lines": lines, "delivery": { "addresses": addresses } });
        let answer = self.server.graphql(buyer, document, json!({ "input": input })).await;
        answer.done("cartCreate");
        answer.text("/cartCreate/cart/id")
    }

    pub async fn read_cart(&self, buyer: &Visitor, id: &str) -> Value {
        let document = format!(
            "query($id: ID!) {{ cart(id: $id) {{ cost {{ subtotalAmount {{ amount }} totalAmount {{ amount }} \
             taxAmount {{ amount }} taxIncludedAmount {{ amount }} totalTaxAmount {{ amount }} taxesEstimated \
             taxLines {TAX_LINE} }} lines(first: 50) {{ nodes {{ cost {{ amountPerQuantity {{ amount }} \
             totalAmount {{ amount }} taxLines {TAX_LINE} }} }} }} }} }}"
        );
        self.server.graphql(buyer, &document, json!({ "id": id })).await.at("/cart")
    }

    /// Buys one unit of each variant, sent to this address, and reads everything that is told of it.
    pub async fn sell(&self, buyer: &Visitor, variants: &[&str], address: &Value) -> Sale {
        let id = self.cart(buyer, variants, Some(address)).await;
        let cart = self.read_cart(buyer, &id).await;
        let input = json!({
            "cartId": id, "email": "ada@example.com", "shippingAddress": address,
            "payment": { "gateway": "sandbox", "token": "sandbox_ok" },
        });
        let document = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
            order { id } orderAccessToken userErrors { field message } } }";
        let payload = self.server.graphql(buyer, document, json!({ "input": input })).await.done("checkoutComplete");
        let buyer = payload["orderAccessToken"].as_str().map_or_else(|| buyer.clone(), Visitor::of_order);
        let order_id = payload["order"]["id"].as_str().expect("an order").to_owned();
        let order = self.read_order(&buyer, &order_id).await;
        let invoice = self.page(&order, 0).await;
        let sale = Sale { cart, order, invoice, order_id, buyer };
        self.check(&sale);
        sale
    }

    pub async fn read_order(&self, buyer: &Visitor, id: &str) -> Value {
        let document = format!(
            "query($id: ID!) {{ order(id: $id) {{ totals {{ subtotal {{ amount }} tax {{ amount }} \
             taxIncluded {{ amount }} total {{ amount }} }} taxesIncluded taxLines {TAX_LINE} \
             shippingTaxLines {TAX_LINE} lineItems(first: 50) {{ nodes {{ totalPrice {{ amount }} taxExemption \
             taxLines {TAX_LINE} }} }} invoices {{ url htmlUrl }} }} }}"
        );
        self.server.graphql(buyer, &document, json!({ "id": id })).await.at("/order")
    }

    /// A document of an order as a page; its PDF is looked at too.
    pub async fn page(&self, order: &Value, place: usize) -> String {
        let path = |field: &str| {
            let url = order["invoices"][place][field].as_str().expect("a document");
            url[url.find("/invoices/").expect("its address")..].to_owned()
        };
        let paper = self.server.get(&path("url")).await;
        assert!(paper.status == 200 && paper.body.starts_with(b"%PDF-"), "{}", paper.status);
        self.server.get(&path("htmlUrl")).await.text().to_owned()
    }

    /// An amount of the API in minor units.
    pub fn minor(&self, amount: &Value) -> i64 {
        let text = amount["amount"].as_str().unwrap_or_else(|| panic!("no amount: {amount}"));
        Money::parse(text, self.currency).expect("an amount").minor
    }

    /// The amounts of tax lines in minor units.
    pub fn amounts(&self, lines: &Value) -> Vec<i64> {
        lines.as_array().expect("tax lines").iter().map(|line| self.minor(&line["amount"])).collect()
    }

    /// The amounts of the taxes of each line of an order.
    pub fn line_taxes(&self, order: &Value) -> Vec<Vec<i64>> {
        let lines = order["lineItems"]["nodes"].as_array().expect("lines");
        lines.iter().map(|line| self.amounts(&line["taxLines"])).collect()
    }

    /// What must hold of every sale: the cart, the order and its lines say the same, to the last minor unit.
    fn check(&self, sale: &Sale) {
        let (totals, cost) = (&sale.order["totals"], &sale.cart["cost"]);
        let [subtotal, tax, included, total] =
            ["subtotal", "tax", "taxIncluded", "total"].map(|field| self.minor(&totals[field]));
        assert_eq!(subtotal + tax, total, "{totals}");
        let of_cart = ["subtotalAmount", "taxAmount", "taxIncludedAmount", "totalAmount"];
        assert_eq!([subtotal, tax, included, total], of_cart.map(|field| self.minor(&cost[field])));
        assert_eq!(cost["taxLines"], sale.order["taxLines"]);
        assert_eq!(cost["taxesEstimated"], false);
        let charged = !sale.order["taxLines"].as_array().expect("tax lines").is_empty();
        let together = cost["totalTaxAmount"].as_object().map(|_| self.minor(&cost["totalTaxAmount"]));
        assert_eq!(together, charged.then_some(tax + included));
        let of_lines: i64 = self.line_taxes(&sale.order).concat().iter().sum();
        assert_eq!(of_lines, tax + included, "line taxes sum to the order's tax");
        assert_eq!(self.amounts(&sale.order["taxLines"]).iter().sum::<i64>(), tax + included);
        assert_eq!(sale.order["taxesIncluded"], included > 0);
        for line in sale.order["taxLines"].as_array().expect("tax lines") {
            for part in ["amount", "netAmount"] {
                let words = Money::new(self.minor(&line[part]), self.currency).in_words();
                assert!(sale.invoice.contains(&words), "{words} in {}", sale.invoice);
            }
        }
    }
}

/// Somebody's address.
pub fn address(country: &str, province: Option<&str>, zip: &str) -> Value {
    json!({
        "firstName": "Ada", "lastName": "Lovelace", "address1": "1 Main Street", "city": "Springfield",
        "provinceCode": province, "zip": zip, "countryCode": country,
    })
}
