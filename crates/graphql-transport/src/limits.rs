//! Owns the bounds: how large, how deep, how many and how long a request may be.

use std::time::Duration;

/// Every bound that the transport enforces. [`Limits::default`] gives the published defaults.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of an HTTP body, counted while it is read.
    pub body_bytes: usize,
    /// Bytes of the text of a document.
    pub query_bytes: usize,
    /// Lexical tokens of a document.
    pub tokens: usize,
    /// Fields inside fields, through fragments. Introspection has its own bound.
    pub depth: usize,
    /// Fields inside fields of an operation that asks for nothing but the schema.
    pub introspection_depth: usize,
    /// Fields, inline fragments and spreads inside each other: what every recursive walk of the library goes through. The
    /// library refuses more than 32 by itself.
    pub structure_depth: usize,
    /// Open `(`, `[` and `{` at any place of the raw text: what the parser recurses into.
    pub bracket_depth: usize,
    /// Aliases in a document.
    pub aliases: usize,
    /// Root fields of a query, through fragments.
    pub root_fields_query: usize,
    /// Root fields of a mutation, through fragments.
    pub root_fields_mutation: usize,
    /// Selections (fields, spreads, inline fragments) of all operations with every fragment expanded.
    pub expanded_fields: usize,
    /// Directives on one field, fragment, variable or operation.
    pub directives_per_field: usize,
    /// Arguments of one field or directive.
    pub arguments_per_field: usize,
    /// Operations in a document.
    pub operations: usize,
    /// Lists and objects inside each other in the variables.
    pub variables_depth: usize,
    /// From the first byte of a request to its answer; subscriptions are exempt.
    pub request_time: Duration,
    /// From the opening of a socket to its `connection_init`.
    pub socket_init: Duration,
    /// Between two pings on a socket, and between two comments on an event stream.
    pub socket_ping: Duration,
    /// How long a reader may leave a message of ours unread before its socket is closed with 4410.
    pub socket_lag: Duration,
    /// Operations that run at the same time on one socket.
    pub socket_subscriptions: usize,
    /// Bytes of one message on a socket.
    pub socket_message_bytes: usize,
    /// Messages and pings a client may send within a second on one socket.
    pub socket_messages_per_second: u32,
    /// Between two questions whether the session of a long connection is still valid.
    pub session_poll: Duration,
    /// Bytes of all persisted documents together.
    pub persisted_bytes: usize,
    /// Root fields of which a mutation may hold one at most: each call is one guess at a secret.
    pub lonely_fields: Vec<&'static str>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 262_144,
            query_bytes: 20_480,
            tokens: 2_000,
            depth: 12,
            introspection_depth: 20,
            structure_depth: 30,
            bracket_depth: 40,
            aliases: 30,
            root_fields_query: 20,
            root_fields_mutation: 10,
            expanded_fields: 5_000,
            directives_per_field: 5,
            arguments_per_field: 50,
            operations: 20,
            variables_depth: 20,
            request_time: Duration::from_secs(10),
            socket_init: Duration::from_secs(3),
            socket_ping: Duration::from_secs(12),
            socket_lag: Duration::from_secs(10),
            socket_subscriptions: 20,
            socket_message_bytes: 65_536,
            socket_messages_per_second: 100,
            session_poll: Duration::from_secs(30),
            persisted_bytes: 4_194_304,
            lonely_fields: Vec::new(),
        }
    }
}
