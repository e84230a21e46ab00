//! TLS of what this process calls: rustls with ring, named once.

/// Names the provider. No HTTP client can be made before that; a second time changes nothing.
pub fn install() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
