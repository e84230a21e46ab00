//! Accounts and sign-ins: passwords, access tokens, rotating refresh tokens, sessions, and who a token stands for.
//!
//! A sign-in opens a session. Its access tokens are short-lived signatures that every process checks by itself; its
//! refresh tokens are used once each, and a second use ends the session. A customer's sign-in never carries permissions,
//! a staff sign-in needs a staff role, which is read from the account and not from the token.

mod create_account;
mod delete_ended;
mod errors;
mod events;
mod model;
mod passwords;
mod renew;
mod sessions;
mod set_password;
mod sign_in;
mod sign_out;
mod state;
mod store;
mod throttle;
pub mod tokens;
mod viewer;

pub use create_account::{NewAccount, create_account};
pub use delete_ended::delete_ended;
pub use entity::auth::{
    account::{Model as Account, Role},
    session::Audience,
};
pub use errors::{Refusal, RefusalCode};
pub use model::{Profile, email_key, search_text};
pub use passwords::generate_password;
pub use renew::renew;
pub use set_password::set_password;
pub use sign_in::{Credentials, SignedIn, TokenPair, sign_in};
pub use sign_out::{sign_out, sign_out_by_refresh_token};
pub use state::AuthState;
pub use store::has_accounts;
pub use viewer::{ViewerError, viewer_of};
