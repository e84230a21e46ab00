//! A document as a page.

use std::sync::OnceLock;

use minijinja::{Environment, UndefinedBehavior, value::Serde};
use serde::Serialize;

use super::{Invoice, Snapshot, issue::read, model::title};
use crate::domain::shared::Error;

/// Its name ends in `.html`, so what is printed into it is escaped.
const NAME: &str = "invoice.html";

#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    document: &'a Snapshot,
}

/// The page of a document. It loads nothing.
///
/// # Errors
/// A fault: the document was kept in another form.
pub fn html(row: &Invoice) -> Result<String, Error> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    let environment = ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment
    });
    let document = read(row)?;
    let page = Page { title: title(row.kind), document: &document };
    environment.render_named_str(NAME, include_str!("invoice.html"), Serde(&page)).map_err(Error::fault)
}
