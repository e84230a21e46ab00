//! Making an account.

use std::fmt;

use super::{
    Account, AuthState, Profile, Refusal, Role, email_key, events,
    model::{check_email, search_text},
    passwords::Password,
    store,
};
use crate::{
    domain::shared::Failure,
    platform::{Database, outbox, tx},
};

/// What a new account is made of.
#[derive(Clone)]
pub struct NewAccount {
    /// E-mail address.
    pub email: String,
    /// Password, as chosen.
    pub password: String,
    /// Customer, staff or admin.
    pub role: Role,
    /// Names, phone and wishes.
    pub profile: Profile,
}

impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewAccount({:?})", self.role)
    }
}

/// Makes an account. The password is hashed whether or not the address is taken, so that both take the same time.
///
/// # Errors
/// Every refusal of address, password and profile together, or `EmailTaken`; faults.
pub async fn create_account(db: &Database, state: &AuthState, new: NewAccount) -> Result<Account, Failure<Refusal>> {
    let mut refusals = Vec::new();
    let email = check_email(&new.email).map_err(|refusal| refusals.push(refusal)).ok();
    let password = Password::chosen(&new.password, &new.email).map_err(|refusal| refusals.push(refusal)).ok();
    let profile = new.profile.check().map_err(|problems| refusals.extend(problems)).ok();
    let (Some(email), Some(password), Some(profile)) = (email, password, profile) else {
        return Err(Failure::Refused(refusals));
    };
    let password_hash = state.passwords.hash(password).await?;
    let now = state.sources.now();
    let account = Account {
        id: state.sources.id(),
        email: email.to_owned(),
        email_key: email_key(email),
        password_hash,
        search_text: search_text(email, &profile),
        first_name: profile.first_name,
        last_name: profile.last_name,
        phone: profile.phone,
        role: new.role,
        accepts_marketing: profile.accepts_marketing,
        disabled_at: None,
        created_at: now,
        updated_at: now,
    };
    let tx = tx::begin(db).await?;
    if !store::insert_account(&tx, &account).await? {
        return Err(Failure::refuse(Refusal::EmailTaken));
    }
    match account.role {
        Role::Customer => outbox::record(&tx, &state.sources, events::customer_created(&account)).await?,
        Role::Staff | Role::Admin => {}
    }
    tx.commit().await?;
    Ok(account)
}
