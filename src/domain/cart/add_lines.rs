//! Putting merchandise into a cart: equal lines merge, and no more goes in than is in stock.

use entity::{
    address::{Attribute, Attributes},
    cart::cart_line,
    ids::VariantId,
};
use sea_orm::DatabaseTransaction;

use super::{
    EditableCart, MOST_LINES, MOST_LINES_IN_ONE_CALL, MOST_OF_A_LINE, Reason, Refusal, Target, Warning, WarningKind,
    checks,
    model::{Lines, attributes_key},
    shelf::Shelf,
    store,
};
use crate::{
    domain::shared::{Error, Failure},
    platform::Sources,
};

/// Merchandise to put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// The variant.
    pub variant_id: VariantId,
    /// Units, 1 to 999.
    pub quantity: i32,
    /// Attributes of the front end.
    pub attributes: Vec<Attribute>,
    /// Whether it was meant to go below another line, which is refused.
    pub nested: bool,
}

/// Adds lines. What the cart holds already is never lowered: when stock ran short meanwhile, `problems` says so.
pub(super) async fn add_lines(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    new: Vec<NewLine>,
) -> Result<Vec<Warning>, Failure<Refusal>> {
    let mut refusals = check(&new)?;
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let now = sources.now();
    let mut lines = Lines::new(cart.lines());
    let variants: Vec<VariantId> = lines.variants().chain(new.iter().map(|new| new.variant_id)).collect();
    let shelf = Shelf::load_for(tx, cart.cart(), now, &variants).await?;
    let mut warnings = Vec::new();
    for (index, new) in new.into_iter().enumerate() {
        if !shelf.purchasable(new.variant_id) {
            refusals.push(Refusal::at(Reason::MerchandiseNotFound, "lines", index, "merchandiseId"));
            continue;
        }
        let key = attributes_key(&new.attributes);
        let same = lines.same(new.variant_id, &key).map(|line| (line.id, line.quantity));
        let (id, current) = same.map_or((None, 0), |(id, quantity)| (Some(id), quantity));
        let wanted = current.saturating_add(new.quantity);
        if wanted > MOST_OF_A_LINE {
            refusals.push(Refusal::at(Reason::QuantityTooLarge, "lines", index, "quantity"));
            continue;
        }
        let room = shelf.room(&lines, new.variant_id, id);
        let granted = granted(wanted, room).max(current);
        let target = match id {
            Some(id) => {
                lines.get_mut(id).into_iter().for_each(|line| line.quantity = granted);
                Target::Line(id)
            }
            None if granted == 0 => Target::Variant(new.variant_id),
            None if lines.len() >= MOST_LINES => {
                refusals.push(Refusal::new(Reason::CartTooLarge, &["lines"]));
                break;
            }
            None => {
                let line = cart_line::Model {
                    id: sources.id(),
                    cart_id: cart.cart().id,
                    variant_id: new.variant_id,
                    quantity: granted,
                    attributes: Attributes(new.attributes),
                    attributes_key: key,
                    created_at: now,
                };
                let target = Target::Line(line.id);
                lines.push(line);
                target
            }
        };
        if granted < wanted {
            warnings.push(short(&shelf, new.variant_id, target, Shortage { room, quantity: granted }));
        }
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    store::write_lines(tx, lines.changes()).await?;
    Ok(warnings)
}

/// Units that stock allows of those wanted.
pub(super) fn granted(wanted: i32, room: Option<i64>) -> i32 {
    room.map_or(wanted, |room| wanted.min(i32::try_from(room).unwrap_or(i32::MAX)))
}

/// How short the stock is: what it has room for, and what the line got.
pub(super) struct Shortage {
    pub(super) room: Option<i64>,
    pub(super) quantity: i32,
}

/// The warning that a line got fewer units than wanted.
pub(super) fn short(shelf: &Shelf, variant: VariantId, target: Target, shortage: Shortage) -> Warning {
    let title = shelf.title(variant);
    let kind = if shortage.room == Some(0) {
        WarningKind::OutOfStock { title }
    } else {
        WarningKind::NotEnoughStock { title, quantity: shortage.quantity }
    };
    Warning::new(kind, target)
}

fn check(new: &[NewLine]) -> Result<Vec<Refusal>, Error> {
    if new.len() > MOST_LINES_IN_ONE_CALL {
        return Ok(vec![Refusal::new(Reason::TooManyAtOnce { most: MOST_LINES_IN_ONE_CALL }, &["lines"])]);
    }
    let mut refusals = Vec::new();
    for (index, line) in new.iter().enumerate() {
        if line.quantity < 1 {
            refusals.push(Refusal::at(Reason::QuantityTooSmall { least: 1 }, "lines", index, "quantity"));
        }
        if line.quantity > MOST_OF_A_LINE {
            refusals.push(Refusal::at(Reason::QuantityTooLarge, "lines", index, "quantity"));
        }
        if line.nested {
            refusals.push(Refusal::at(Reason::NestedLine, "lines", index, "parent"));
        }
        refusals.extend(checks::attributes(&line.attributes, &["lines", &index.to_string(), "attributes"])?);
    }
    Ok(refusals)
}
