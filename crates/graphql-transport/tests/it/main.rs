//! Owns the integration tests of the transport: one binary, one file a subject.

mod attacks;
mod http;
mod limits;
mod persisted;
mod propagation;
mod requests;
mod socket;
mod socket_limits;
mod sse;
mod support;
