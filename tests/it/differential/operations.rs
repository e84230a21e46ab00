//! What shoppers and staff do at random: browse, fill carts, check out, pay again, cancel, ship, change the catalog,
//! count stock, and send nonsense.

use serde_json::{Value, json};

use super::{chance::Chance, names::Names, ties::Ties};

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Guest,
    Customer,
    Admin,
}

/// One operation, with names in place of ids.
#[derive(Clone, Debug)]
pub enum Operation {
    /// A request.
    Ask { who: Who, token: Option<String>, document: String, variables: Value },
    /// Time passes, and the jobs run.
    Pass { seconds: i64 },
}

const ERRORS: &str = "userErrors { code field message }";
const MONEY: &str = "{ amount currencyCode }";
const PRODUCT: &str = "{ id handle title vendor productType availableForSale totalInventory tags updatedAt \
    priceRange { minVariantPrice { amount } maxVariantPrice { amount } } options { name values } \
    variants(first: 5) { nodes { id title sku availableForSale quantityAvailable price { amount currencyCode } \
    compareAtPrice { amount } selectedOptions { name value } } } collections(first: 3) { nodes { id handle } } }";
const CART: &str = "cart { id version totalQuantity note buyerIdentity { email countryCode } attributes { key value } \
    cost { totalAmount { amount currencyCode } subtotalAmount { amount } } problems { code message } \
    lines(first: 20) { nodes { id quantity cost { totalAmount { amount } } merchandise { \
    ... on ProductVariant { id title } } } pageInfo { hasNextPage } } }";
const ORDER: &str = "{ id number name status financialStatus fulfillmentStatus version email reservedUntil \
    totals { total { amount currencyCode } } lineItems(first: 20) { nodes { id title quantity status fulfilledQuantity } } \
    timeline { type message } payments { id status failureCode capturedAmount { amount } refundedAmount { amount } } \
    refunds { status amount { amount } } }";

/// Texts that somebody may type, in order of politeness.
const TEXTS: [&str; 14] = [
    "lamp",
    "Lamp",
    "tea po",
    "ÉTÉ",
    "straße",
    "acme",
    "",
    "   ",
    "%",
    "_",
    "\"unbalanced",
    "tag:red OR",
    "title:lamp*",
    "日本",
];

/// The document that opens with `mutation(...)` of one field with `input`.
fn mutation(field: &str, input: &str, selection: &str) -> String {
    format!("mutation($input: {input}) {{ {field}(input: $input) {{ {selection} {ERRORS} }} }}")
}

/// Makes operations up.
#[derive(Debug)]
pub struct Maker<'a> {
    pub chance: Chance,
    pub names: &'a Names,
    pub ties: &'a Ties,
}

impl Maker<'_> {
    pub fn operation(&mut self) -> Operation {
        match self.chance.below(100) {
            0..30 => self.browse(),
            30..62 => self.fill_a_cart(),
            62..76 => self.check_out(),
            76..84 => self.follow_an_order(),
            84..98 => self.keep_shop(),
            _ => Operation::Pass { seconds: [1, 30, 600, 1_200][self.chance.below(4)] },
        }
    }

    /// The name of something of a kind, mostly of a late one; sometimes of nothing at all.
    fn any(&mut self, kind: &str) -> String {
        let count = self.names.count(kind);
        if count == 0 || self.chance.once_in(60) {
            let wrong =
                ["gid://cartwright/Product/00000000-0000-7000-8000-000000000000", "garbage", "", "gid://x/Cart/1"];
            return (*self.chance.pick(&wrong)).to_owned();
        }
        let place = if self.chance.once_in(4) {
            self.chance.below(count)
        } else {
            count - 1 - self.chance.below(count.min(12))
        };
        format!("@{kind}{place}")
    }

    /// What goes with `name`; now and then, something else of this kind.
    fn partner(&mut self, name: &str, kind: &str) -> String {
        match self.ties.of(name) {
            Some(partner) if !self.chance.once_in(12) => partner.to_owned(),
            _ => self.any(kind),
        }
    }

    fn text(&mut self) -> &'static str {
        self.chance.pick::<&'static str>(&TEXTS)
    }

    fn quantity(&mut self) -> i64 {
        *self.chance.pick(&[1, 1, 1, 2, 3, 7, 0, -1, 999, 1_000, 2_147_483_647])
    }

    fn ask(&mut self, document: impl Into<String>, variables: Value) -> Operation {
        let who = *self.chance.pick(&[Who::Guest, Who::Guest, Who::Customer]);
        self.ask_as(who, document, variables)
    }

    fn ask_as(&mut self, who: Who, document: impl Into<String>, variables: Value) -> Operation {
        let token = (who != Who::Admin && self.names.count("Token") > 0).then(|| self.any("Token"));
        Operation::Ask { who, token, document: document.into(), variables }
    }

    /// Asks about an order, mostly as somebody who may.
    fn ask_of(&mut self, order: &str, document: impl Into<String>, variables: Value) -> Operation {
        match self.ask(document, variables) {
            Operation::Ask { who, document, variables, .. } => {
                Operation::Ask { who, token: Some(self.partner(order, "Token")), document, variables }
            }
            passing => passing,
        }
    }

    fn admin(&mut self, field: &str, input: &str, selection: &str, variables: Value) -> Operation {
        let who = if self.chance.once_in(25) { Who::Customer } else { Who::Admin };
        self.ask_as(who, mutation(field, input, selection), json!({ "input": variables }))
    }

    fn browse(&mut self) -> Operation {
        match self.chance.below(9) {
            0..3 => {
                let sort = *self.chance.pick(&["TITLE", "PRICE", "CREATED_AT", "BEST_SELLING", "VENDOR", "ID", "RELEVANCE"]);
                let mut variables = json!({ "first": *self.chance.pick(&[1, 3, 5, 20, 0, 251]), "sort": sort,
                    "reverse": self.chance.once_in(2), "query": self.text() });
                if self.chance.once_in(3) {
                    variables["after"] = json!(self.any("Cursor"));
                }
                let document = format!(
                    "query($first: Int, $after: String, $query: String, $sort: ProductSortKeys, $reverse: Boolean) {{ \
                     products(first: $first, after: $after, query: $query, sortKey: $sort, reverse: $reverse) {{ \
                     edges {{ cursor node {PRODUCT} }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}"
                );
                self.ask(document, variables)
            }
            3 => {
                let id = self.any("Product");
                self.ask(format!("query($id: ID) {{ product(id: $id) {PRODUCT} }}"), json!({ "id": id }))
            }
            4 => self.ask(
                "{ collections(first: 10, sortKey: TITLE) { nodes { id handle title products(first: 4) { nodes { id title } } } } }",
                json!({}),
            ),
            5 => {
                let query = self.text();
                let document = "query($query: String!) { search(query: $query, first: 5) { totalCount nodes { __typename \
                    ... on Product { id title } } } }";
                self.ask(document, json!({ "query": query }))
            }
            6 => {
                let ids = [self.any("Product"), self.any("ProductVariant"), self.any("Order"), self.any("Collection")];
                let document = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
                self.ask(document, json!({ "ids": ids }))
            }
            7 => {
                let id = self.any("Cart");
                self.ask(format!("query($id: ID!) {{ {} }}", CART.replacen("cart", "cart(id: $id)", 1)), json!({ "id": id }))
            }
            _ => self.ask("{ productTags(first: 50) { nodes } productTypes(first: 50) { nodes } }", json!({})),
        }
    }

    fn lines(&mut self) -> Value {
        let count = 1 + self.chance.below(3);
        (0..count)
            .map(|_| json!({ "merchandiseId": self.any("ProductVariant"), "quantity": self.quantity() }))
            .collect()
    }

    fn good_lines(&mut self) -> Value {
        let count = 1 + self.chance.below(3);
        let line = |maker: &mut Self| json!({ "merchandiseId": maker.any("ProductVariant"), "quantity": 1 + maker.chance.below(2) });
        (0..count).map(|_| line(self)).collect()
    }

    fn cart_mutation(&mut self, field: &str, declared: &str, passed: &str, mut variables: Value) -> Operation {
        let line = variables.pointer("/lines/0/id").or_else(|| variables.pointer("/ids/0"));
        let line = line.and_then(Value::as_str).unwrap_or_default().to_owned();
        variables["cart"] = json!(self.partner(&line, "Cart"));
        let mut document =
            format!("mutation($cart: ID!, {declared}) {{ {field}(cartId: $cart, {passed}) {{ {CART} {ERRORS} }} }}");
        if self.chance.once_in(6) {
            document = document.replacen("$cart: ID!,", "$cart: ID!, $version: Int,", 1);
            document = document.replacen("cartId: $cart,", "cartId: $cart, expectedVersion: $version,", 1);
            variables["version"] = json!(1 + self.chance.below(4));
        }
        self.ask(document, variables)
    }

    fn fill_a_cart(&mut self) -> Operation {
        match self.chance.below(12) {
            0..4 => {
                let lines = if self.chance.once_in(4) { self.lines() } else { self.good_lines() };
                let document =
                    format!("mutation($input: CartInput) {{ cartCreate(input: $input) {{ {CART} {ERRORS} }} }}");
                self.ask(document, json!({ "input": { "lines": lines } }))
            }
            4..7 => {
                let lines = self.lines();
                self.cart_mutation(
                    "cartLinesAdd",
                    "$lines: [CartLineInput!]!",
                    "lines: $lines",
                    json!({ "lines": lines }),
                )
            }
            7 | 8 => {
                let lines = json!([{ "id": self.any("CartLine"), "quantity": self.quantity() }]);
                let declared = "$lines: [CartLineUpdateInput!]!";
                self.cart_mutation("cartLinesUpdate", declared, "lines: $lines", json!({ "lines": lines }))
            }
            9 => {
                let ids = json!([self.any("CartLine")]);
                self.cart_mutation("cartLinesRemove", "$ids: [ID!]!", "lineIds: $ids", json!({ "ids": ids }))
            }
            10 => {
                let note = self.text();
                self.cart_mutation("cartNoteUpdate", "$note: String!", "note: $note", json!({ "note": note }))
            }
            _ => {
                let identity = json!({ "email": *self.chance.pick(&["a@example.com", "no address", "b@example.com"]),
                    "countryCode": *self.chance.pick(&["DE", "US"]) });
                let declared = "$identity: CartBuyerIdentityInput!";
                self.cart_mutation(
                    "cartBuyerIdentityUpdate",
                    declared,
                    "buyerIdentity: $identity",
                    json!({ "identity": identity }),
                )
            }
        }
    }

    fn check_out(&mut self) -> Operation {
        let tokens = [
            "sandbox_ok",
            "sandbox_ok",
            "sandbox_ok",
            "sandbox_declined",
            "sandbox_late",
            "sandbox_wrong_amount",
            "sandbox_error",
            "sandbox_challenge",
            "nonsense",
        ];
        let token = *self.chance.pick(&tokens);
        let capture = if self.chance.once_in(5) { "MANUAL" } else { "AUTOMATIC" };
        let payment = json!({ "gateway": "sandbox", "token": token, "captureMethod": capture });
        let selection = format!("order {ORDER} orderAccessToken payment {{ id status failureCode }} cart {{ id }}");
        if self.chance.once_in(6) {
            let order = self.any("Order");
            let input = json!({ "orderId": order, "payment": payment });
            let document = mutation("paymentRetry", "PaymentRetryInput!", &selection);
            return self.ask_of(&order, document, json!({ "input": input }));
        }
        let address = json!({ "firstName": "Jane", "lastName": "Doe", "address1": "1 Main Street", "city": "Springfield",
            "zip": "12345", "countryCode": "US" });
        let mut input = json!({ "cartId": self.any("Cart"), "email": "jane@example.com", "shippingAddress": address,
            "payment": payment });
        if self.chance.once_in(10) {
            input["expectedTotal"] = json!({ "amount": "12.50", "currencyCode": "USD" });
        }
        self.ask(mutation("checkoutComplete", "CheckoutCompleteInput!", &selection), json!({ "input": input }))
    }

    fn follow_an_order(&mut self) -> Operation {
        let order = json!({ "orderId": self.any("Order") });
        let selection = format!("order {ORDER}");
        match self.chance.below(7) {
            0 | 1 => {
                let id = self.any("Order");
                self.ask_of(&id, format!("query($id: ID!) {{ order(id: $id) {ORDER} }}"), json!({ "id": id }))
            }
            2 => self.admin("orderCancel", "OrderCancelInput!", &selection, order),
            3 => self.admin("orderCapture", "OrderCaptureInput!", &selection, order),
            4 => self.admin("fulfillmentCreate", "FulfillmentCreateInput!", &selection, order),
            5 => self.admin("orderMarkAsDelivered", "OrderMarkAsDeliveredInput!", &selection, order),
            _ => {
                let query = *self.chance.pick(&["", "jane", "#10", "1003", "%"]);
                let document = "query($query: String) { orders(first: 10, query: $query) { edges { cursor node { id number \
                    status financialStatus } } pageInfo { hasNextPage } } }";
                self.ask_as(Who::Admin, document, json!({ "query": query }))
            }
        }
    }

    fn variant(&mut self, options: Option<&str>) -> Value {
        let price = *self.chance.pick(&["10.00", "12.50", "0.00", "999.99", "3", "-1", "1.005"]);
        let mut variant =
            json!({ "price": price, "quantity": self.chance.below(9), "tracked": !self.chance.once_in(5) });
        if let Some(value) = options {
            variant["optionValues"] = json!([{ "name": value, "optionName": "Size" }]);
        }
        variant
    }

    fn keep_shop(&mut self) -> Operation {
        match self.chance.below(12) {
            0..3 => {
                let title = *self.chance.pick(&["Lamp", "Tea pot", "Été chair", "Straße map", "Blue mug", "Z-9 cable"]);
                let variants = if self.chance.once_in(2) {
                    json!([self.variant(Some("S")), self.variant(Some("M"))])
                } else {
                    json!([self.variant(None)])
                };
                let tags = [*self.chance.pick(&["red", "Blue", "sale"]), *self.chance.pick(&["new", "RED"])];
                let input = json!({ "title": title, "vendor": *self.chance.pick(&["Acme", "Éclat", "acme"]), "tags": tags,
                    "publish": !self.chance.once_in(6), "variants": variants });
                self.admin("productCreate", "ProductCreateInput!", &format!("product {PRODUCT}"), input)
            }
            3 | 4 => {
                let mut input =
                    json!({ "id": self.any("Product"), "title": format!("Lamp {}", self.chance.below(50)) });
                if self.chance.once_in(3) {
                    input["expectedVersion"] = json!(1 + self.chance.below(3));
                }
                self.admin("productUpdate", "ProductUpdateInput!", &format!("product {PRODUCT}"), input)
            }
            5 => {
                let (field, input) =
                    (*self.chance.pick(&["productPublish", "productUnpublish"]), json!({ "id": self.any("Product") }));
                self.admin(field, "ProductTargetInput!", "product { id availableForSale }", input)
            }
            6 => {
                let id = self.any("ProductVariant");
                let product = self.partner(&id, "Product");
                let price = *self.chance.pick(&["11.00", "9.99", "0.01", "x"]);
                let input = json!({ "productId": product, "variants": [{ "id": id, "price": price }] });
                self.admin(
                    "productVariantsBulkUpdate",
                    "ProductVariantsBulkUpdateInput!",
                    &format!("product {PRODUCT}"),
                    input,
                )
            }
            7 if self.chance.once_in(3) => {
                let input = json!({ "id": self.any("Product") });
                self.admin("productDelete", "ProductTargetInput!", "deletedProductId", input)
            }
            8 => {
                let title = *self.chance.pick(&["Summer", "Winter", "Été", ""]);
                self.admin(
                    "collectionCreate",
                    "CollectionCreateInput!",
                    "collection { id handle title }",
                    json!({ "title": title }),
                )
            }
            9 => {
                let products = [self.any("Product"), self.any("Product")];
                let input = json!({ "id": self.any("Collection"), "productIds": products });
                let field =
                    *self.chance.pick(&["collectionAddProducts", "collectionAddProducts", "collectionRemoveProducts"]);
                let selection = "collection { id products(first: 9) { nodes { id } } }";
                self.admin(field, "CollectionProductsInput!", selection, input)
            }
            10 => {
                let variants = [self.any("ProductVariant"), self.any("ProductVariant")];
                let document = format!(
                    "query($ids: [ID!]!) {{ inventoryLevels(variantIds: $ids) {{ onHand reserved available \
                     variant {{ id price {MONEY} }} location {{ name }} }} shop {{ name }} }}"
                );
                self.ask_as(Who::Admin, document, json!({ "ids": variants }))
            }
            _ => {
                let delta = *self.chance.pick(&[5_i64, 1, -1, 20, -50, 0]);
                let change = json!({ "variantId": self.any("ProductVariant"), "delta": delta });
                let input =
                    json!({ "reason": *self.chance.pick(&["ADJUST", "ADJUST", "RECEIVE"]), "changes": [change] });
                self.admin("inventoryAdjustQuantities", "InventoryAdjustQuantitiesInput!", "__typename", input)
            }
        }
    }
}
