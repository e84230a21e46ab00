//! Texts as pages for people.

use serde_json::json;

use crate::support::{Server, Visitor};

async fn write(server: &Server, admin: &Visitor, mutation: &str) -> serde_json::Value {
    server.graphql(admin, &format!("mutation {{ {mutation} }}"), json!({})).await.at("")
}

#[tokio::test]
async fn policies_pages_and_articles_are_plain_pages_without_scripts() {
    let server = Server::still().await;
    let admin = server.admin().await;
    write(&server, &admin, "shopUpdate(input: { name: \"A & <B>\" }) { userErrors { message } }").await;
    let body = "<p>Fine <b>print</b></p><script>steal()</script>";
    write(
        &server,
        &admin,
        &format!("shopPolicyUpdate(input: {{ type: REFUND_POLICY, body: \"{body}\" }}) {{ shopPolicy {{ id }} }}"),
    )
    .await;
    let made = write(
        &server,
        &admin,
        "pageCreate(input: { title: \"Us <i>\", body: \"<p>We</p>\" }) { page { handle } } \
        blogCreate(input: { title: \"Journal\" }) { blog { id } }",
    )
    .await;
    let blog = made["blogCreate"]["blog"]["id"].as_str().expect("an id");
    write(
        &server,
        &admin,
        &format!(
            "articleCreate(input: {{ blogId: \"{blog}\", title: \"First\", body: \"<p>Tale</p>\", \
        author: {{ name: \"A<da\" }} }}) {{ article {{ id }} }}"
        ),
    )
    .await;
    for (path, holds) in [
        ("/policies/refund-policy", "<p>Fine <b>print</b></p>"),
        ("/policies/subscription-policy", "no subscriptions"),
        ("/pages/us-i", "<h1>Us &lt;i&gt;</h1>"),
        ("/blogs/journal", "<a href=\"/blogs/journal/first\">First</a>"),
        ("/blogs/journal/first", "A&lt;da"),
    ] {
        let page = server.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"), "{path}");
        assert!(page.text().contains(holds), "{path}: {}", page.text());
        assert!(page.text().contains("A &amp; &lt;B&gt;") && !page.text().contains("<script"), "{}", page.text());
    }
    for path in
        ["/policies/privacy-policy", "/policies/x", "/pages/none", "/pages/%00", "/blogs/none", "/blogs/journal/none"]
    {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_page_that_moved_leads_on_and_a_hidden_one_is_not_there() {
    let server = Server::still().await;
    let admin = server.admin().await;
    write(&server, &admin, "pageCreate(input: { title: \"Hidden\", isPublished: false }) { page { id } } \
        a: urlRedirectCreate(input: { path: \"/pages/old\", target: \"/pages/café\" }) { userErrors { message } } \
        b: urlRedirectCreate(input: { path: \"/blogs/old/x\", target: \"https://else.example/x\" }) { userErrors { message } }").await;
    assert_eq!(server.get("/pages/hidden").await.status, 404);
    for (path, target) in [
        ("/pages/old", "/pages/caf%C3%A9"),
        ("/pages/OLD", "/pages/caf%C3%A9"),
        ("/blogs/old/x", "https://else.example/x"),
    ] {
        let moved = server.get(path).await;
        assert_eq!((moved.status, moved.header("location")), (301, target), "{path}");
    }
}
