//! Owns the hostile documents: each is refused with 400 and a short answer, at a cost that does not depend on what it expands to.

use std::time::{Duration, Instant};

use graphql_transport::{Limits, gate::admit};
use serde_json::{Map, Value, json};

use crate::support::*;

/// Fragments that each spread the next twice.
fn doubling(body: impl Fn(usize) -> String, last: &str) -> String {
    let chain: String = (0..24).map(|number| format!("fragment f{number} on Query{{{}}}", body(number + 1))).collect();
    format!("{{...f0}}{chain}fragment f24 on Query{{{last}}}")
}

fn hostile() -> Vec<(&'static str, String)> {
    let many = |part: &str, times: usize| part.repeat(times);
    let numbered = |times: usize, part: &dyn Fn(usize) -> String| -> String { (0..times).map(part).collect() };
    let circle = numbered(200, &|number| format!("fragment f{number} on Query{{...f{}}}", (number + 1) % 200));
    let chain = numbered(200, &|number| format!("fragment f{number} on Query{{...f{}}}", number + 1));
    vec![
        ("G01 doubling fragments", doubling(|next| format!("...f{next} ...f{next}"), "item{id}")),
        ("G01 doubling that ends in nothing", doubling(|next| format!("...f{next} ...f{next}"), "...gone")),
        ("G02 doubling in fields", doubling(|next| format!("a:must{{...f{next}}} b:must{{...f{next}}}"), "item{id}")),
        (
            "G02 doubling in inline fragments",
            doubling(|next| format!("...{{...f{next}}} ...{{...f{next}}}"), "item{id}"),
        ),
        ("G02 doubling arguments", doubling(|next| format!("...f{next} ...f{next}"), "numbers(of:[1 2 3 4 5 6 7 8])")),
        ("G03 a fragment in itself", "{...f} fragment f on Query{...f}".to_owned()),
        ("G03 circular fragments", format!("{{...f0}}{circle}")),
        ("G03 circular fragments beside", format!("{{item{{id}}}}{circle}")),
        ("a long chain of fragments", format!("{{...f0}}{chain}fragment f200 on Query{{item{{id}}}}")),
        ("G04 aliases", format!("{{{}}}", numbered(10_000, &|number| format!("a{number}:must ")))),
        ("G04 fewer aliases", format!("{{item{{{}}}}}", numbered(400, &|number| format!("a{number}:id ")))),
        ("G05 one field often", format!("{{item{{{}}}}}", many("id ", 10_000))),
        ("G06 unknown directives", format!("{{item{{id {}}}}}", many("@x", 10_000))),
        ("G06 fewer unknown directives", format!("{{item{{id {}}}}}", many("@x", 900))),
        ("G07 includes", format!("{{item{{id {}}}}}", many("@include(if:true)", 200))),
        ("G08 depth 30", format!("{}{{id{}", many("{must{item", 15), many("}", 31))),
        ("G08 depth 60", format!("{}{{id{}", many("{item", 60), many("}", 61))),
        ("G08 depth 100", format!("{}{{id{}", many("{item", 100), many("}", 101))),
        ("G08 depth 1,000", format!("{}{{id{}", many("{item", 1_000), many("}", 1_001))),
        (
            "G08 depth through fragments",
            format!(
                "{{item{{...f0}}}}{}fragment f20 on Item{{id}}",
                numbered(20, &|number| format!("fragment f{number} on Item{{next{{...f{}}}}}", number + 1))
            ),
        ),
        ("G08 depth without fields", format!("{{{}item{{id}}{}}}", many("...{", 35), many("}", 35))),
        ("G09 brackets in a literal", format!("{{numbers(of:{}", many("[", 20_000))),
        ("G09 braces in selections", many("{", 20_000)),
        ("G09 brackets in a default", format!("query($a:[Int]={}){{item{{id}}}}", many("[", 20_000))),
        ("G09 brackets in a type", format!("query($a:{}Int", many("[", 20_000))),
        ("G09 parentheses", many("(", 20_000)),
        ("G15 operations", numbered(1_000, &|number| format!("query q{number}{{id}}"))),
        (
            "G16 unused fragments",
            format!("{{item{{id}}}}{}", numbered(1_000, &|number| format!("fragment f{number} on Item{{id}}"))),
        ),
        (
            "G16 fewer unused fragments",
            format!("{{item{{id}}}}{}", numbered(200, &|number| format!("fragment f{number} on Item{{id}}"))),
        ),
        ("G19 a number too large", "{item(id:1e400){id}}".to_owned()),
        ("G26 nothing but commas", many(",", 200_000)),
        ("G26 nothing but comments", many("#x\n", 50_000)),
        ("G29 mutations", format!("mutation{{{}}}", numbered(20, &|number| format!("a{number}:pay ")))),
        ("G29 sign-in twice", "mutation{a:signIn b:signIn}".to_owned()),
        ("G29 sign-in twice through a fragment", "mutation{a:signIn ...f} fragment f on Mutation{b:signIn}".to_owned()),
        ("G31 other arguments", "{item(id:1){id} item(id:2){id}}".to_owned()),
        ("G31 another field", "{item{a:id a:name}}".to_owned()),
        ("G31 other arguments further in", "{item{name(upper:true)} item{name(upper:false)}}".to_owned()),
        (
            "G31 conflicts everywhere",
            format!(
                "{{item{{{}}}}}fragment f on Item{{{}}}",
                many("next{...f}", 200),
                many("name(upper:true) name ", 150)
            ),
        ),
        (
            "circular introspection",
            format!("{{__schema{{types{{{}name{}}}}}}}", many("fields{type{", 5), many("}}", 5)),
        ),
        ("arguments in one place", format!("{{item({}){{id}}}}", numbered(500, &|number| format!("a{number}:1 ")))),
        ("several roots of a subscription", "subscription{a:counted(to:1) b:counted(to:1)}".to_owned()),
        ("brackets behind a block string without an end", format!("{{numbers(of:[\"\"\"x\" {}", many("[", 20_000))),
        ("an unterminated string", format!("{{echo(text:\"{}", many("\\\"", 9_000))),
    ]
}

/// The least of three runs: others share the machine.
fn cost(mut run: impl FnMut()) -> Duration {
    let mut timed = || {
        let before = Instant::now();
        run();
        before.elapsed()
    };
    (0..3).map(|_| timed()).min().unwrap_or_default()
}

#[test]
fn every_hostile_document_is_refused_within_50_ms_by_the_gate() {
    let limits = Limits { lonely_fields: vec!["signIn"], ..Limits::default() };
    for (name, text) in hostile() {
        let spent = cost(|| {
            let Err(refusal) = admit(&text, &Map::new(), None, &limits) else {
                panic!("{name} is admitted");
            };
            assert_eq!(refusal.status().as_u16(), 400, "{name}");
            assert!(refusal.message().len() < 100, "{name}");
        });
        assert!(spent < Duration::from_millis(50), "{name}: {spent:?}");
    }
}

#[tokio::test]
async fn every_hostile_document_gets_a_short_answer_that_does_not_repeat_it() {
    let shop = Shop::new();
    let router = shop.routes(Limits::default());
    for (name, text) in hostile() {
        let answer = query(&router, &text).await;
        let expected = if text.len() > 250_000 { 413 } else { 400 };
        assert_eq!(answer.status, expected, "{name}: {}", answer.text);
        assert!(answer.text.len() < 300, "{name}: {}", answer.text);
        assert_eq!(answer.json().get("data"), None, "{name}");
        assert!(["BAD_REQUEST", "QUERY_TOO_COMPLEX"].contains(&answer.code().as_str()), "{name}");
    }
    assert_eq!(shop.executed.load(std::sync::atomic::Ordering::SeqCst), 0);
}

/// Documents that pass the gate's limits on purpose and are as dear as these allow for the library.
fn dear() -> Vec<(&'static str, String)> {
    let numbered = |times: usize, part: &dyn Fn(usize) -> String| -> String { (0..times).map(part).collect() };
    vec![
        ("unknown fields", format!("{{item{{{}}}}}", numbered(1_500, &|number| format!("x{number} ")))),
        ("unknown directives", format!("{{item{{{}}}}}", numbered(300, &|number| format!("x{number} @y @z ")))),
        ("unknown arguments", format!("{{item{{{}}}}}", numbered(300, &|number| format!("name(x{number}:1)")))),
        ("long names", format!("{{item{{{}}}}}", "x".repeat(20_000))),
        ("unused variables", format!("query({}){{item{{id}}}}", numbered(350, &|number| format!("$v{number}:Int ")))),
        (
            "selection sets that spread one large fragment",
            format!(
                "{{item{{{}}}}}fragment f on Item{{{}}}",
                numbered(40, &|_| "...{...f ...{id}}".to_owned()),
                numbered(100, &|number| format!("x{number} "))
            ),
        ),
        (
            "a large fragment inside many others",
            format!(
                "{{item{{{}}}}}{}fragment f on Item{{{}}}",
                numbered(80, &|number| format!("...g{number} ")),
                numbered(80, &|number| format!("fragment g{number} on Item{{...f}}")),
                numbered(50, &|number| format!("x{number} "))
            ),
        ),
        (
            "many operations over many fragments",
            format!(
                "{}{}",
                numbered(20, &|number| format!(
                    "query q{number}{{item{{{}}}}}",
                    numbered(20, &|to| format!("...f{to} "))
                )),
                numbered(20, &|number| format!("fragment f{number} on Item{{name(upper:$v{number})}}"))
            ),
        ),
    ]
}

#[tokio::test]
async fn what_passes_the_gate_is_cheap_for_the_library_to_refuse() {
    let router = Shop::new().routes(Limits::default());
    for (name, text) in dear() {
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let before = Instant::now();
            let answer =
                post(&router, json!({ "query": text, "operationName": text.starts_with("query q").then_some("q1") }))
                    .await;
            best = best.min(before.elapsed());
            assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{name}: {}", answer.text);
            assert!(answer.text.len() < 2_048, "{name}: {} bytes", answer.text.len());
            let errors = answer.json()["errors"].as_array().map_or(0, Vec::len);
            assert!((1..=10).contains(&errors), "{name}: {errors} errors");
        }
        // The promise is 50 ms of a release build; a debug build on a busy machine gets some room.
        let most = if cfg!(debug_assertions) { 150 } else { 50 };
        assert!(best < Duration::from_millis(most), "{name}: {best:?}");
    }
}

#[tokio::test]
async fn variables_nested_too_deeply_or_too_large_are_refused() {
    let router = Shop::new().routes(Limits::default());
    let mut nested = json!(1);
    for _ in 0..30 {
        nested = json!([nested]);
    }
    let answer = post(&router, json!({ "query": "{item{id}}", "variables": { "a": nested } })).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "QUERY_TOO_COMPLEX"));
    let large = json!({ "query": "{item{id}}", "variables": { "a": Value::from("x".repeat(5_000_000)) } });
    assert_eq!(post(&router, large).await.status, 413);
}

#[test]
fn brackets_as_deep_as_allowed_fit_a_small_stack() {
    let limits = Limits::default();
    let levels = limits.bracket_depth - 2;
    let text = format!("{{numbers(of:{}1{})}}", "[".repeat(levels), "]".repeat(levels));
    let run = move || {
        let admitted =
            admit(&text, &Map::new(), None, &limits).map(|_| ()).map_err(|refusal| refusal.message().to_owned());
        assert_eq!(admitted, Ok(()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let answer = runtime.block_on(async { query(&Shop::new().routes(Limits::default()), &text).await });
        assert_eq!(answer.status, 400);
    };
    // A worker of the runtime has 2 MB.
    let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(run).expect("a thread");
    thread.join().expect("no overflow");
}
