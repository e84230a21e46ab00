//! Owns the tests of how request bodies are read: kinds, duplicates, encodings, and no word of the library in the answer.

use graphql_transport::Limits;
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn a_body_that_is_no_request_is_refused_in_our_own_words() {
    let router = Shop::new().routes(Limits::default());
    let nested = format!(r#"{{"query":"{{item{{id}}}}","variables":{{"a":{}}}}}"#, "[".repeat(10_000));
    let bodies: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"null".to_vec(),
        b"[1,2]".to_vec(),
        br#"[{"query":"{item{id}}"}]"#.to_vec(),
        b"{".to_vec(),
        b"{}".to_vec(),
        br#"{"query":1}"#.to_vec(),
        br#"{"query":null}"#.to_vec(),
        br#"{"query":["{item{id}}"]}"#.to_vec(),
        br#"{"query":"{item{id}}","variables":[]}"#.to_vec(),
        br#"{"query":"{item{id}}","variables":"{}"}"#.to_vec(),
        br#"{"query":"{item{id}}","operationName":1}"#.to_vec(),
        br#"{"query":"{item{id}}","extensions":"x"}"#.to_vec(),
        br#"{"query":"{item{id}}","query":"mutation{pay}"}"#.to_vec(),
        br#"{"query":"{item{id}}","variables":{},"variables":{}}"#.to_vec(),
        br#"{"query":"{item{id}}","variables":{"a":1e400}}"#.to_vec(),
        b"{\"query\":\"{item{id}}\",\"other\":\"\xff\"}".to_vec(),
        b"{\"query\":\"{echo(text:\\\"\xc3\x28\\\")}\"}".to_vec(),
        b"\xef\xbb\xbf{\"query\":\"{item{id}}\"}".to_vec(),
        nested.into_bytes(),
    ];
    for body in bodies {
        let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
        let answer = post_raw(&router, "*/*", body).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{shown}");
        let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        for foreign in ["line", "column", "expected", "invalid type", "duplicate", "EOF"] {
            assert!(!message.contains(foreign), "{shown}: {message}");
        }
    }
}

#[tokio::test]
async fn nulls_and_unknown_keys_are_no_fault() {
    let router = Shop::new().routes(Limits::default());
    let body = json!({ "query": "{item{id}}", "variables": null, "operationName": null, "extensions": null, "id": 3 });
    assert_eq!(post(&router, body).await.status, 200);
    let body = json!({ "query": "query A{item{id}}", "operationName": "", "extensions": { "some": 1 } });
    assert_eq!(post(&router, body).await.status, 200);
}

#[tokio::test]
async fn variables_must_fit_and_the_answer_names_no_more_than_the_variable() {
    let router = Shop::new().routes(Limits::default());
    let document = "query($i:Int!,$l:[Int!],$s:String,$b:Boolean=true){item(id:$i){id name(upper:$b)} numbers(of:$l) echo(text:$s)}";
    for (variables, fits) in [
        (json!({ "i": 1, "l": [1, 2], "s": "x" }), true),
        (json!({ "i": -0, "l": 1, "s": null, "unknown": 1 }), true),
        (json!({ "l": [1] }), false),
        (json!({ "i": null, "l": [1] }), false),
        (json!({ "i": 99_999_999_999_i64, "l": [1] }), false),
        (json!({ "i": 1.5, "l": [1] }), false),
        (json!({ "i": "5", "l": [1] }), false),
        (json!({ "i": true, "l": [1] }), false),
        (json!({ "i": 1, "l": [1, null] }), false),
        (json!({ "i": 1, "l": [1], "s": 5 }), false),
        (json!({ "i": 1, "l": [1], "b": "yes" }), false),
    ] {
        let answer = post(&router, json!({ "query": document, "variables": variables })).await;
        // A nullable variable in place of a required argument is the library's to refuse.
        if fits {
            assert!(!answer.text.contains("the variable"), "{variables}: {}", answer.text);
        } else {
            assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{variables}");
            assert!(answer.text.contains("the variable $"), "{variables}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn the_operation_is_the_one_that_is_named() {
    let router = Shop::new().routes(Limits::default());
    let both = "query A{item(id:1){id}} query B{item(id:2){id}}";
    let answer = post(&router, json!({ "query": both, "operationName": "B" })).await;
    assert_eq!(answer.json()["data"]["item"]["id"], 2);
    for body in [
        json!({ "query": both }),
        json!({ "query": both, "operationName": "C" }),
        json!({ "query": "{item{id}}", "operationName": "C" }),
        json!({ "query": "{item{id}} {item{id}}" }),
        json!({ "query": "query A{item{id}} query A{item{id}}", "operationName": "A" }),
        json!({ "query": "fragment A on Item{id}" }),
    ] {
        let answer = post(&router, body.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{body}");
    }
}

#[tokio::test]
async fn a_misspelt_field_is_named_without_suggestions() {
    let answer = query(&Shop::new().routes(Limits::default()), "{item{nam}}").await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("nam"), "{}", answer.text);
    assert!(!answer.text.contains("Did you mean"), "{}", answer.text);
}

#[tokio::test]
async fn literals_that_a_scalar_refuses_are_the_callers_fault() {
    let router = Shop::new().routes(Limits::default());
    for (literal, code) in [
        ("99999999999", "BAD_USER_INPUT"),
        ("1.5", "BAD_REQUEST"),
        ("1e400", "BAD_REQUEST"),
        ("\"5\"", "BAD_REQUEST"),
        ("-0", "BAD_REQUEST"),
    ] {
        let document = format!("{{must{{id}} numbers(of:[{literal}])}}");
        let answer = query(&router, &document).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{literal}: {}", answer.text);
    }
}

#[tokio::test]
async fn an_operation_of_several_needs_only_its_own_variables_and_fragments() {
    let router = Shop::new().routes(Limits::default());
    let document = "query A($id:Int!){item(id:$id){...N}} query B($text:String!){echo(text:$text)} fragment N on Item{id ...M} \
                    fragment M on Item{name} query C($of:[Int!]!){numbers(of:$of) item{...O}} fragment O on Item{slow}";
    for (name, variables, data) in [
        ("A", json!({ "id": 7 }), json!({ "item": { "id": 7, "name": "lamp" } })),
        ("B", json!({ "text": "x" }), json!({ "echo": "x" })),
        ("C", json!({ "of": [1] }), json!({ "numbers": [1], "item": { "slow": 1 } })),
    ] {
        let answer = post(&router, json!({ "query": document, "operationName": name, "variables": variables })).await;
        assert_eq!((answer.status, &answer.json()["data"]), (200, &data), "{name}: {}", answer.text);
    }
}
