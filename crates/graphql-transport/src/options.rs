//! Owns what a deployment decides about the transport: introspection, the page for browsers, origins, limits.

use std::sync::Arc;

use axum::response::Response;
use http::{HeaderMap, header, request::Parts};

use crate::limits::Limits;

/// Makes the page that a browser gets for `GET` with `Accept: text/html`.
pub type Ide = Arc<dyn Fn(&Parts) -> Response + Send + Sync>;

/// The settings of one endpoint.
#[derive(Clone)]
pub struct Options {
    /// Whether `__schema` and `__type` may be asked. When off they are refused with BAD_REQUEST.
    pub introspection: bool,
    /// The page for browsers; without one, `Accept: text/html` alone is answered with 406.
    pub ide: Option<Ide>,
    /// Pages of which origins may open sockets.
    pub origins: Origins,
    /// The bounds.
    pub limits: Limits,
}

impl Default for Options {
    /// The strict settings: no introspection, no page, no foreign origin.
    fn default() -> Self {
        Self { introspection: false, ide: None, origins: Origins::List(Vec::new()), limits: Limits::default() }
    }
}

/// Which `Origin` a WebSocket handshake may name. Browsers always send one and never ask beforehand (CORS does not cover
/// sockets), other clients send none and are always admitted.
#[derive(Clone, Debug)]
pub enum Origins {
    /// Every page: right in development, or where no cookie carries authority.
    Any,
    /// These and no others, each as `scheme://host[:port]`, compared exactly but for letter case.
    List(Vec<String>),
}

impl Origins {
    /// Whether a handshake with these headers may go on.
    pub(crate) fn admit(&self, headers: &HeaderMap) -> bool {
        let listed = match self {
            Self::Any => return true,
            Self::List(listed) => listed,
        };
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let Some(origin) = origins.next() else {
            return true;
        };
        let Ok(origin) = origin.to_str() else {
            return false;
        };
        origins.next().is_none() && listed.iter().any(|known| known.eq_ignore_ascii_case(origin))
    }
}
