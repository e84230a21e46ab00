//! Several processes of one shop, with and without a Redis between them.

mod events;
