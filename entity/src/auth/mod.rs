//! Tables of accounts and sign-ins.

pub mod account;
pub mod refresh_token;
pub mod session;
pub mod signing_key;
