//! Invoices and credit notes.

use async_graphql::{Context, Enum, Object};
use entity::invoice::invoice::InvoiceKind as Kind;

use crate::{
    domain::invoice::{self, Invoice as Row},
    graphql::{
        context::ContextExt,
        scalars::{DateTime, Url},
    },
};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind")]
pub enum InvoiceKind {
    /// What was bought and paid.
    Invoice,
    /// What went back of it.
    CreditNote,
}

/// An invoice or a credit note. It never changes.
#[derive(Clone, Debug)]
pub struct Invoice(pub(super) Row);

/// An invoice or a credit note. It never changes.
#[Object]
impl Invoice {
    /// Its number, without gaps among its kind.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// What it is.
    async fn kind(&self) -> InvoiceKind {
        self.0.kind.into()
    }

    /// When it was issued.
    async fn issued_at(&self) -> DateTime {
        self.0.issued_at.into()
    }

    /// Where it is as a PDF. The address is a secret: whoever has it may read the document.
    async fn url(&self, ctx: &Context<'_>) -> Url {
        Url(self.address(ctx, "pdf"))
    }

    /// Where it is as a page, as secret as `url`.
    async fn html_url(&self, ctx: &Context<'_>) -> Url {
        Url(self.address(ctx, "html"))
    }
}

impl Invoice {
    fn address(&self, ctx: &Context<'_>, form: &str) -> String {
        let app = ctx.app();
        format!("{}/invoices/{}.{form}", app.public_url, invoice::capability(&app.capability_keys, self.0.id))
    }
}
