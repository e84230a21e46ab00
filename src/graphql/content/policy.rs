//! The shop's policies and brand.

use async_graphql::{ID, SimpleObject};

use crate::graphql::{catalog::MediaImage, scalars::Url};

/// A policy of the shop. There are none yet.
#[derive(Clone, Debug, SimpleObject)]
pub struct ShopPolicy {
    /// The policy's id.
    id: ID,
    /// Its unique name in URLs.
    handle: String,
    /// Its title.
    title: String,
    /// Its text.
    body: String,
    /// Where it can be read.
    url: Url,
}

/// A policy of the shop that may be a default text. There are none yet.
#[derive(Clone, Debug, SimpleObject)]
pub struct ShopPolicyWithDefault {
    /// The policy's id; null for a default text.
    id: Option<ID>,
    /// Its unique name in URLs.
    handle: String,
    /// Its title.
    title: String,
}

/// How the shop looks. It has no settings yet.
#[derive(Clone, Debug, SimpleObject)]
pub struct Brand {
    /// The shop's logo.
    logo: Option<MediaImage>,
}
