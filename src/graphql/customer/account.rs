//! Registering, and changing what is known about oneself.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{Customer, CustomerUserError, outcome};
use crate::{
    domain::{
        auth::{self, Account, NewAccount, Profile, Refusal, Role},
        customer::{self, ProfileChange},
        shared::{Error, Failure},
    },
    graphql::context::ContextExt,
};

/// What an account is made of.
#[derive(InputObject)]
pub struct CustomerCreateInput {
    /// E-mail address to sign in with; upper and lower case make no other address.
    email: String,
    /// Password: 8 to 128 characters of any script, no rules of composition; those that are guessed first are refused.
    #[graphql(secret)]
    password: String,
    /// Given name.
    first_name: Option<String>,
    /// Family name.
    last_name: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Whether mail about offers is welcome; not when left out.
    accepts_marketing: Option<bool>,
}

/// What is to change. A field left out stays; null clears it.
#[derive(InputObject)]
pub struct CustomerUpdateInput {
    /// Given name.
    first_name: MaybeUndefined<String>,
    /// Family name.
    last_name: MaybeUndefined<String>,
    /// Phone.
    phone: MaybeUndefined<String>,
    /// Whether mail about offers is welcome; null leaves it.
    accepts_marketing: Option<bool>,
}

/// What registering led to.
#[derive(SimpleObject)]
pub struct CustomerCreatePayload {
    /// The new customer; null when refused.
    customer: Option<Customer>,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
}

/// What changing the customer led to.
#[derive(SimpleObject)]
pub struct CustomerUpdatePayload {
    /// The customer as it is now; null when refused.
    customer: Option<Customer>,
    /// Why it was refused.
    user_errors: Vec<CustomerUserError>,
}

/// Changes of accounts.
#[derive(Debug, Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Makes a customer's account; sign in with `customerAccessTokenCreate` afterwards. As this server sends no mail
    /// about accounts, an address that an account has already is refused with TAKEN here and now.
    async fn customer_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: CustomerCreateInput,
    ) -> Option<CustomerCreatePayload> {
        let app = ctx.app();
        let new = NewAccount {
            email: input.email,
            password: input.password,
            role: Role::Customer,
            profile: Profile {
                first_name: input.first_name,
                last_name: input.last_name,
                phone: input.phone,
                accepts_marketing: input.accepts_marketing.unwrap_or(false),
            },
        };
        let created = auth::create_account(&app.database, &app.auth, new).await;
        let (account, user_errors) = outcome(ctx, created)?;
        Some(CustomerCreatePayload { customer: account.map(Customer), user_errors })
    }

    /// Changes what is known about the customer who is signed in.
    async fn customer_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: CustomerUpdateInput,
    ) -> Option<CustomerUpdatePayload> {
        let (account, user_errors) = outcome(ctx, update(ctx, input).await)?;
        Some(CustomerUpdatePayload { customer: account.map(Customer), user_errors })
    }
}

async fn update(ctx: &Context<'_>, input: CustomerUpdateInput) -> Result<Account, Failure<Refusal>> {
    let id = ctx.viewer().customer_account().ok_or(Error::Unauthenticated)?;
    let change = ProfileChange {
        first_name: change_of(input.first_name),
        last_name: change_of(input.last_name),
        phone: change_of(input.phone),
        accepts_marketing: input.accepts_marketing,
    };
    customer::update(&ctx.app().database, &ctx.app().sources, id, change).await
}

fn change_of(field: MaybeUndefined<String>) -> Option<Option<String>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(text) => Some(Some(text)),
    }
}
