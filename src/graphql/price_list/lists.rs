//! Adding, changing and removing price lists.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{
    types::PriceList,
    user_errors::{PriceListUserError, halves},
};
use crate::{
    domain::{
        price_list::{self, ListDraft, ListPatch, Refusal},
        shared::{Error, Permission},
    },
    graphql::{
        codes::{CountryCode, CurrencyCode},
        errors,
        global_id::{decode, encode},
        scalars::DateTime,
        transaction::{author, begin, finish},
    },
};

/// A price list to be added.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListCreateInput {
    /// What staff call it, at most 255 characters.
    name: String,
    /// The currency of its prices. It cannot be changed later.
    currency: CurrencyCode,
    /// The countries of the buyers it is for; left out or empty: all.
    countries: Option<Vec<CountryCode>>,
    /// A list of higher priority goes before the others; 0 when left out.
    priority: Option<i32>,
    /// From when on it counts; left out: always. Fractions of a second are cut off.
    starts_at: Option<DateTime>,
    /// Until when it counts, this moment itself not; left out: for ever. Fractions of a second are cut off.
    ends_at: Option<DateTime>,
    /// Whether it counts at all; true when left out. A list that is filled first and switched on later shows no half of it.
    is_active: Option<bool>,
}

/// Changes of a price list. A field left out stays; its prices have mutations of their own.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListUpdateInput {
    /// The list.
    id: ID,
    /// What staff call it, at most 255 characters.
    name: Option<String>,
    /// The countries of the buyers it is for; empty: all.
    countries: Option<Vec<CountryCode>>,
    /// A list of higher priority goes before the others.
    priority: Option<i32>,
    /// From when on it counts; null: always. Fractions of a second are cut off.
    starts_at: MaybeUndefined<DateTime>,
    /// Until when it counts, this moment itself not; null: for ever. Fractions of a second are cut off.
    ends_at: MaybeUndefined<DateTime>,
    /// Whether it counts at all.
    is_active: Option<bool>,
}

/// Which price list.
#[derive(InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListDeleteInput {
    /// The list.
    id: ID,
}

/// What adding a price list led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListCreatePayload {
    /// The list; null when refused.
    price_list: Option<PriceList>,
    /// Why it was refused.
    user_errors: Vec<PriceListUserError>,
}

/// What changing a price list led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListUpdatePayload {
    /// The list as it is now; null when refused.
    price_list: Option<PriceList>,
    /// Why it was refused.
    user_errors: Vec<PriceListUserError>,
}

/// What removing a price list led to.
#[derive(SimpleObject)]
#[graphql(visible = "crate::graphql::guards::manages_products")]
pub struct PriceListDeletePayload {
    /// The id of the list that is no more; null when refused.
    deleted_price_list_id: Option<ID>,
    /// Why it was refused.
    user_errors: Vec<PriceListUserError>,
}

fn codes(countries: Vec<CountryCode>) -> Vec<String> {
    countries.into_iter().map(|country| country.code().to_owned()).collect()
}

fn moment(given: MaybeUndefined<DateTime>) -> Option<Option<chrono::DateTime<chrono::Utc>>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(moment) => Some(Some(moment.0)),
    }
}

type Shown = (Option<PriceList>, Vec<PriceListUserError>);

fn shown(outcome: Result<price_list::PriceList, Vec<Refusal>>) -> Shown {
    let (row, user_errors) = halves(outcome);
    (row.map(PriceList), user_errors)
}

async fn create(ctx: &Context<'_>, input: PriceListCreateInput) -> Result<PriceListCreatePayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let patch = ListPatch {
        name: Some(input.name),
        countries: input.countries.map(codes),
        priority: input.priority,
        starts_at: input.starts_at.map(|moment| Some(moment.0)),
        ends_at: input.ends_at.map(|moment| Some(moment.0)),
        active: input.is_active,
    };
    let tx = begin(ctx).await?;
    let draft = ListDraft { currency: input.currency.to_currency(), patch };
    let done = price_list::create_list(&tx, author, draft).await;
    let (price_list, user_errors) = shown(finish(tx, done).await?);
    Ok(PriceListCreatePayload { price_list, user_errors })
}

async fn update(ctx: &Context<'_>, input: PriceListUpdateInput) -> Result<PriceListUpdatePayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let id = decode("input.id", &input.id)?;
    let patch = ListPatch {
        name: input.name,
        countries: input.countries.map(codes),
        priority: input.priority,
        starts_at: moment(input.starts_at),
        ends_at: moment(input.ends_at),
        active: input.is_active,
    };
    let tx = begin(ctx).await?;
    let done = price_list::update_list(&tx, author, id, patch).await;
    let (price_list, user_errors) = shown(finish(tx, done).await?);
    Ok(PriceListUpdatePayload { price_list, user_errors })
}

async fn delete(ctx: &Context<'_>, input: &PriceListDeleteInput) -> Result<PriceListDeletePayload, Error> {
    let author = author(ctx, Permission::ManageProducts)?;
    let id = decode("input.id", &input.id)?;
    let tx = begin(ctx).await?;
    let done = price_list::delete_list(&tx, author, id).await;
    let (id, user_errors) = halves(finish(tx, done).await?);
    Ok(PriceListDeletePayload { deleted_price_list_id: id.map(encode), user_errors })
}

/// Changes of price lists.
#[derive(Debug, Default)]
pub struct ListMutation;

#[Object]
impl ListMutation {
    /// Adds a price list, without prices. A shop has at most 250. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn price_list_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list.")] input: PriceListCreateInput,
    ) -> Option<PriceListCreatePayload> {
        errors::nullable(ctx, create(ctx, input).await)
    }

    /// Changes for whom and when a price list counts. Carts follow when they are read or changed next. Needs MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn price_list_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: PriceListUpdateInput,
    ) -> Option<PriceListUpdatePayload> {
        errors::nullable(ctx, update(ctx, input).await)
    }

    /// Removes a price list with its prices. Orders keep what was paid, and the history of prices what was asked. Needs
    /// MANAGE_PRODUCTS.
    #[graphql(visible = "crate::graphql::guards::manages_products")]
    async fn price_list_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which list.")] input: PriceListDeleteInput,
    ) -> Option<PriceListDeletePayload> {
        errors::nullable(ctx, delete(ctx, &input).await)
    }
}
