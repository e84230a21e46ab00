//! Policies, pages and articles as plain pages for people, at the addresses that the API hands out. No script runs on them.

use std::sync::OnceLock;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use entity::content::shop_policy::PolicyKind;
use sha2::{Digest, Sha256};

use crate::{
    app::App,
    domain::{
        content::{
            self, Sight,
            list::{self, ArticleList, Part},
            store,
            styled::escaped,
        },
        shared::{Error, PageRequest},
        shop,
    },
};

/// How the texts look. It stands in the page, so that one request shows it.
const STYLE: &str = "body{margin:0;font:1.05rem/1.65 system-ui,sans-serif;background:#f7f5f0;color:#1b2320}\
header,main{max-width:42rem;margin:0 auto;padding:1rem 1.25rem}header a{font-weight:600;text-decoration:none}\
a{color:#0b6b4b}h1,h2,h3{line-height:1.25}img{max-width:100%;height:auto;border-radius:8px}.soft{color:#56605b}\
@media(prefers-color-scheme:dark){body{background:#111513;color:#e8ede9}a{color:#5ccb9d}.soft{color:#a3aea8}}";
/// A text may change at any moment.
const FRESH: HeaderValue = HeaderValue::from_static("no-cache");
/// Most articles on a blog's page.
const ARTICLES: u64 = 50;

/// The routes of texts.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/policies/{handle}", get(policy))
        .route("/pages/{handle}", get(page))
        .route("/blogs/{blog}", get(blog))
        .route("/blogs/{blog}/{article}", get(article))
}

/// A text to be shown.
struct Text {
    title: String,
    description: Option<String>,
    /// Sanitised HTML.
    html: String,
}

async fn policy(state: State<App>, Path(handle): Path<String>, uri: Uri) -> Response {
    let found = async {
        let Some(kind) = content::policy_of_handle(&handle) else { return Ok(None) };
        let own = store::policy(state.database.reader(), kind).await?.map(|policy| policy.body_html);
        // The others are not there until the shop has written them.
        let default = (kind == PolicyKind::Subscription).then(|| content::DEFAULT_SUBSCRIPTION_POLICY.to_owned());
        let title = content::policy_title(kind).to_owned();
        Ok(own.or(default).map(|html| Text { title, description: None, html }))
    };
    answer(&state, &uri, found.await).await
}

async fn page(state: State<App>, Path(handle): Path<String>, uri: Uri) -> Response {
    let found = async {
        if handle.contains('\0') {
            return Ok(None);
        }
        let page = store::page_by_handle(state.database.reader(), sight(&state), &handle).await?;
        Ok(page.map(|page| Text {
            title: page.seo_title.unwrap_or_else(|| page.title.clone()),
            description: page.seo_description,
            html: page.body_html,
        }))
    };
    answer(&state, &uri, found.await).await
}

async fn blog(state: State<App>, Path(handle): Path<String>, uri: Uri) -> Response {
    let found = async {
        if handle.contains('\0') {
            return Ok(None);
        }
        let db = state.database.reader();
        let Some(blog) = store::blog_by_handle(db, &handle).await? else { return Ok(None) };
        let part = Part { reverse: false, page: PageRequest::first(ARTICLES) };
        let mut articles = list::articles_of(db, sight(&state), &ArticleList::new(&part)?, &[blog.id]).await?;
        articles.truncate(usize::try_from(ARTICLES).unwrap_or(usize::MAX));
        let link = |article: &content::Article| {
            let path = content::article_path(&blog.handle, &article.handle);
            let (title, summary) = (escaped(&article.title), escaped(&article.summary));
            format!("<li><a href=\"{path}\">{title}</a><br>{summary}</li>")
        };
        let html = format!("<ul>{}</ul>", articles.iter().map(link).collect::<String>());
        Ok(Some(Text { title: blog.title, description: blog.seo_description, html }))
    };
    answer(&state, &uri, found.await).await
}

async fn article(state: State<App>, Path((blog, handle)): Path<(String, String)>, uri: Uri) -> Response {
    let found = async {
        if blog.contains('\0') || handle.contains('\0') {
            return Ok(None);
        }
        let db = state.database.reader();
        let Some(blog) = store::blog_by_handle(db, &blog).await? else { return Ok(None) };
        let found = store::articles_by_handle(db, sight(&state), &[(blog.id, handle.as_str())]).await?;
        Ok(found.into_iter().next().map(|article| {
            let date = article.listed_at.format("%-d %B %Y");
            let author = article.author_name.as_deref().map(|name| format!(" · {}", escaped(name)));
            let picture = article.image_url.as_deref().map(|url| {
                let alt = escaped(article.image_alt.as_deref().unwrap_or(""));
                format!("<p><img src=\"{}\" alt=\"{alt}\" width=\"560\"></p>", escaped(url))
            });
            let (author, picture) = (author.unwrap_or_default(), picture.unwrap_or_default());
            Text {
                title: article.title,
                description: article.seo_description,
                html: format!("<p class=\"soft\">{date}{author}</p>{picture}{}", article.body_html),
            }
        }))
    };
    answer(&state, &uri, found.await).await
}

/// What a shopper may see now: nobody is signed in here.
fn sight(app: &App) -> Sight {
    Sight::Published(app.sources.now())
}

/// The text, or where its address leads now.
async fn answer(app: &App, uri: &Uri, found: Result<Option<Text>, Error>) -> Response {
    let shown = async {
        if let Some(text) = found? {
            let shop = shop::get(app.database.reader()).await?;
            let headers = [(header::CONTENT_SECURITY_POLICY, policy_of_style()), (header::CACHE_CONTROL, FRESH)];
            return Ok((headers, Html(html(&shop.name, &text))).into_response());
        }
        let redirect = store::redirect_of(app.database.reader(), uri.path()).await?;
        Ok::<_, Error>(redirect.and_then(|redirect| moved(&redirect.target)).unwrap_or_else(missing))
    };
    shown.await.unwrap_or_else(|error: Error| {
        tracing::error!(%error, "a text could not be shown");
        (StatusCode::SERVICE_UNAVAILABLE, "try again in a moment\n").into_response()
    })
}

/// The texts may show pictures from elsewhere; nothing else is loaded, no style but ours is used, and nothing runs.
fn policy_of_style() -> HeaderValue {
    static POLICY: OnceLock<HeaderValue> = OnceLock::new();
    let compute = || {
        let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{style}'; img-src 'self' https: data:; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'"
        );
        HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
    };
    POLICY.get_or_init(compute).clone()
}

/// Browsers remember a move for as long as the answer lets them: staff may change their mind.
fn moved(target: &str) -> Option<Response> {
    let target = HeaderValue::from_str(&ascii(target)).ok()?;
    let headers = [(header::LOCATION, target), (header::CACHE_CONTROL, FRESH)];
    Some((StatusCode::MOVED_PERMANENTLY, headers).into_response())
}

/// An address whose letters beyond ASCII are percent-encoded, as the header wants it.
fn ascii(address: &str) -> String {
    let encoded =
        |letter: char| if letter.is_ascii() { letter.to_string() } else { content::path::encoded(&letter.to_string()) };
    address.chars().map(encoded).collect()
}

fn missing() -> Response {
    (
        StatusCode::NOT_FOUND,
        Html("<!doctype html><title>Not found</title><p>There is no such page. <a href=\"/\">Home</a>\n"),
    )
        .into_response()
}

fn html(shop: &str, text: &Text) -> String {
    let (shop, title) = (escaped(shop), escaped(&text.title));
    let description = text
        .description
        .as_deref()
        .map(|description| format!("\n    <meta name=\"description\" content=\"{}\">", escaped(description)));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n  <head>\n    <meta charset=\"utf-8\">\n    \
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n    \
         <meta name=\"color-scheme\" content=\"light dark\">{description}\n    <title>{title} · {shop}</title>\n    \
         <link rel=\"icon\" href=\"/assets/shared/icon.svg\" type=\"image/svg+xml\">\n    \
         <style>{STYLE}</style>\n  </head>\n  <body>\n    \
         <header><a href=\"/\">{shop}</a></header>\n    \
         <main>\n      <article>\n        <h1>{title}</h1>\n{body}\n      </article>\n    </main>\n  \
         </body>\n</html>\n",
        description = description.unwrap_or_default(),
        body = text.html,
    )
}
