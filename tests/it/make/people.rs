//! People: customers and staff with accounts, signed in.

use cartwright::domain::auth::{self, Account, Audience, Credentials, NewAccount, Profile, Role, SignedIn};

use crate::support::{Caller, TestShop};

/// The password of everybody made here.
pub const PASSWORD: &str = "three small elephants";

impl TestShop {
    /// An account with this address, [`PASSWORD`], and no names.
    pub async fn account(&self, email: &str, role: Role) -> Account {
        let new =
            NewAccount { email: email.to_owned(), password: PASSWORD.to_owned(), role, profile: Profile::default() };
        auth::create_account(&self.app.database, &self.app.auth, new).await.expect("the account is made")
    }

    /// Signs in with [`PASSWORD`].
    pub async fn sign_in(&self, email: &str, audience: Audience) -> SignedIn {
        let credentials = Credentials { email: email.to_owned(), password: PASSWORD.to_owned() };
        auth::sign_in(&self.app.database, &self.app.auth, credentials, audience).await.expect("signed in")
    }

    /// The caller with this access token.
    pub async fn bearer(&self, access_token: &str) -> Caller {
        let viewer = auth::viewer_of(self.app.database.reader(), &self.app.auth, access_token).await;
        Caller { viewer: viewer.expect("the token is valid"), order_access_token: None }
    }

    /// A new customer, signed in.
    pub async fn customer(&self, email: &str) -> Caller {
        self.account(email, Role::Customer).await;
        self.bearer(&self.sign_in(email, Audience::Storefront).await.tokens.access_token).await
    }

    /// A new staff member with this role, signed in.
    pub async fn staff(&self, email: &str, role: Role) -> Caller {
        self.account(email, role).await;
        self.bearer(&self.sign_in(email, Audience::Staff).await.tokens.access_token).await
    }

    /// A new staff member who may do everything, signed in.
    pub async fn admin(&self) -> Caller {
        self.staff("admin@example.com", Role::Admin).await
    }
}
