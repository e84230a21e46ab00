//! Staff add, change and remove prices of a list, many in one call: all of them or none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{
    catalog::variant,
    ids::{PriceListId, ProductId, VariantId},
    money::Money,
    price_list::{price_list, price_list_price},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{LockType, OnConflict},
};

use super::{
    errors::{Reason, Refusal},
    events::{Happened, record},
    save_list::{lock, save},
};
use crate::{
    domain::{
        catalog::{
            checks::PRICE_MOST,
            price_history::{self, Asked},
        },
        shared::{Author, Failure},
    },
    platform::batch::padded,
};

/// Most prices in one call.
pub const MOST_PRICES: usize = 250;
/// Most prices of a variant in one list.
const TIERS_MOST: usize = 50;
/// Highest quantity from which a price may count.
const QUANTITY_MOST: i32 = 1_000_000;

/// A price of a variant, from a quantity on.
#[derive(Clone, Copy, Debug)]
pub struct PriceDraft {
    /// The variant.
    pub variant_id: VariantId,
    /// From how many units on it counts.
    pub minimum_quantity: i32,
    /// Price of one unit.
    pub price: Money,
    /// Former price, shown when higher.
    pub compare_at: Option<Money>,
}

/// Which prices of a variant.
#[derive(Clone, Copy, Debug)]
pub struct PriceKey {
    /// The variant.
    pub variant_id: VariantId,
    /// The one that counts from this quantity on; `None`: all of them.
    pub minimum_quantity: Option<i32>,
}

type Rows = BTreeMap<(VariantId, i32), price_list_price::Model>;

/// Adds prices, in place of those that the list has for the same variants and quantities. Returns them in the order given.
///
/// # Errors
/// Everything that is wrong with the prices, together; `NotFound` for the list.
pub async fn add_prices(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: PriceListId,
    drafts: &[PriceDraft],
) -> Result<(price_list::Model, Vec<price_list_price::Model>), Failure<Refusal>> {
    ensure_count(drafts.len())?;
    let list = lock(tx, id).await?;
    let products = products_of(tx, drafts.iter().map(|draft| draft.variant_id)).await?;
    let before = present(tx, id, drafts.iter().map(|draft| draft.variant_id)).await?;
    check(&list, drafts, &products, &before)?;

    let written: Vec<price_list_price::Model> = drafts.iter().map(|draft| row(id, draft)).collect();
    let changed: Vec<&price_list_price::Model> = written
        .iter()
        .filter(|row| before.get(&(row.variant_id, row.minimum_quantity)).is_none_or(|known| known != *row))
        .collect();
    if changed.is_empty() {
        return Ok((list, written));
    }
    let key = [
        price_list_price::Column::PriceListId,
        price_list_price::Column::VariantId,
        price_list_price::Column::MinimumQuantity,
    ];
    let values = [price_list_price::Column::AmountMinor, price_list_price::Column::CompareAtMinor];
    let replace = OnConflict::columns(key).update_columns(values).to_owned();
    let rows = changed.iter().map(|row| (*row).clone().into_active_model().reset_all());
    price_list_price::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    let asked = changed.iter().filter(|row| {
        let known = before.get(&(row.variant_id, row.minimum_quantity));
        row.minimum_quantity == 1 && known.is_none_or(|known| known.amount_minor != row.amount_minor)
    });
    let asked: Vec<Asked> = asked.map(|row| asked_of(&list, row.variant_id, Some(row.amount_minor))).collect();
    let touched = changed.iter().map(|row| row.variant_id);
    let list = conclude(tx, author, list, &asked, touched, &products).await?;
    Ok((list, written))
}

/// Removes prices.
///
/// # Errors
/// Prices that the list does not have; `NotFound` for the list.
pub async fn delete_prices(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: PriceListId,
    keys: &[PriceKey],
) -> Result<price_list::Model, Failure<Refusal>> {
    ensure_count(keys.len())?;
    let list = lock(tx, id).await?;
    let products = products_of(tx, keys.iter().map(|key| key.variant_id)).await?;
    let before = present(tx, id, keys.iter().map(|key| key.variant_id)).await?;
    let named = |key: &PriceKey, (variant_id, quantity): (VariantId, i32)| {
        variant_id == key.variant_id && key.minimum_quantity.is_none_or(|wanted| wanted == quantity)
    };
    let unknown = keys.iter().enumerate().filter(|(_, key)| !before.keys().any(|row| named(key, *row)));
    let refusals: Vec<Refusal> =
        unknown.map(|(index, _)| Refusal::new(format!("prices.{index}"), Reason::PriceUnknown)).collect();
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let mut gone: BTreeMap<i32, Vec<VariantId>> = BTreeMap::new();
    for (variant_id, quantity) in before.keys().filter(|row| keys.iter().any(|key| named(key, **row))) {
        gone.entry(*quantity).or_default().push(*variant_id);
    }
    let mut these = Condition::any();
    for (quantity, variants) in &gone {
        let tier = price_list_price::Column::MinimumQuantity.eq(*quantity);
        let variants = price_list_price::Column::VariantId.is_in(padded(variants.iter().copied()));
        these = these.add(Condition::all().add(tier).add(variants));
    }
    let delete = price_list_price::Entity::delete_many().filter(price_list_price::Column::PriceListId.eq(id));
    delete.filter(these).exec(tx).await?;
    let asked: Vec<Asked> =
        gone.get(&1).into_iter().flatten().map(|variant_id| asked_of(&list, *variant_id, None)).collect();
    let touched = gone.values().flatten().copied();
    Ok(conclude(tx, author, list, &asked, touched, &products).await?)
}

fn ensure_count(count: usize) -> Result<(), Failure<Refusal>> {
    match count {
        0 => Err(Failure::refuse(Refusal::new("prices", Reason::Blank))),
        1..=MOST_PRICES => Ok(()),
        _ => Err(Failure::refuse(Refusal::new("prices", Reason::TooMany(MOST_PRICES)))),
    }
}

fn check(
    list: &price_list::Model,
    drafts: &[PriceDraft],
    products: &HashMap<VariantId, ProductId>,
    before: &Rows,
) -> Result<(), Failure<Refusal>> {
    let mut refusals = Vec::new();
    let mut refuse = |index: usize, field: &str, reason| {
        refusals.push(Refusal::new(format!("prices.{index}{field}"), reason));
    };
    let mut tiers: BTreeSet<(VariantId, i32)> = before.keys().copied().collect();
    let mut named = BTreeSet::new();
    for (index, draft) in drafts.iter().enumerate() {
        if !products.contains_key(&draft.variant_id) {
            refuse(index, ".variantId", Reason::VariantUnknown);
        }
        if !(1..=QUANTITY_MOST).contains(&draft.minimum_quantity) {
            refuse(index, ".minimumQuantity", Reason::QuantityOutOfRange(QUANTITY_MOST));
        }
        for (field, money) in [(".price", Some(draft.price)), (".compareAtPrice", draft.compare_at)] {
            match money {
                Some(money) if money.currency != list.currency => {
                    refuse(index, field, Reason::OtherCurrency(list.currency));
                }
                Some(money) if money.minor < 0 => refuse(index, field, Reason::Negative),
                Some(money) if money.minor > PRICE_MOST => refuse(index, field, Reason::TooLarge(PRICE_MOST)),
                Some(_) | None => {}
            }
        }
        let place = (draft.variant_id, draft.minimum_quantity);
        if !named.insert(place) {
            refuse(index, "", Reason::Twice);
        }
        tiers.insert(place);
        let of_variant = (draft.variant_id, i32::MIN)..=(draft.variant_id, i32::MAX);
        if tiers.range(of_variant).count() > TIERS_MOST {
            refuse(index, ".variantId", Reason::NoMoreTiers(TIERS_MOST));
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(Failure::Refused(refusals)) }
}

/// The products of some variants. The variants stay until the transaction ends, so that a price finds its variant.
async fn products_of(
    tx: &DatabaseTransaction,
    ids: impl Iterator<Item = VariantId>,
) -> Result<HashMap<VariantId, ProductId>, Failure<Refusal>> {
    let rows: Vec<(VariantId, ProductId)> = variant::Entity::find()
        .select_only()
        .column(variant::Column::Id)
        .column(variant::Column::ProductId)
        .filter(variant::Column::Id.is_in(padded(ids)))
        .order_by_asc(variant::Column::Id)
        .lock(LockType::KeyShare)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The prices that a list has for some variants.
async fn present(
    tx: &DatabaseTransaction,
    id: PriceListId,
    variants: impl Iterator<Item = VariantId>,
) -> Result<Rows, Failure<Refusal>> {
    let rows = price_list_price::Entity::find()
        .filter(price_list_price::Column::PriceListId.eq(id))
        .filter(price_list_price::Column::VariantId.is_in(padded(variants)))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.variant_id, row.minimum_quantity), row)).collect())
}

fn row(id: PriceListId, draft: &PriceDraft) -> price_list_price::Model {
    price_list_price::Model {
        price_list_id: id,
        variant_id: draft.variant_id,
        minimum_quantity: draft.minimum_quantity,
        amount_minor: draft.price.minor,
        compare_at_minor: draft.compare_at.map(|before| before.minor),
    }
}

fn asked_of(list: &price_list::Model, variant_id: VariantId, amount_minor: Option<i64>) -> Asked {
    Asked { variant_id, currency: list.currency, price_list_id: Some(list.id), amount_minor }
}

/// Writes down what is asked now, and tells of it.
async fn conclude(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    mut list: price_list::Model,
    asked: &[Asked],
    touched: impl Iterator<Item = VariantId>,
    products: &HashMap<VariantId, ProductId>,
) -> Result<price_list::Model, sea_orm::DbErr> {
    let now = author.sources.now();
    price_history::remember(tx, now, asked).await?;
    list.updated_at = now;
    save(tx, list.clone()).await?;
    let products: BTreeSet<ProductId> = touched.filter_map(|variant| products.get(&variant).copied()).collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    record(tx, author, list.id, Happened::PricesChanged, &products).await?;
    Ok(list)
}
