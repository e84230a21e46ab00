//! Staff change stock: by a difference, or to a count. All lines of a call or none.

use std::collections::{HashMap, HashSet};

use entity::{
    ids::{LocationId, VariantId},
    inventory::{
        stock_level::{self, Column, Entity},
        stock_movement::MovementReason,
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;

use super::{
    errors::{Reason, Refusal},
    levels::{self, Stocked, UNITS_MOST},
    location,
};
use crate::{
    domain::shared::{Author, Failure},
    platform::outbox::{self, Fact},
};

/// Most lines of one call.
pub const LINES_MOST: usize = 250;

/// A change by a difference.
#[derive(Clone, Copy, Debug)]
pub struct Adjustment {
    /// The variant.
    pub variant_id: VariantId,
    /// The location; `None`: the default one.
    pub location_id: Option<LocationId>,
    /// Units more, or fewer when negative.
    pub delta: i64,
}

/// A change to a count.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// The variant.
    pub variant_id: VariantId,
    /// The location; `None`: the default one.
    pub location_id: Option<LocationId>,
    /// Units that shall be there.
    pub quantity: i64,
    /// Units that the caller believes to be there; the change is refused when it is wrong.
    pub compare_quantity: Option<i64>,
}

/// Changes stock by differences. Returns the levels after it, in the order of the lines.
///
/// # Errors
/// A line that names nothing, comes twice, leaves less than is held for orders (unless the variant is sold beyond its
/// stock) or more than [`UNITS_MOST`].
pub async fn adjust(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    reason: MovementReason,
    changes: &[Adjustment],
) -> Result<Vec<stock_level::Model>, Failure<Refusal>> {
    let line = |change: &Adjustment| Line {
        variant_id: change.variant_id,
        location_id: change.location_id,
        step: Step::By(change.delta),
    };
    change(tx, author, reason, ("changes", changes.iter().map(line).collect())).await
}

/// Changes stock to counts. Returns the levels after it, in the order of the lines.
///
/// # Errors
/// As [`adjust`]; also a `compare_quantity` that is not what is there.
pub async fn set(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    reason: MovementReason,
    counts: &[Count],
) -> Result<Vec<stock_level::Model>, Failure<Refusal>> {
    let line = |count: &Count| Line {
        variant_id: count.variant_id,
        location_id: count.location_id,
        step: Step::To { quantity: count.quantity, compare: count.compare_quantity },
    };
    change(tx, author, reason, ("quantities", counts.iter().map(line).collect())).await
}

#[derive(Clone, Copy, Debug)]
enum Step {
    By(i64),
    To { quantity: i64, compare: Option<i64> },
}

#[derive(Clone, Copy, Debug)]
struct Line {
    variant_id: VariantId,
    location_id: Option<LocationId>,
    step: Step,
}

type Place = (VariantId, LocationId);

async fn change(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    reason: MovementReason,
    (list, lines): (&str, Vec<Line>),
) -> Result<Vec<stock_level::Model>, Failure<Refusal>> {
    if lines.is_empty() {
        return Err(Failure::refuse(Refusal::new(list, Reason::Nothing)));
    }
    if lines.len() > LINES_MOST {
        return Err(Failure::refuse(Refusal::new(list, Reason::TooMany(LINES_MOST))));
    }
    let variant_ids: Vec<VariantId> =
        lines.iter().map(|line| line.variant_id).collect::<HashSet<_>>().into_iter().collect();
    let stocked = levels::stocked(tx, &variant_ids).await?;
    let places = places(tx, list, &lines, &stocked).await?;

    let mut before = levels::lock(tx, &variant_ids).await?;
    let known: HashSet<Place> = before.iter().map(|level| (level.variant_id, level.location_id)).collect();
    let missing: Vec<Place> = places.iter().copied().filter(|place| !known.contains(place)).collect();
    if !missing.is_empty() {
        add_empty(tx, author, &missing).await?;
        before = levels::lock(tx, &variant_ids).await?;
    }

    let on_hand: HashMap<Place, (i64, i64)> =
        before.iter().map(|level| ((level.variant_id, level.location_id), (level.on_hand, level.reserved))).collect();
    let mut refusals = Vec::new();
    let mut movements = Vec::new();
    // The levels are locked, so the order of the updates does not matter.
    for (index, (line, place)) in lines.iter().zip(&places).enumerate() {
        let (there, reserved) = on_hand.get(place).copied().unwrap_or((0, 0));
        let target = match line.step {
            Step::By(delta) => there.saturating_add(delta),
            Step::To { quantity, .. } => quantity,
        };
        let continue_selling = stocked.get(&line.variant_id).is_some_and(|stocked| stocked.continue_selling);
        if let Some(reason) = objection(line.step, there, target, (!continue_selling).then_some(reserved)) {
            let field = match (line.step, reason) {
                (Step::By(_), _) => "delta",
                (Step::To { .. }, Reason::Moved { .. }) => "compareQuantity",
                (Step::To { .. }, _) => "quantity",
            };
            refusals.push(Refusal::new(format!("{list}.{index}.{field}"), reason));
        } else if target != there {
            write(tx, author, *place, Write { there, target, reserved }).await?;
            movements.push(levels::movement(author, *place, target - there, reason));
        }
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let changed: HashSet<VariantId> = movements.iter().map(|movement| movement.variant_id).collect();
    levels::record_movements(tx, movements).await?;
    let after = levels::levels_of(tx, &variant_ids).await?;
    let facts = facts(author, &stocked, &changed, (&before, &after));
    outbox::record_many(tx, author.sources, facts).await?;

    let mut after: HashMap<Place, stock_level::Model> =
        after.into_iter().map(|level| ((level.variant_id, level.location_id), level)).collect();
    Ok(places.iter().filter_map(|place| after.remove(place)).collect())
}

/// Which variant and location each line means.
async fn places(
    tx: &DatabaseTransaction,
    list: &str,
    lines: &[Line],
    stocked: &HashMap<VariantId, Stocked>,
) -> Result<Vec<Place>, Failure<Refusal>> {
    let all = location::locations(tx).await?;
    let default = location::default_location(tx).await?;
    let mut refusals = Vec::new();
    let mut places = Vec::with_capacity(lines.len());
    let mut seen = HashSet::new();
    for (index, line) in lines.iter().enumerate() {
        let location_id = line.location_id.unwrap_or(default);
        if !stocked.contains_key(&line.variant_id) {
            refusals.push(Refusal::new(format!("{list}.{index}.variantId"), Reason::UnknownVariant));
        } else if !all.iter().any(|location| location.id == location_id) {
            refusals.push(Refusal::new(format!("{list}.{index}.locationId"), Reason::UnknownLocation));
        } else if !seen.insert((line.variant_id, location_id)) {
            refusals.push(Refusal::new(format!("{list}.{index}.variantId"), Reason::Twice));
        }
        places.push((line.variant_id, location_id));
    }
    if refusals.is_empty() { Ok(places) } else { Err(Failure::Refused(refusals)) }
}

async fn add_empty(tx: &DatabaseTransaction, author: Author<'_>, places: &[Place]) -> Result<(), DbErr> {
    let rows = places.iter().map(|(variant_id, location_id)| {
        let row = stock_level::Model {
            variant_id: *variant_id,
            location_id: *location_id,
            on_hand: 0,
            reserved: 0,
            updated_at: author.sources.now(),
        };
        row.into_active_model().reset_all()
    });
    let known = OnConflict::columns([Column::VariantId, Column::LocationId]).do_nothing().to_owned();
    let insert = Entity::insert_many(rows.collect::<Vec<_>>()).on_conflict(known);
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// What speaks against having `target` units there; `reserved` is given where no fewer may be left.
fn objection(step: Step, there: i64, target: i64, reserved: Option<i64>) -> Option<Reason> {
    if let Step::To { compare: Some(compare), .. } = step
        && compare != there
    {
        return Some(Reason::Moved { on_hand: there });
    }
    if matches!(step, Step::To { .. }) && target < 0 {
        return Some(Reason::Negative);
    }
    if target.saturating_abs() > UNITS_MOST {
        return Some(Reason::TooLarge(UNITS_MOST));
    }
    match reserved {
        // Units that are missing already may come back one by one.
        Some(reserved) if target < reserved && target < there => Some(Reason::BelowReserved { reserved }),
        Some(_) | None => None,
    }
}

#[derive(Clone, Copy, Debug)]
struct Write {
    there: i64,
    target: i64,
    reserved: i64,
}

/// Compare and set: the level is still what the decision was made on.
async fn write(tx: &DatabaseTransaction, author: Author<'_>, place: Place, write: Write) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::OnHand, Expr::col(Column::OnHand).add(write.target - write.there))
        .col_expr(Column::UpdatedAt, Expr::value(author.sources.now()))
        .filter(Column::VariantId.eq(place.0))
        .filter(Column::LocationId.eq(place.1))
        .filter(Column::OnHand.eq(write.there))
        .filter(Column::Reserved.eq(write.reserved));
    match update.exec(tx).await?.rows_affected {
        1 => Ok(()),
        _ => Err(DbErr::RecordNotUpdated),
    }
}

fn facts(
    author: Author<'_>,
    stocked: &HashMap<VariantId, Stocked>,
    changed: &HashSet<VariantId>,
    (before, after): (&[stock_level::Model], &[stock_level::Model]),
) -> Vec<Fact> {
    let available = |levels: &[stock_level::Model], id: VariantId| -> i64 {
        levels.iter().filter(|level| level.variant_id == id).map(|level| level.on_hand - level.reserved).sum()
    };
    let mut changed: Vec<VariantId> = changed.iter().copied().collect();
    changed.sort_unstable();
    let mut facts = Vec::new();
    for id in changed {
        let Some(stocked) = stocked.get(&id) else { continue };
        let (was, is) = (available(before, id), available(after, id));
        let data = json!({
            "variant_id": id, "product_id": stocked.product_id, "available": is, "account_id": author.account_id,
        });
        let crossing = match stocked.tracked {
            true if was > 0 && is <= 0 => Some("inventory.out_of_stock"),
            true if was <= 0 && is > 0 => Some("inventory.back_in_stock"),
            true | false => None,
        };
        for kind in std::iter::once("inventory.adjusted").chain(crossing) {
            facts.push(Fact { kind, subject_type: "variant", subject_id: id.0, data: data.clone() });
        }
    }
    facts
}
