//! What a shop at its most talkative writes to its log: no secret, no person, no card.

use std::{
    fs::File,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use stripe_stand_in::{Call, Fault, Options, StandIn};

const SECRET_KEY: &str = "sk_test_51HushNobodyMayReadThis";
const WEBHOOK_SECRET: &str = "whsec_HushNobodyMayReadThisEither";
const EMAIL: &str = "jane.roe@hush.example";
const PASSWORD: &str = "three small elephants";

/// A real process with its log in a file. Killed when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

async fn start(stripe: &StandIn, folder: &Path, address: SocketAddr) -> Running {
    let log = File::create(folder.join("log")).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cartwright"));
    command.args(["serve", "--listen", &address.to_string(), "--data"]).arg(folder.join("data"));
    command.env("CARTWRIGHT_LOG", "trace").env("CARTWRIGHT_STRIPE_URL", stripe.url());
    command.env("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "2").env("CARTWRIGHT_MAIL_FOLDER", folder.join("mails"));
    command.env("STRIPE_SECRET_KEY", SECRET_KEY).env("STRIPE_PUBLISHABLE_KEY", "pk_test_shown");
    command.env("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET).env_remove("DATABASE_URL").env_remove("REDIS_URL");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    let running = Running(command.spawn().expect("the program starts"));
    let began = Instant::now();
    while !reqwest::get(format!("http://{address}/readyz")).await.is_ok_and(|answer| answer.status().is_success()) {
        assert!(began.elapsed() < Duration::from_secs(90), "the process does not get ready");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    running
}

struct Shopper {
    address: SocketAddr,
    http: reqwest::Client,
    token: Option<String>,
    /// Variants to buy, each once: the demo shop has few of most.
    shelf: Vec<Value>,
    /// Everything that only the shopper may know.
    secrets: Vec<String>,
}

impl Shopper {
    async fn ask(&mut self, document: &str, variables: Value) -> Value {
        let body = json!({ "query": document, "variables": variables });
        let mut request = self.http.post(format!("http://{}/graphql", self.address)).json(&body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        self.learn(&answer["data"], "");
        answer["data"].clone()
    }

    /// Keeps what an answer holds of secrets, by the names of its fields.
    fn learn(&mut self, value: &Value, name: &str) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.learn(value, name)),
            Value::Array(items) => items.iter().for_each(|value| self.learn(value, name)),
            Value::String(text)
                if ["accessToken", "refreshToken", "orderAccessToken", "clientSecret"].contains(&name) =>
            {
                self.secrets.push(text.clone());
            }
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    async fn pay(&mut self, payment: Value) -> Value {
        let variant = self.shelf.pop().expect("the demo shop has something");
        let create = "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } } }";
        let cart =
            self.ask(create, json!({ "input": { "lines": [{ "merchandiseId": variant, "quantity": 1 }] } })).await;
        let complete = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { orderAccessToken \
                        order { id } payment { status clientSecret } userErrors { code message } } }";
        let address = json!({ "firstName": "Jane", "lastName": "Roehush", "address1": "1 Hush Street", "city": "Portland",
                              "zip": "97201", "countryCode": "US", "phone": "+1 503 555 0143" });
        let input = json!({ "cartId": cart["cartCreate"]["cart"]["id"], "email": EMAIL, "shippingAddress": address,
                            "payment": payment });
        self.ask(complete, json!({ "input": input })).await["checkoutComplete"].clone()
    }
}

/// Runs of 13 to 19 digits, blanks and hyphens between them allowed, that pass Luhn's check and begin as cards do.
fn card_numbers(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let words = line.split(|letter: char| !letter.is_ascii_digit() && letter != ' ' && letter != '-');
    for word in words {
        let digits: Vec<u32> = word.chars().filter_map(|letter| letter.to_digit(10)).collect();
        let doubled =
            |(place, digit): (usize, &u32)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
        let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
        let begins = digits.first().is_some_and(|first| (3..=6).contains(first));
        if (15..=19).contains(&digits.len()) && begins && sum.is_multiple_of(10) {
            found.push(word.to_owned());
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_most_talkative_log_of_a_checkout_holds_no_secret_no_person_and_no_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let address =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let options = Options {
        webhook_secret: WEBHOOK_SECRET.to_owned(),
        webhook_url: Some(format!("http://{address}/webhooks/stripe")),
        ..Options::default()
    };
    let stripe = StandIn::start(options).await.expect("it starts");
    let running = start(&stripe, folder.path(), address).await;
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut shopper = Shopper { address, http, token: None, shelf: Vec::new(), secrets: Vec::new() };
    let shelf = "{ products(first: 40) { nodes { selectedOrFirstAvailableVariant { id availableForSale } } } }";
    let shelf = shopper.ask(shelf, json!({})).await["products"]["nodes"].clone();
    let found = shelf.as_array().into_iter().flatten().map(|product| &product["selectedOrFirstAvailableVariant"]);
    let sold = found.filter(|variant| variant["availableForSale"] == true);
    shopper.shelf = sold.map(|variant| variant["id"].clone()).collect();
    let account = json!({ "input": { "email": EMAIL, "password": PASSWORD } });
    let register = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }";
    shopper.ask(register, account.clone()).await;
    let sign_in = "mutation($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) { \
                   customerAccessToken { accessToken refreshToken } } }";
    let signed_in = shopper.ask(sign_in, account).await;
    let token = signed_in.pointer("/customerAccessTokenCreate/customerAccessToken/accessToken").and_then(Value::as_str);
    shopper.token = Some(token.expect("a token").to_owned());

    let by = |method: &str| json!({ "gateway": "stripe", "token": method, "returnUrl": "https://shop.example/thanks" });
    let mut saving = by("pm_card_visa");
    saving["save"] = json!(true);
    assert_eq!(shopper.pay(saving).await["payment"]["status"], "CAPTURED");
    assert_eq!(shopper.pay(json!({ "gateway": "stripe" })).await["payment"]["status"], "REQUIRES_ACTION");
    shopper.token = None;
    shopper.pay(by("pm_card_chargeDeclined")).await;
    for fault in [
        Fault::ErrorAfterWork,
        Fault::CutAfterWork,
        Fault::SilenceAfterWork { milliseconds: 3_000 },
        Fault::WrongAmount,
        Fault::RateLimit,
    ] {
        stripe.fault(Call::Create, fault);
        shopper.pay(by("pm_card_visa")).await;
    }
    let refused = shopper.pay(by("4242 4242 4242 4242")).await;
    assert_eq!(refused["userErrors"][0]["code"], "PAYMENT_INPUT_INVALID");
    // A message whose signature is wrong, and one that is no message.
    for body in [r#"{"id":"evt_1","object":"event","note":"4242424242424242"}"#, "card 4242424242424242"] {
        let url = format!("http://{address}/webhooks/stripe");
        let request = shopper.http.post(url).header("stripe-signature", "t=1,v1=00").body(body);
        assert!(request.send().await.expect("an answer").status().is_client_error());
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    stripe.stop();
    shopper.pay(by("pm_card_visa")).await;
    drop(running);

    let log = std::fs::read_to_string(folder.path().join("log")).expect("the log");
    assert!(log.lines().count() > 500 && log.contains("TRACE") && log.contains("the outcome of a payment is unknown"));
    let secret_of_intent = |text: &str| text.contains("_secret_");
    let known = shopper.secrets.iter().map(String::as_str);
    let known: Vec<&str> =
        known.chain([SECRET_KEY, WEBHOOK_SECRET, EMAIL, PASSWORD, "Roehush", "Hush Street", "555 0143"]).collect();
    assert!(shopper.secrets.len() > 5, "{:?}", shopper.secrets);
    for line in log.lines() {
        let told: Vec<&&str> = known.iter().filter(|secret| line.contains(**secret)).collect();
        assert!(told.is_empty() && !secret_of_intent(line), "{told:?} in {line}");
        assert_eq!(card_numbers(line), Vec::<String>::new(), "{line}");
    }
}
