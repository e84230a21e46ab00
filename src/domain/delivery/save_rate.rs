//! Staff add, change and remove delivery rates.

use entity::{
    delivery::delivery_rate,
    ids::{DeliveryRateId, DeliveryZoneId},
    money::{Currency, Money},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::{
    CostDraft, DeliveryRate,
    costs::Amounts,
    errors::{Reason, Refusal, check_optional_text, check_text, refuse_any},
    events::{Subject, record},
    handles::Handles,
    store,
};
use crate::domain::{
    catalog::{
        checks::{TEXT_MOST, TITLE_MOST},
        non_blank,
    },
    shared::{Author, Error, Failure},
    shop,
};

/// Most rates of a zone.
const RATES_MOST: usize = 50;

/// A new rate.
#[derive(Clone, Debug)]
pub struct RateDraft {
    /// Its unique name for programs; `None` makes one of the title.
    pub handle: Option<String>,
    /// Its name, for buyers.
    pub title: String,
    /// What buyers should know of it.
    pub description: Option<String>,
    /// What it costs. The first amount says the rate's currency.
    pub cost: CostDraft,
    /// It costs nothing from this price of the goods on.
    pub free_above: Option<Money>,
}

/// Changes of a rate; what is `None` stays. Its zone and its handle are for ever.
#[derive(Clone, Debug, Default)]
pub struct RatePatch {
    /// Its name, for buyers.
    pub title: Option<String>,
    /// What buyers should know of it; `Some(None)` takes it away.
    pub description: Option<Option<String>>,
    /// What it costs.
    pub cost: Option<CostDraft>,
    /// It costs nothing from this price of the goods on; `Some(None)` takes it away.
    pub free_above: Option<Option<Money>>,
}

/// Adds a rate to a zone.
///
/// # Errors
/// Everything that is wrong with it, together; `NotFound` for the zone.
pub async fn create_rate(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    zone_id: DeliveryZoneId,
    draft: RateDraft,
) -> Result<DeliveryRateId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let zone = store::zone(tx, zone_id).await?.ok_or(Error::NotFound("delivery zone"))?;
    let mut handles = Handles::read(tx).await?;
    let (rate, mut refusals) = build(author, zone.id, draft, &mut handles)?;
    if store::rates_of(tx, &[zone.id]).await?.len() >= RATES_MOST {
        refusals.push(Refusal::new("zoneId", Reason::TooMany(RATES_MOST)));
    }
    refuse_any(refusals)?;
    let id = rate.id;
    insert(tx, author, vec![rate]).await?;
    Ok(id)
}

/// Changes a rate.
///
/// # Errors
/// As [`create_rate`]; `NotFound`.
pub async fn update_rate(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: DeliveryRateId,
    patch: RatePatch,
) -> Result<DeliveryRateId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let before = find(tx, id).await?;
    let mut after = before.clone();
    let mut refusals = Vec::new();
    if let Some(title) = &patch.title {
        check_text("title", title, TITLE_MOST, &mut refusals)?;
        title.trim().clone_into(&mut after.title);
    }
    if let Some(description) = &patch.description {
        let description = description.as_deref().unwrap_or("");
        check_optional_text("description", description, TEXT_MOST, &mut refusals)?;
        after.description = non_blank(description);
    }
    let mut amounts = match patch.cost {
        Some(cost) => {
            let mut amounts = Amounts::default();
            after.cost = amounts.take_cost(cost);
            after.currency = amounts.currency.unwrap_or(before.currency);
            amounts
        }
        None => Amounts::of(before.currency),
    };
    match patch.free_above {
        Some(free_above) => {
            after.free_above_minor = free_above.map(|above| amounts.take("freeAbove".to_owned(), above));
        }
        // It stays, as long as it is of the same currency.
        None if before.free_above_minor.is_some() && after.currency != before.currency => {
            amounts.refusals.push(Refusal::new("freeAbove", Reason::CurrencyMixed));
        }
        None => {}
    }
    refusals.extend(amounts.refusals);
    refuse_any(refusals)?;
    if after == before {
        return Ok(id);
    }
    after.updated_at = author.sources.now();
    let update = delivery_rate::Entity::update_many().set(after.clone().into_active_model().reset_all());
    update.filter(delivery_rate::Column::Id.eq(id)).exec(tx).await?;
    tell(tx, author, &after, "delivery_rate.updated").await?;
    Ok(id)
}

/// Removes a rate. Carts that chose it have a problem then, and orders keep what they chose.
///
/// # Errors
/// `NotFound`.
pub async fn delete_rate(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: DeliveryRateId,
) -> Result<DeliveryRateId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let rate = find(tx, id).await?;
    delivery_rate::Entity::delete_by_id(id).exec(tx).await?;
    tell(tx, author, &rate, "delivery_rate.deleted").await?;
    Ok(id)
}

/// The rates of a new zone, and what is wrong with them at `rates.0`, `rates.1` ….
pub(super) fn build_all(
    author: Author<'_>,
    zone_id: DeliveryZoneId,
    drafts: Vec<RateDraft>,
    handles: &mut Handles,
    refusals: &mut Vec<Refusal>,
) -> Result<Vec<DeliveryRate>, Error> {
    if drafts.len() > RATES_MOST {
        refusals.push(Refusal::new("rates", Reason::TooMany(RATES_MOST)));
        return Ok(Vec::new());
    }
    let mut rates = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.into_iter().enumerate() {
        let (rate, wrong) = build(author, zone_id, draft, handles)?;
        refusals.extend(wrong.into_iter().map(|refusal| refusal.below(&format!("rates.{index}"))));
        rates.push(rate);
    }
    Ok(rates)
}

/// Writes new rates.
pub(super) async fn insert(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    rates: Vec<DeliveryRate>,
) -> Result<(), Failure<Refusal>> {
    if rates.is_empty() {
        return Ok(());
    }
    let rows = rates.iter().map(|rate| rate.clone().into_active_model().reset_all());
    delivery_rate::Entity::insert_many(rows).exec_without_returning(tx).await?;
    for rate in &rates {
        tell(tx, author, rate, "delivery_rate.created").await?;
    }
    Ok(())
}

fn build(
    author: Author<'_>,
    zone_id: DeliveryZoneId,
    draft: RateDraft,
    handles: &mut Handles,
) -> Result<(DeliveryRate, Vec<Refusal>), Error> {
    let mut refusals = Vec::new();
    check_text("title", &draft.title, TITLE_MOST, &mut refusals)?;
    let description = draft.description.unwrap_or_default();
    check_optional_text("description", &description, TEXT_MOST, &mut refusals)?;
    let mut amounts = Amounts::default();
    let cost = amounts.take_cost(draft.cost);
    let free_above_minor = draft.free_above.map(|above| amounts.take("freeAbove".to_owned(), above));
    let now = author.sources.now();
    let rate = DeliveryRate {
        id: author.sources.id(),
        zone_id,
        handle: handles.give("handle", draft.handle.as_deref(), &draft.title, &mut refusals),
        title: draft.title.trim().to_owned(),
        description: non_blank(&description),
        // A cost without any amount is refused.
        currency: amounts.currency.unwrap_or(Currency::USD),
        cost,
        free_above_minor,
        created_at: now,
        updated_at: now,
    };
    refusals.extend(amounts.refusals);
    Ok((rate, refusals))
}

async fn find(tx: &DatabaseTransaction, id: DeliveryRateId) -> Result<DeliveryRate, Failure<Refusal>> {
    Ok(delivery_rate::Entity::find_by_id(id).one(tx).await?.ok_or(Error::NotFound("delivery rate"))?)
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    rate: &DeliveryRate,
    kind: &'static str,
) -> Result<(), Error> {
    let subject = Subject { kind: "delivery_rate", id: rate.id.0 };
    let details = json!({
        "delivery_zone_id": rate.zone_id,
        "handle": rate.handle,
        "title": rate.title,
        "currency": rate.currency,
        "cost": rate.cost,
        "free_above_minor": rate.free_above_minor,
    });
    Ok(record(tx, author, subject, kind, details).await?)
}
