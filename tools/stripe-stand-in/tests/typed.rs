//! The typed client against the stand-in: every answer is read, every public card does what it is known for, every fault is
//! what the client makes of it.

use std::{collections::HashMap, time::Duration};

use stripe_gateway::{Client, ClientSettings, Intent, IntentStatus, NewIntent, RefundStatus, StripeError};
use stripe_stand_in::{Call, Fault, Options, Scripted, StandIn};

struct Both {
    stripe: StandIn,
    client: Client,
}

async fn both() -> Both {
    let stripe = StandIn::start(Options { posts_by_itself: false, ..Options::default() }).await.expect("it starts");
    let (url, secret_key) = (stripe.url(), "sk_test_stand_in".to_owned());
    let client = Client::new(ClientSettings { url, secret_key, timeout: Duration::from_secs(2) }).expect("a client");
    Both { stripe, client }
}

fn new(method: Option<&str>) -> NewIntent {
    NewIntent {
        amount: 500,
        currency: "USD".to_owned(),
        method: method.map(str::to_owned),
        customer: None,
        save: false,
        off_session: false,
        hold: false,
        return_url: Some("https://shop.example/back?order=1".to_owned()),
        description: None,
        metadata: HashMap::from([("payment".to_owned(), "p 1&2".to_owned())]),
    }
}

async fn paid(both: &Both, method: &str, key: &str) -> Intent {
    both.client.create_intent(&new(Some(method)), key).await.expect("paid")
}

#[tokio::test]
async fn a_card_that_pays_pays_and_its_intent_is_found_again() {
    let both = both().await;
    let intent = paid(&both, "pm_card_visa", "one").await;
    assert_eq!((intent.status, intent.received, intent.currency.as_str()), (IntentStatus::Succeeded, 500, "usd"));
    assert_eq!(intent.metadata["payment"], "p 1&2");
    assert_eq!(both.client.intent(&intent.id).await.expect("an answer"), Some(intent));
    assert_eq!(both.client.intent("pi_nothing").await.expect("an answer"), None);
    assert_eq!(both.stripe.book().kept(), 500);
}

#[tokio::test]
async fn declines_say_why_and_leave_the_intent_open() {
    let both = both().await;
    for (method, code, reason) in [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error"),
    ] {
        let declined = both.client.create_intent(&new(Some(method)), method).await;
        let Err(StripeError::Declined(intent)) = declined else { panic!("{method}: {declined:?}") };
        assert_eq!(intent.status, IntentStatus::NeedsMethod, "{method}");
        let failure = intent.failure.clone().expect("a failure");
        assert_eq!((failure.code.as_str(), failure.decline_code.as_deref()), (code, Some(reason)), "{method}");
        assert_eq!(both.client.intent(&intent.id).await.expect("an answer").map(|intent| intent.id), Some(intent.id));
    }
    assert_eq!(both.stripe.book().kept(), 0);
}

#[tokio::test]
async fn held_money_is_taken_in_part_or_given_up() {
    let both = both().await;
    let held = NewIntent { hold: true, ..new(Some("pm_card_visa")) };
    let intent = both.client.create_intent(&held, "one").await.expect("held");
    assert_eq!((intent.status, intent.capturable, intent.received), (IntentStatus::NeedsCapture, 500, 0));
    let taken = both.client.capture_intent(&intent.id, 300, "capture").await.expect("taken");
    assert_eq!((taken.status, taken.capturable, taken.received), (IntentStatus::Succeeded, 0, 300));
    let again = both.client.capture_intent(&intent.id, 300, "capture again").await;
    assert!(matches!(again, Err(StripeError::Refused { status: 400, .. })), "{again:?}");
    let other = both.client.create_intent(&held, "two").await.expect("held");
    let canceled = both.client.cancel_intent(&other.id, "cancel").await.expect("canceled");
    assert_eq!(canceled.status, IntentStatus::Canceled);
    assert!(both.stripe.book().charges[1].released);
    assert_eq!(both.stripe.book().kept(), 300);
}

#[tokio::test]
async fn refunds_never_exceed_what_was_taken_and_are_made_once_for_a_key() {
    let both = both().await;
    let intent = paid(&both, "pm_card_visa", "one").await;
    for _ in 0..2 {
        let refund = both.client.refund(&intent.id, 200, "first").await.expect("refunded");
        assert_eq!((refund.amount, refund.status), (200, RefundStatus::Succeeded));
    }
    assert_eq!(both.client.intent(&intent.id).await.expect("an answer").expect("known").refunded, 200);
    let too_much = both.client.refund(&intent.id, 301, "second").await;
    assert!(matches!(too_much, Err(StripeError::Refused { status: 400, .. })), "{too_much:?}");
    both.client.refund(&intent.id, 300, "third").await.expect("the rest");
    assert_eq!((both.stripe.book().kept(), both.stripe.book().refunds.len()), (0, 2));
}

#[tokio::test]
async fn a_refund_may_be_pending_or_fail_afterwards() {
    let both = both().await;
    let (late, failing) =
        (paid(&both, "pm_card_pendingRefund", "1").await, paid(&both, "pm_card_refundFail", "2").await);
    assert_eq!(both.client.refund(&late.id, 500, "a").await.expect("asked").status, RefundStatus::Pending);
    assert_eq!(both.client.refund(&failing.id, 500, "b").await.expect("asked").status, RefundStatus::Succeeded);
    assert_eq!(both.stripe.settle_refunds(), 2);
    assert_eq!(both.client.refund(&late.id, 500, "a").await.expect("asked").status, RefundStatus::Succeeded);
    let failed = both.client.refunds_of(&failing.id).await.expect("a list").remove(0);
    assert_eq!((failed.status, failed.failure.as_deref()), (RefundStatus::Failed, Some("expired_or_canceled_card")));
    assert_eq!(both.stripe.book().kept(), 500);
    let again = both.client.refund(&failing.id, 500, "b").await.expect("asked");
    assert!(again.status == RefundStatus::Succeeded && again.id != failed.id, "what failed is made again");
}

#[tokio::test]
async fn an_authentication_is_a_page_with_two_buttons_that_leads_back() {
    let both = both().await;
    let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    let browser = browser.expect("a browser");
    for (key, decision, status) in
        [("1", "complete", IntentStatus::Succeeded), ("2", "fail", IntentStatus::NeedsMethod)]
    {
        let intent = paid(&both, "pm_card_threeDSecure2Required", key).await;
        assert_eq!(intent.status, IntentStatus::NeedsAction);
        let page = intent.next_action_url.expect("where to go");
        let shown = browser.get(&page).send().await.expect("a page").text().await.expect("text");
        assert!(shown.contains("value=\"complete\"") && shown.contains("value=\"fail\""), "{shown}");
        let answered = browser.post(&page).body(format!("decision={decision}")).send().await.expect("an answer");
        let back = answered.headers()["location"].to_str().expect("text");
        assert!(back.starts_with("https://shop.example/back?order=1&payment_intent=pi_"), "{back}");
        let after = both.client.intent(&intent.id).await.expect("an answer").expect("known");
        assert_eq!(after.status, status);
    }
    let failure = both.stripe.told().iter().any(|told| told.kind == "payment_intent.payment_failed");
    assert!(failure && both.stripe.book().kept() == 500);
}

#[tokio::test]
async fn a_front_end_pays_with_the_client_secret_and_nothing_else() {
    let both = both().await;
    let intent = both.client.create_intent(&new(None), "one").await.expect("made");
    assert_eq!(intent.status, IntentStatus::NeedsMethod);
    let secret = intent.client_secret.clone().expect("a secret");
    let url = format!("{}v1/payment_intents/{}/confirm", both.stripe.url(), intent.id);
    let browser = reqwest::Client::builder().no_proxy().build().expect("a browser");
    let confirm = |secret: &str, key: &str| {
        let number = "payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242";
        let body = format!("client_secret={secret}&{number}&return_url=https://shop.example/back");
        browser.post(&url).bearer_auth(key).body(body).send()
    };
    assert_eq!(confirm("pi_x_secret_y", "pk_test_1").await.expect("an answer").status(), 404);
    assert_eq!(confirm(&secret, "nonsense").await.expect("an answer").status(), 401);
    assert_eq!(confirm(&secret, "pk_test_1").await.expect("an answer").status(), 200);
    assert_eq!(both.stripe.book().kept(), 500);
}

#[tokio::test]
async fn a_saved_method_pays_again_for_its_owner_only() {
    let both = both().await;
    let owner = both.client.create_customer(HashMap::new(), "owner").await.expect("made");
    let other = both.client.create_customer(HashMap::new(), "other").await.expect("made");
    let saving = NewIntent { customer: Some(owner.clone()), save: true, ..new(Some("pm_card_visa")) };
    both.client.create_intent(&saving, "one").await.expect("paid");
    let saved = both.client.methods_of(&owner).await.expect("a list").remove(0);
    assert_eq!((saved.brand.as_deref(), saved.last4.as_deref()), (Some("visa"), Some("4242")));
    let again = |customer: Option<&String>| NewIntent { customer: customer.cloned(), ..new(Some(&saved.id)) };
    assert!(both.client.create_intent(&again(Some(&owner)), "two").await.is_ok());
    for (stranger, key) in [(Some(&other), "three"), (None, "four")] {
        let refused = both.client.create_intent(&again(stranger), key).await;
        assert!(matches!(refused, Err(StripeError::Refused { status: 400, .. })), "{refused:?}");
    }
    assert!(!both.client.forget_method(&other, &saved.id).await.expect("an answer"));
    assert!(both.client.forget_method(&owner, &saved.id).await.expect("an answer"));
    assert!(both.client.methods_of(&owner).await.expect("a list").is_empty());
}

#[tokio::test]
async fn a_list_goes_back_in_time_page_by_page() {
    let both = both().await;
    for number in 0..3 {
        paid(&both, "pm_card_visa", &number.to_string()).await;
    }
    both.stripe.pass(100);
    let last = paid(&both, "pm_card_visa", "later").await;
    let all = both.client.intents_made(0, None, None).await.expect("a page");
    assert_eq!((all.items.len(), all.more, all.items[0].id.as_str()), (4, false, last.id.as_str()));
    assert_eq!(all.items[0].refunded, 0, "the charge comes along");
    let before = both.client.intents_made(0, Some(last.created - 1), None).await.expect("a page");
    assert_eq!(before.items.len(), 3);
    let after = both.client.intents_made(0, None, Some(&all.items[2].id)).await.expect("a page");
    assert_eq!(after.items.len(), 1);
}

#[tokio::test]
async fn a_key_gets_its_first_answer_and_refuses_other_parameters() {
    let both = both().await;
    let first = paid(&both, "pm_card_visa", "one").await;
    assert_eq!(paid(&both, "pm_card_visa", "one").await, first);
    let other = both.client.create_intent(&NewIntent { amount: 600, ..new(Some("pm_card_visa")) }, "one").await;
    assert!(
        matches!(&other, Err(StripeError::Refused { status: 400, code, .. }) if code == "idempotency_error"),
        "{other:?}"
    );
    let declined = new(Some("pm_card_chargeDeclined"));
    for _ in 0..2 {
        assert!(matches!(both.client.create_intent(&declined, "two").await, Err(StripeError::Declined(_))));
    }
    assert_eq!((both.stripe.book().intents.len(), both.stripe.book().kept()), (2, 500));
    let request = reqwest::Client::builder().no_proxy().build().expect("a client");
    let replayed = request
        .post(format!("{}v1/customers", both.stripe.url()))
        .bearer_auth("sk_test_1")
        .header("idempotency-key", "three");
    let again = replayed.try_clone().expect("a copy");
    assert!(replayed.send().await.expect("an answer").headers().get("idempotent-replayed").is_none());
    assert_eq!(again.send().await.expect("an answer").headers()["idempotent-replayed"], "true");
}

#[tokio::test]
async fn faults_are_refusals_only_when_nothing_was_done() {
    let both = both().await;
    both.stripe.fault(Call::Create, Fault::RateLimit);
    paid(&both, "pm_card_visa", "limited").await;
    both.stripe.fault(Call::Create, Fault::CutAfterWork);
    paid(&both, "pm_card_visa", "cut").await;
    assert_eq!(both.stripe.book().intents.len(), 2, "asked again with the key, and made once");
    both.stripe.fault(Call::Create, Fault::SilenceAfterWork { milliseconds: 4_000 });
    both.stripe.fault(Call::Create, Fault::ErrorAfterWork);
    both.stripe.fault(Call::Create, Fault::ErrorBeforeWork);
    for (key, charges) in [("silent", 3), ("after", 4), ("before", 4)] {
        let doubt = both.client.create_intent(&new(Some("pm_card_visa")), key).await;
        assert!(matches!(doubt, Err(StripeError::InDoubt(_))), "{key}: {doubt:?}");
        assert_eq!(both.stripe.book().charges.len(), charges, "{key}");
    }
    both.stripe.fault(Call::Create, Fault::Decline { reason: "do_not_honor".to_owned() });
    assert!(matches!(both.client.create_intent(&new(Some("pm_card_visa")), "d").await, Err(StripeError::Declined(_))));
    both.stripe.fault(Call::Create, Fault::WrongAmount);
    assert_eq!(paid(&both, "pm_card_visa", "wrong").await.received, 499);
    both.stripe.fault(Call::Create, Fault::LateWork { milliseconds: 10 });
    assert_eq!(paid(&both, "pm_card_visa", "late").await.status, IntentStatus::Processing);
}

#[tokio::test]
async fn a_failure_that_is_kept_for_a_key_is_got_over_by_the_next_key_and_nothing_is_made_twice() {
    let both = both().await;
    let intent = paid(&both, "pm_card_visa", "one").await;
    let kept = |call, count| both.stripe.script(Scripted { call, fault: Fault::ErrorKept, count });
    kept(Call::Refund, 3);
    for _ in 0..3 {
        let doubt = both.client.refund(&intent.id, 100, "back").await;
        assert!(matches!(doubt, Err(StripeError::InDoubt(_))), "each call hears one more: {doubt:?}");
    }
    for _ in 0..2 {
        assert_eq!(both.client.refund(&intent.id, 100, "back").await.expect("given back").amount, 100);
    }
    assert_eq!((both.stripe.book().kept(), both.stripe.book().refunds.len()), (400, 1));
    let held = NewIntent { hold: true, ..new(Some("pm_card_visa")) };
    let (first, second) =
        (both.client.create_intent(&held, "two").await, both.client.create_intent(&held, "three").await);
    let (first, second) = (first.expect("held").id, second.expect("held").id);
    kept(Call::Capture, 1);
    kept(Call::Cancel, 1);
    assert!(matches!(both.client.capture_intent(&first, 500, "take").await, Err(StripeError::InDoubt(_))));
    assert!(matches!(both.client.cancel_intent(&second, "let go").await, Err(StripeError::InDoubt(_))));
    let taken = both.client.capture_intent(&first, 500, "take").await.expect("taken");
    let let_go = both.client.cancel_intent(&second, "let go").await.expect("let go");
    assert_eq!((taken.status, let_go.status), (IntentStatus::Succeeded, IntentStatus::Canceled));
    // A payment is never asked for with another key.
    kept(Call::Create, 1);
    for _ in 0..2 {
        let doubt = both.client.create_intent(&new(Some("pm_card_visa")), "four").await;
        assert!(matches!(doubt, Err(StripeError::InDoubt(_))), "{doubt:?}");
    }
    assert_eq!(both.stripe.book().intents.len(), 3);
}

#[tokio::test]
async fn a_deleted_customer_is_refused_by_name_and_has_no_saved_method() {
    let both = both().await;
    let owner = both.client.create_customer(HashMap::new(), "owner").await.expect("made");
    let saving = NewIntent { customer: Some(owner.clone()), save: true, ..new(Some("pm_card_visa")) };
    both.client.create_intent(&saving, "one").await.expect("paid");
    let url = format!("{}v1/customers/{owner}", both.stripe.url());
    let browser = reqwest::Client::builder().no_proxy().build().expect("a client");
    let deleted = browser.delete(url).bearer_auth("sk_test_1").send().await.expect("an answer");
    assert!(deleted.status().is_success());
    let refused = both.client.create_intent(&saving, "two").await.expect_err("nobody");
    assert!(refused.is_of_unknown_customer(), "{refused:?}");
    let other = both.client.create_intent(&new(Some("pm_nothing")), "three").await.expect_err("nothing");
    assert!(!other.is_of_unknown_customer(), "{other:?}");
    assert!(both.client.methods_of(&owner).await.expect("a list").is_empty());
    assert!(!both.client.forget_method(&owner, "pm_1").await.expect("an answer"));
}

#[tokio::test]
async fn what_stripe_refuses_is_refused() {
    let both = both().await;
    let cases = [
        (NewIntent { amount: 505, currency: "KWD".to_owned(), ..new(Some("pm_card_visa")) }, "invalid_charge_amount"),
        (NewIntent { amount: 550, currency: "ISK".to_owned(), ..new(Some("pm_card_visa")) }, "invalid_charge_amount"),
        (new(Some("pm_nothing")), "resource_missing"),
        (NewIntent { customer: Some("cus_nothing".to_owned()), ..new(None) }, "resource_missing"),
        (NewIntent { amount: 0, ..new(None) }, "parameter_invalid_integer"),
        (NewIntent { amount: 49, ..new(None) }, "amount_too_small"),
        (NewIntent { amount: 17_499, currency: "HUF".to_owned(), ..new(None) }, "amount_too_small"),
    ];
    for (number, (case, expected)) in cases.into_iter().enumerate() {
        let refused = both.client.create_intent(&case, &number.to_string()).await;
        assert!(matches!(&refused, Err(StripeError::Refused { code, .. }) if code == expected), "{refused:?}");
    }
    let foreign = Client::new(ClientSettings {
        url: both.stripe.url(),
        secret_key: "nonsense".to_owned(),
        timeout: Duration::from_secs(2),
    });
    let refused = foreign.expect("a client").intent("pi_1").await;
    assert!(matches!(refused, Err(StripeError::NotNow { status: 401, .. })), "{refused:?}");
    assert!(both.stripe.book().intents.is_empty());
}

#[tokio::test]
async fn keys_and_secrets_are_in_no_debug_text() {
    let both = both().await;
    let intent = paid(&both, "pm_card_visa", "one").await;
    let secret = intent.client_secret.clone().expect("a secret");
    let shown = format!("{:?} {intent:?}", both.client);
    assert!(!shown.contains("sk_test_stand_in") && !shown.contains(&secret), "{shown}");
}
