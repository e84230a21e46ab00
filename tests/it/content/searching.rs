//! Finding products, pages and articles together, and what a search box shows.

use serde_json::{Value, json};

use super::Desk;
use crate::make::catalog::{collection, product};

const SEARCH: &str = "query($q: String!, $t: [SearchType!], $s: SearchSortKeys, $r: Boolean, $n: Int, $a: String, \
                      $u: SearchUnavailableProductsType) { \
                      search(query: $q, types: $t, sortKey: $s, reverse: $r, first: $n, after: $a, unavailableProducts: $u) { \
                      totalCount pageInfo { hasNextPage endCursor } \
                      nodes { __typename ... on Product { title } ... on Page { title } ... on Article { title } } } }";

async fn filled() -> Desk {
    let desk = Desk::new().await;
    product("Oak lamp").price(3_000).make(&desk.shop).await;
    product("Lamp <b>&").price(1_000).make(&desk.shop).await;
    product("Desk").price(2_000).tags(&["lamp"]).make(&desk.shop).await;
    desk.page(json!({ "title": "About lamps" })).await;
    desk.page(json!({ "title": "Contact", "body": "<p>We sell a lámp or two</p>" })).await;
    let blog = desk.blog("Journal").await;
    desk.article(json!({ "blogId": blog, "title": "Lamp care", "author": { "name": "Ada" } })).await;
    let lamps = product("Cable").make(&desk.shop).await;
    collection(&desk.shop, "Lamps", true, &[&lamps]).await;
    desk
}

async fn titles(desk: &Desk, variables: Value) -> Vec<String> {
    let answer = desk.shop.guest(SEARCH, variables).await;
    let nodes = answer.at("/search/nodes");
    let title = |node: &Value| node["title"].as_str().expect("a title").to_owned();
    nodes.as_array().expect("a list").iter().map(title).collect()
}

#[tokio::test]
async fn a_search_finds_products_pages_and_articles_in_one_order() {
    let desk = filled().await;
    let all = ["About lamps", "Lamp <b>&", "Lamp care", "Oak lamp", "Contact", "Desk"];
    assert_eq!(titles(&desk, json!({ "q": "lamp" })).await, all);
    assert_eq!(titles(&desk, json!({ "q": "LÁMP" })).await, all);
    let reversed: Vec<&str> = all.iter().rev().copied().collect();
    assert_eq!(titles(&desk, json!({ "q": "lamp", "r": true })).await, reversed);
    for (types, found) in [
        (json!(["PAGE"]), vec!["About lamps", "Contact"]),
        (json!(["ARTICLE"]), vec!["Lamp care"]),
        (json!(["PRODUCT"]), vec!["Lamp <b>&", "Oak lamp", "Desk"]),
        (json!(["ARTICLE", "PAGE"]), vec!["About lamps", "Lamp care", "Contact"]),
        (json!([]), vec![]),
    ] {
        assert_eq!(titles(&desk, json!({ "q": "lamp", "t": types })).await, found, "{types}");
    }
    let by_price = ["Lamp <b>&", "Desk", "Oak lamp", "About lamps", "Contact", "Lamp care"];
    assert_eq!(titles(&desk, json!({ "q": "lamp", "s": "PRICE" })).await, by_price);
    assert_eq!(titles(&desk, json!({ "q": "lamp -title:oak tag:lamp" })).await, ["Desk"]);
    assert_eq!(titles(&desk, json!({ "q": "ada" })).await, ["Lamp care"]);
    assert_eq!(titles(&desk, json!({ "q": "lamp", "u": "LAST" })).await, all);
}

#[tokio::test]
async fn a_search_over_all_kinds_is_walked_by_its_cursors() {
    let desk = filled().await;
    for (sort, reverse, unavailable) in
        [("RELEVANCE", false, "SHOW"), ("RELEVANCE", true, "LAST"), ("PRICE", false, "LAST"), ("PRICE", true, "HIDE")]
    {
        let mut variables = json!({ "q": "lamp", "s": sort, "r": reverse, "u": unavailable, "n": 50 });
        let whole = titles(&desk, variables.clone()).await;
        variables["n"] = json!(2);
        let mut walked = Vec::new();
        loop {
            let answer = desk.shop.guest(SEARCH, variables.clone()).await;
            assert_eq!(answer.at("/search/totalCount"), 6);
            walked.extend(titles(&desk, variables.clone()).await);
            if answer.at("/search/pageInfo/hasNextPage") == json!(false) {
                break;
            }
            variables["a"] = answer.at("/search/pageInfo/endCursor");
        }
        assert_eq!(walked, whole, "{sort} {reverse} {unavailable}");
        assert_eq!(walked.len(), 6);
    }
    let foreign = json!({ "q": "lamp", "a": "eyJrIjoieCIsInYiOltdfQ" });
    assert_eq!(desk.shop.guest(SEARCH, foreign).await.code(), "BAD_USER_INPUT");
}

const PREDICT: &str = "query($q: String!, $n: Int, $s: PredictiveSearchLimitScope, $t: [PredictiveSearchType!]) { \
                       predictiveSearch(query: $q, limit: $n, limitScope: $s, types: $t) { products { title } \
                       collections { title } pages { title } articles { title blog { handle } } \
                       queries { text styledText trackingParameters } } }";

#[tokio::test]
async fn a_search_box_is_shown_every_kind() {
    let desk = filled().await;
    let answer = desk.shop.guest(PREDICT, json!({ "q": "lam" })).await;
    let found = answer.at("/predictiveSearch");
    assert_eq!(found["products"], json!([{ "title": "Lamp <b>&" }, { "title": "Oak lamp" }, { "title": "Desk" }]));
    assert_eq!(found["collections"], json!([{ "title": "Lamps" }]));
    assert_eq!(found["pages"], json!([{ "title": "About lamps" }, { "title": "Contact" }]));
    assert_eq!(found["articles"], json!([{ "title": "Lamp care", "blog": { "handle": "journal" } }]));
    assert_eq!(
        found["queries"],
        json!([
            { "text": "lamp <b>&", "trackingParameters": null,
              "styledText": "<mark>lam</mark><span>p &lt;b&gt;&amp;</span>" },
            { "text": "oak lamp", "trackingParameters": null,
              "styledText": "<span>oak </span><mark>lam</mark><span>p</span>" },
        ])
    );
}

#[tokio::test]
async fn the_limit_counts_all_results_or_those_of_each_kind() {
    let desk = filled().await;
    let counts = async |variables: Value| {
        let found = desk.shop.guest(PREDICT, variables).await.at("/predictiveSearch");
        ["products", "collections", "pages", "articles", "queries"]
            .map(|kind| found[kind].as_array().expect("a list").len())
    };
    assert_eq!(counts(json!({ "q": "lam", "n": 1 })).await, [1, 0, 0, 0, 0]);
    assert_eq!(counts(json!({ "q": "lam", "n": 6 })).await, [2, 1, 1, 1, 1]);
    assert_eq!(counts(json!({ "q": "lam", "n": 2, "s": "EACH" })).await, [2, 1, 2, 1, 2]);
    assert_eq!(counts(json!({ "q": "lam", "n": 1, "s": "EACH", "t": ["PAGE", "QUERY"] })).await, [0, 0, 1, 0, 1]);
    assert_eq!(counts(json!({ "q": "lam", "t": [] })).await, [0; 5]);
    for limit in [0, -1, 11] {
        let answer = desk.shop.guest(PREDICT, json!({ "q": "lam", "n": limit })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{limit}");
    }
}

#[tokio::test]
async fn no_text_breaks_a_search() {
    let desk = filled().await;
    let long = "lamp ".repeat(300);
    let odd = [
        "",
        " ",
        "%",
        "_",
        "\\",
        "'",
        "\"",
        "-",
        "- ",
        "OR",
        "(((",
        ")",
        "lamp OR",
        "tag:",
        "path:/x",
        "a'; DROP TABLE page",
        "<script>",
        "&amp;",
        "\u{202e}lamp",
        "é\u{301}\u{301}",
        "İ",
        "🙂",
        &long,
    ];
    for text in odd {
        let answer = desk.shop.guest(SEARCH, json!({ "q": text })).await;
        assert!(answer.body.get("errors").is_none(), "{text}: {:#}", answer.body);
        let answer = desk.shop.guest(PREDICT, json!({ "q": text })).await;
        assert!(answer.body.get("errors").is_none(), "{text}: {:#}", answer.body);
        for query in answer.at("/predictiveSearch/queries").as_array().expect("a list") {
            let styled = query["styledText"].as_str().expect("a text");
            let tagless = ["<mark>", "</mark>", "<span>", "</span>"]
                .iter()
                .fold(styled.to_owned(), |text, tag| text.replace(tag, ""));
            assert!(!tagless.contains(['<', '>', '"']), "{styled}");
        }
    }
    for document in [SEARCH, PREDICT] {
        assert_eq!(desk.shop.guest(document, json!({ "q": "a\u{0}" })).await.code(), "BAD_USER_INPUT");
    }
}
