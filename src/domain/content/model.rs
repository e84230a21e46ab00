//! Who sees which content, where it is found, and what the policies are called.

use chrono::{DateTime, Utc};
use entity::content::{article, page, shop_policy::PolicyKind};

use super::path::encoded;
use crate::domain::shared::{Permission, Viewer};

/// What somebody may see of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// Everything: staff with `READ_CONTENT`.
    Everything,
    /// What was published by this moment: everybody else.
    Published(DateTime<Utc>),
}

impl Sight {
    /// What this viewer may see now.
    #[must_use]
    pub fn of(viewer: &Viewer, now: DateTime<Utc>) -> Self {
        if viewer.may(Permission::ReadContent) { Self::Everything } else { Self::Published(now) }
    }

    /// Whether something that is published at this moment, or not at all, may be shown.
    #[must_use]
    pub fn shows(self, published_at: Option<DateTime<Utc>>) -> bool {
        match self {
            Self::Everything => true,
            Self::Published(now) => published_at.is_some_and(|at| at <= now),
        }
    }

    /// Whether a page may be shown.
    #[must_use]
    pub fn sees_page(self, page: &page::Model) -> bool {
        self.shows(page.published_at)
    }

    /// Whether an article may be shown.
    #[must_use]
    pub fn sees_article(self, article: &article::Model) -> bool {
        self.shows(article.published_at)
    }
}

/// The path of a page.
#[must_use]
pub fn page_path(handle: &str) -> String {
    format!("/pages/{}", encoded(handle))
}

/// The path of a blog.
#[must_use]
pub fn blog_path(handle: &str) -> String {
    format!("/blogs/{}", encoded(handle))
}

/// The path of an article.
#[must_use]
pub fn article_path(blog: &str, handle: &str) -> String {
    format!("/blogs/{}/{}", encoded(blog), encoded(handle))
}

/// The path of a product.
#[must_use]
pub fn product_path(handle: &str) -> String {
    format!("/products/{}", encoded(handle))
}

/// The path of a collection; tags filter its products.
#[must_use]
pub fn collection_path(handle: &str, tags: &[String]) -> String {
    let path = format!("/collections/{}", encoded(handle));
    if tags.is_empty() {
        return path;
    }
    let tags: Vec<String> = tags.iter().map(|tag| encoded(&crate::domain::catalog::handle::of_title(tag))).collect();
    format!("{path}/{}", tags.join("+"))
}

/// The path of a policy.
#[must_use]
pub fn policy_path(kind: PolicyKind) -> String {
    format!("/policies/{}", policy_handle(kind))
}

/// Every policy that a shop can have, in the order in which they are listed.
pub const POLICIES: [PolicyKind; 5] = [
    PolicyKind::Privacy,
    PolicyKind::Refund,
    PolicyKind::Shipping,
    PolicyKind::Subscription,
    PolicyKind::TermsOfService,
];

/// A policy's name in URLs.
#[must_use]
pub const fn policy_handle(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::Privacy => "privacy-policy",
        PolicyKind::Refund => "refund-policy",
        PolicyKind::Shipping => "shipping-policy",
        PolicyKind::Subscription => "subscription-policy",
        PolicyKind::TermsOfService => "terms-of-service",
    }
}

/// A policy's title.
#[must_use]
pub const fn policy_title(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::Privacy => "Privacy policy",
        PolicyKind::Refund => "Refund policy",
        PolicyKind::Shipping => "Shipping policy",
        PolicyKind::Subscription => "Subscription policy",
        PolicyKind::TermsOfService => "Terms of service",
    }
}

/// The policy with this name in URLs.
#[must_use]
pub fn policy_of_handle(handle: &str) -> Option<PolicyKind> {
    POLICIES.into_iter().find(|kind| policy_handle(*kind) == handle)
}

/// What the subscription policy says while the shop has none of its own. It is true of every shop here: there are no
/// subscriptions in this server.
pub const DEFAULT_SUBSCRIPTION_POLICY: &str =
    "<p>This shop sells no subscriptions. Every order is bought and paid once; nothing is charged again.</p>";
