//! Reading gift cards.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::{GiftCard, gift_card::GiftCardStatus, loaders::load};
use crate::{
    domain::{
        gift_card::{self, EnteredCode, Filter},
        shared::{Error, Permission},
    },
    graphql::{
        context::ContextExt,
        errors,
        global_id::decode,
        pagination::{Arguments, Connection, connection},
    },
};

/// Reads of gift cards.
#[derive(Debug, Default)]
pub struct GiftCardQuery;

#[Object]
impl GiftCardQuery {
    /// A gift card; null when there is none. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    async fn gift_card(&self, ctx: &Context<'_>, #[graphql(desc = "The card's id.")] id: ID) -> Option<GiftCard> {
        errors::optional(ctx, find(ctx, &id).await)
    }

    /// Gift cards, the newest first. Needs READ_PAYMENTS.
    #[graphql(visible = "crate::graphql::guards::reads_payments")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn gift_cards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 250; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 250.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Only the card with this code, all of it; case, blanks and dashes make no difference. Send it as a variable.",
            secret
        )]
        code: Option<String>,
        #[graphql(desc = "Only cards whose code ends so: the last four characters.")] last_characters: Option<String>,
        #[graphql(desc = "Only cards that stand so.")] status: Option<GiftCardStatus>,
    ) -> Option<Connection<GiftCard>> {
        let arguments = Arguments { first, last, after, before };
        let code = code.map(|code| EnteredCode::read(&ctx.app().gift_card_keys, &code));
        let filter = Filter { code, last_characters, status: status.map(Into::into) };
        errors::nullable(ctx, list(ctx, arguments, &filter).await)
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<GiftCard>, Error> {
    ctx.require(Permission::ReadPayments)?;
    Ok(load(ctx, decode("id", id)?).await?.map(GiftCard))
}

async fn list(ctx: &Context<'_>, arguments: Arguments, filter: &Filter) -> Result<Connection<GiftCard>, Error> {
    ctx.require(Permission::ReadPayments)?;
    let app = ctx.app();
    let page = gift_card::list(app.database.reader(), app.sources.now(), &arguments.check()?, filter).await?;
    connection(ctx, page, |card| GiftCard(Arc::new(card)))
}
