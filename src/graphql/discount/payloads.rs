//! What the mutations of discounts answer, and the way there that all of them share.

use async_graphql::{Context, ID, SimpleObject};
use entity::ids::DiscountId;

use super::{
    loaders::loader,
    types::Discount,
    user_errors::{DiscountUserError, halves},
};
use crate::{
    domain::{
        discount::{self, DiscountMethod, DiscountPatch, Refusal, Target},
        shared::{Error, Failure, Permission},
    },
    graphql::{
        global_id::encode,
        transaction::{author, begin, finish},
    },
};

macro_rules! payloads {
    ($($name:ident => $doc:literal),+ $(,)?) => {$(
        #[doc = $doc]
        #[derive(SimpleObject)]
        #[graphql(visible = "crate::graphql::guards::manages_discounts")]
        pub struct $name {
            /// The discount as it is now; null when refused.
            pub discount: Option<Discount>,
            /// Why it was refused.
            pub user_errors: Vec<DiscountUserError>,
        }

        impl From<Shown> for $name {
            fn from((discount, user_errors): Shown) -> Self {
                Self { discount, user_errors }
            }
        }
    )+};
}

payloads!(
    DiscountCodeCreatePayload => "What adding a discount by code led to.",
    DiscountCodeUpdatePayload => "What changing a discount by code led to.",
    DiscountCodeActivatePayload => "What letting a discount by code count led to.",
    DiscountCodeDeactivatePayload => "What ending a discount by code led to.",
    DiscountAutomaticCreatePayload => "What adding an automatic discount led to.",
    DiscountAutomaticUpdatePayload => "What changing an automatic discount led to.",
    DiscountAutomaticActivatePayload => "What letting an automatic discount count led to.",
    DiscountAutomaticDeactivatePayload => "What ending an automatic discount led to.",
);

macro_rules! deleted {
    ($($name:ident => $doc:literal),+ $(,)?) => {$(
        #[doc = $doc]
        #[derive(SimpleObject)]
        #[graphql(visible = "crate::graphql::guards::manages_discounts")]
        pub struct $name {
            /// The id of the discount that is no more; null when refused.
            pub deleted_discount_id: Option<ID>,
            /// Why it was refused.
            pub user_errors: Vec<DiscountUserError>,
        }
    )+};
}

deleted!(
    DiscountCodeDeletePayload => "What removing a discount by code led to.",
    DiscountAutomaticDeletePayload => "What removing an automatic discount led to.",
);

/// The discount as it is now, or why nothing was changed.
pub type Shown = (Option<Discount>, Vec<DiscountUserError>);

async fn shown(ctx: &Context<'_>, outcome: Result<DiscountId, Vec<Refusal>>) -> Result<Shown, Error> {
    let (id, user_errors) = halves(outcome);
    let discount = match id {
        Some(id) => loader(ctx).load_one(id).await?.map(Discount::shown),
        None => None,
    };
    Ok((discount, user_errors))
}

/// What is done to a discount.
pub enum Change {
    /// It is added.
    Create(DiscountMethod, Box<DiscountPatch>),
    /// It is changed.
    Update(Target, Box<DiscountPatch>),
    /// It counts from now on.
    Activate(Target),
    /// It ends now.
    Deactivate(Target),
}

/// Changes a discount and shows it. `read` makes the change of the input, once the caller is known to be allowed it.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`; the input's; the database's.
pub async fn change(ctx: &Context<'_>, read: impl FnOnce() -> Result<Change, Error>) -> Result<Shown, Error> {
    let author = author(ctx, Permission::ManageDiscounts)?;
    let change = read()?;
    let tx = begin(ctx).await?;
    let done = match change {
        Change::Create(method, patch) => discount::create_discount(&tx, author, method, *patch).await,
        Change::Update(target, patch) => discount::update_discount(&tx, author, target, *patch).await,
        Change::Activate(target) => discount::activate_discount(&tx, author, target).await,
        Change::Deactivate(target) => discount::deactivate_discount(&tx, author, target).await.map_err(Failure::from),
    };
    shown(ctx, finish(tx, done).await?).await
}

/// Removes a discount and says which.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, `NotFound`, `VersionConflict`; the input's; the database's.
pub async fn delete(ctx: &Context<'_>, read: impl FnOnce() -> Result<Target, Error>) -> Result<Option<ID>, Error> {
    let author = author(ctx, Permission::ManageDiscounts)?;
    let target = read()?;
    let tx = begin(ctx).await?;
    let id = discount::delete_discount(&tx, author, target).await?;
    tx.commit().await?;
    Ok(Some(encode(id)))
}
