//! The classic story over HTTP: browse, cart, checkout, "processing", shipped with a tracking number, told by the
//! subscription, delivered. The stock is looked at after each step.

use cartwright::demo;
use entity::{catalog::variant, inventory::stock_level};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::{
    make::purchase::{Purchase, completion},
    support::{Server, Socket, Visitor},
};

const LAPTOPS: &str = "query { products(first: 20, query: \"product_type:Laptop\", sortKey: PRICE) { nodes {
    handle title productType priceRange { minVariantPrice { amount } } featuredImage { url } } } }";
const LAPTOP: &str = "query($handle: String!) { product(handle: $handle) { title availableForSale
    options { name optionValues { name } }
    variants(first: 50) { nodes { id sku price { amount currencyCode } availableForSale quantityAvailable } } } }";
const CREATE: &str = "mutation { cartCreate { cart { id totalQuantity } userErrors { code } } }";
const ADD: &str = "mutation($cart: ID!, $lines: [CartLineInput!]!) { cartLinesAdd(cartId: $cart, lines: $lines) {
    cart { totalQuantity cost { totalAmount { amount currencyCode } } problems { code } }
    userErrors { code } warnings { code } } }";
const COMPLETE: &str = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id number status } payment { status nextAction { url } } orderAccessToken userErrors { code } } }";
const ORDER: &str = "query($id: ID!) { order(id: $id) { number status financialStatus fulfillmentStatus
    totals { total { amount } } lineItems(first: 5) { nodes { sku status fulfilledQuantity } }
    fulfillments { status trackingInfo { number company } } timeline { type } } }";
const WATCH: &str = "subscription($id: ID!) { orderUpdated(id: $id) { cursor event { type }
    order { status fulfillmentStatus fulfillments { trackingInfo { number } } } } }";

/// A laptop of the demo shop, of which there are four.
const SKU: &str = "TH-AERO13-8GB-512GB-SIL";

/// What completes a cart in a state of the shop's own country, where a laptop is sent free of charge and not taxed.
fn at_home(cart: &str, token: &str) -> Value {
    let mut input = completion(cart, token);
    input["shippingAddress"] = json!({ "firstName": "Ada", "lastName": "Lovelace", "address1": "12 Lantern Street",
        "city": "Portland", "provinceCode": "OR", "zip": "97201", "countryCode": "US" });
    input
}

async fn opened() -> Server {
    let server = Server::start().await;
    demo::load(&server.shop.app).await.expect("the demo shop is loaded");
    server
}

/// On hand and reserved, over all locations.
async fn stock(server: &Server) -> (i64, i64) {
    let db = server.shop.app.database.reader();
    let row = variant::Entity::find().filter(variant::Column::Sku.eq(SKU)).one(db).await.expect("a query");
    let id = row.expect("the laptop").id;
    let levels = stock_level::Entity::find().filter(stock_level::Column::VariantId.eq(id)).all(db).await;
    let levels = levels.expect("a query");
    (levels.iter().map(|level| level.on_hand).sum(), levels.iter().map(|level| level.reserved).sum())
}

/// Finds the laptop as a shopper does, and returns the variant and how many can be bought.
async fn browse(server: &Server, shopper: &Visitor) -> Value {
    let laptops = server.graphql(shopper, LAPTOPS, json!({})).await.at("/products/nodes");
    let laptops = laptops.as_array().expect("a list");
    assert!(laptops.len() >= 3, "{laptops:?}");
    assert!(laptops.iter().all(|laptop| laptop["productType"] == "Laptop"));
    let aero = laptops.iter().find(|laptop| laptop["title"] == "Tarnholm Aero 13").expect("the laptop is found");
    let picture = aero["featuredImage"]["url"].as_str().expect("a picture").to_owned();
    let picture = server.send(server.client.get(picture)).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/webp"));
    let product = server.graphql(shopper, LAPTOP, json!({ "handle": aero["handle"] })).await;
    let variants = product.at("/product/variants/nodes");
    let found = variants.as_array().expect("a list").iter().find(|variant| variant["sku"] == SKU);
    found.expect("the variant").clone()
}

/// Puts one laptop into a new cart and returns the cart's id.
async fn fill_a_cart(server: &Server, shopper: &Visitor, variant: &Value) -> String {
    let cart = server.graphql(shopper, CREATE, json!({})).await.text("/cartCreate/cart/id");
    let lines = json!([{ "merchandiseId": variant["id"], "quantity": 1 }]);
    let added = server.graphql(shopper, ADD, json!({ "cart": cart, "lines": lines })).await.done("cartLinesAdd");
    assert_eq!(added["cart"]["totalQuantity"], 1);
    assert_eq!(added["cart"]["cost"]["totalAmount"], variant["price"]);
    assert_eq!((&added["cart"]["problems"], &added["warnings"]), (&json!([]), &json!([])));
    cart
}

/// From "processing" to "delivered": staff ship, the subscription tells of it, the shopper marks it delivered.
async fn ship_and_deliver(server: &Server, purchase: &Purchase) {
    let (buyer, id) = (&purchase.buyer, &purchase.order_id);
    let order = server.graphql(buyer, ORDER, json!({ "id": id })).await.at("/order");
    assert_eq!(order["number"], purchase.number);
    assert_eq!(order["status"], "PROCESSING");
    assert_eq!((&order["financialStatus"], &order["fulfillmentStatus"]), (&json!("PAID"), &json!("UNFULFILLED")));
    assert_eq!(order["totals"]["total"]["amount"], "1099.0");
    assert_eq!(order["lineItems"]["nodes"][0], json!({ "sku": SKU, "status": "EXECUTED", "fulfilledQuantity": 0 }));

    server.all_told().await;
    let mut socket = Socket::open(server, buyer).await;
    socket.subscribe("order", WATCH, json!({ "id": id })).await;
    let present = socket.data("order").await;
    assert_eq!(present["orderUpdated"]["event"], Value::Null, "the first message is the present state");
    assert_eq!(present["orderUpdated"]["order"]["status"], "PROCESSING");

    let admin = server.admin().await;
    let shipped = server.ship(&admin, id, "JD014600003828").await;
    assert_eq!(shipped["fulfillment"]["trackingInfo"]["number"], "JD014600003828");
    for kind in ["ORDER_FULFILLMENT_CREATED", "ORDER_SHIPPED"] {
        let told = socket.data("order").await;
        assert_eq!(told["orderUpdated"]["event"]["type"], kind);
        let order = &told["orderUpdated"]["order"];
        assert_eq!(order["fulfillmentStatus"], "FULFILLED");
        assert_eq!(order["fulfillments"][0]["trackingInfo"]["number"], "JD014600003828");
    }
    assert_eq!(stock(server).await, (3, 0), "shipping takes nothing more from the stock");

    let delivered = server.deliver(buyer, id).await;
    assert_eq!(delivered, json!({ "status": "COMPLETED", "fulfillmentStatus": "DELIVERED" }));
    let told = socket.data("order").await;
    assert_eq!(told["orderUpdated"]["event"]["type"], "ORDER_DELIVERED");
    assert_eq!(told["orderUpdated"]["order"]["status"], "COMPLETED");
    assert_eq!(stock(server).await, (3, 0));

    let order = server.graphql(buyer, ORDER, json!({ "id": id })).await.at("/order");
    assert_eq!(order["fulfillments"][0]["trackingInfo"], json!({ "number": "JD014600003828", "company": "DHL" }));
    assert_eq!(order["lineItems"]["nodes"][0]["fulfilledQuantity"], 1);
}

#[tokio::test]
async fn a_guest_buys_a_laptop_and_marks_it_delivered() {
    let server = opened().await;
    let guest = Visitor::guest();
    assert_eq!(stock(&server).await, (4, 0));
    let variant = browse(&server, &guest).await;
    assert_eq!(variant["quantityAvailable"], 4);
    let cart = fill_a_cart(&server, &guest, &variant).await;
    assert_eq!(stock(&server).await, (4, 0), "a cart holds nothing back");

    let mut input = at_home(&cart, "sandbox_ok");
    input["expectedTotal"] = variant["price"].clone();
    let completed = server.graphql(&guest, COMPLETE, json!({ "input": input })).await;
    let payload = completed.done("checkoutComplete");
    assert_eq!(payload["order"]["status"], "PROCESSING");
    assert_eq!(stock(&server).await, (3, 0), "a paid order takes its stock");
    assert_eq!(browse(&server, &guest).await["quantityAvailable"], 3);

    let order_id = completed.text("/checkoutComplete/order/id");
    let token = completed.text("/checkoutComplete/orderAccessToken");
    let unknown = server.graphql(&guest, ORDER, json!({ "id": order_id })).await.at("/order");
    assert_eq!(unknown, Value::Null, "without its token the order is not there");
    let number = payload["order"]["number"].as_i64().expect("an order number");
    let purchase = Purchase { order_id, number, buyer: Visitor::of_order(token), payload };
    ship_and_deliver(&server, &purchase).await;
}

#[tokio::test]
async fn a_signed_in_customer_buys_a_laptop_with_an_additional_step() {
    let server = opened().await;
    let create = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { email }
        userErrors { code } } }";
    let account = json!({ "email": "ada@example.com", "password": "three small elephants" });
    server.graphql(&Visitor::guest(), create, json!({ "input": account })).await.done("customerCreate");
    let sign_in = "mutation($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) {
        customerAccessToken { accessToken } userErrors { code } } }";
    let signed_in = server.graphql(&Visitor::guest(), sign_in, json!({ "input": account })).await;
    let token = signed_in.text("/customerAccessTokenCreate/customerAccessToken/accessToken");
    let ada = Visitor::signed_in(token);

    let variant = browse(&server, &ada).await;
    let cart = fill_a_cart(&server, &ada, &variant).await;
    let completed = server.graphql(&ada, COMPLETE, json!({ "input": at_home(&cart, "sandbox_challenge") })).await;
    let payload = completed.done("checkoutComplete");
    assert_eq!(payload["order"]["status"], "PENDING_PAYMENT");
    assert_eq!(payload["orderAccessToken"], Value::Null, "the order is the customer's");
    assert_eq!(stock(&server).await, (4, 1), "its stock is held while the payment waits");
    assert_eq!(browse(&server, &ada).await["quantityAvailable"], 3);
    let order_id = completed.text("/checkoutComplete/order/id");
    let number = payload["order"]["number"].as_i64().expect("an order number");

    server.all_told().await;
    let mut socket = Socket::open(&server, &ada).await;
    socket.subscribe("order", WATCH, json!({ "id": order_id })).await;
    assert_eq!(socket.data("order").await["orderUpdated"]["order"]["status"], "PENDING_PAYMENT");
    let step = completed.text("/checkoutComplete/payment/nextAction/url");
    assert!(step.starts_with(&server.url("/sandbox/challenge/")), "{step}");
    let approved = server.send(server.client.request(Method::POST, step).json(&json!({ "approve": true }))).await;
    assert_eq!(approved.status, 200);
    let paid = socket.data("order").await;
    assert_eq!(paid["orderUpdated"]["event"]["type"], "ORDER_PAID", "the bank's webhook settled it");
    assert_eq!(paid["orderUpdated"]["order"]["status"], "PROCESSING");
    assert_eq!(stock(&server).await, (3, 0));

    let purchase = Purchase { order_id, number, buyer: ada, payload };
    ship_and_deliver(&server, &purchase).await;
}
