//! People: accounts, sign-in, tokens, and who sees whom.

mod accounts;
mod addresses;
mod commands;
mod customers;
mod sessions;
mod sign_in;
mod tokens;
