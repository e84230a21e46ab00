//! Changing lines: quantity (0 removes the line), variant, attributes. Lines that become equal become one.

use std::collections::HashMap;

use entity::{
    address::{Attribute, Attributes},
    ids::{CartLineId, VariantId},
};
use sea_orm::DatabaseTransaction;

use super::{
    EditableCart, MOST_LINES_IN_ONE_CALL, MOST_OF_A_LINE, Reason, Refusal, Target, Warning,
    add_lines::{Shortage, granted, short},
    checks,
    model::{Lines, attributes_key},
    shelf::Shelf,
    store,
};
use crate::{
    domain::shared::{Error, Failure},
    platform::Sources,
};

/// A change of one line; `None` leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineUpdate {
    /// The line.
    pub id: CartLineId,
    /// Another variant.
    pub variant_id: Option<VariantId>,
    /// Units, 0 to 999; 0 removes the line.
    pub quantity: Option<i32>,
    /// Attributes in place of the present ones.
    pub attributes: Option<Vec<Attribute>>,
}

pub(super) async fn update_lines(
    tx: &DatabaseTransaction,
    sources: &Sources,
    cart: &EditableCart,
    updates: Vec<LineUpdate>,
) -> Result<Vec<Warning>, Failure<Refusal>> {
    let refusals = check(&updates)?;
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let mut lines = Lines::new(cart.lines());
    let variants: Vec<VariantId> =
        lines.variants().chain(updates.iter().filter_map(|update| update.variant_id)).collect();
    let shelf = Shelf::load_for(tx, cart.cart(), sources.now(), &variants).await?;
    let Wishes { touched, mut warnings } = set_wishes(&mut lines, &shelf, updates)?;
    warnings.extend(keep_to_stock(&mut lines, &shelf, &touched));
    store::write_lines(tx, lines.changes()).await?;
    Ok(warnings)
}

/// A line whose units have to be compared with the stock, and the units it had before.
struct Touched {
    id: CartLineId,
    before: i32,
}

/// What was set, before the stock is looked at.
#[derive(Default)]
struct Wishes {
    touched: Vec<Touched>,
    warnings: Vec<Warning>,
}

/// Gives every line what was asked for, whatever the stock, and joins lines that became equal.
fn set_wishes(lines: &mut Lines, shelf: &Shelf, updates: Vec<LineUpdate>) -> Result<Wishes, Failure<Refusal>> {
    let mut refusals = Vec::new();
    let mut wishes = Wishes::default();
    let mut joined: HashMap<CartLineId, CartLineId> = HashMap::new();
    for (index, update) in updates.into_iter().enumerate() {
        let id = joined.get(&update.id).copied().unwrap_or(update.id);
        let Some(mut line) = lines.get(id).cloned() else {
            refusals.push(Refusal::at(Reason::LineNotFound, "lines", index, "id"));
            continue;
        };
        if update.quantity == Some(0) {
            lines.remove(id);
            continue;
        }
        let other = update.variant_id.filter(|variant| *variant != line.variant_id);
        if let Some(variant_id) = other {
            if !shelf.purchasable(variant_id) {
                refusals.push(Refusal::at(Reason::MerchandiseNotFound, "lines", index, "merchandiseId"));
                continue;
            }
            let room = shelf.room(lines, variant_id, Some(id));
            if room == Some(0) {
                // The line stays what it was: a sold-out variant in its place would help nobody.
                let shortage = Shortage { room, quantity: line.quantity };
                wishes.warnings.push(short(shelf, variant_id, Target::Line(id), shortage));
                continue;
            }
            line.variant_id = variant_id;
        }
        if update.quantity.is_some() || other.is_some() {
            let before = wishes.forget(id).unwrap_or(line.quantity);
            wishes.touched.push(Touched { id, before: if other.is_some() { 0 } else { before } });
        }
        line.quantity = update.quantity.unwrap_or(line.quantity);
        if let Some(attributes) = update.attributes {
            line.attributes_key = attributes_key(&attributes);
            line.attributes = Attributes(attributes);
        }
        match lines.twin_of(&line).map(|twin| (twin.id, twin.quantity)) {
            None => lines.replace(line),
            Some((_, quantity)) if quantity + line.quantity > MOST_OF_A_LINE => {
                refusals.push(Refusal::at(Reason::QuantityTooLarge, "lines", index, "quantity"));
            }
            Some((twin, quantity)) => {
                let before = wishes.forget(id).unwrap_or(line.quantity);
                wishes.touched.push(Touched { id: twin, before: quantity + before });
                lines.remove(id);
                lines.get_mut(twin).into_iter().for_each(|twin| twin.quantity += line.quantity);
                joined.insert(id, twin);
            }
        }
    }
    if refusals.is_empty() { Ok(wishes) } else { Err(Failure::Refused(refusals)) }
}

impl Wishes {
    /// Takes a line that is gone out of the touched ones; its units before, if it was one.
    fn forget(&mut self, id: CartLineId) -> Option<i32> {
        let before = self.touched.iter().find(|touched| touched.id == id).map(|touched| touched.before);
        self.touched.retain(|touched| touched.id != id);
        before
    }
}

/// Lowers the touched lines to what is in stock. The last ones give way first, so that the order of the call decides
/// which line keeps its units. Where nothing is left at all, a line keeps what it had and `problems` says so.
fn keep_to_stock(lines: &mut Lines, shelf: &Shelf, touched: &[Touched]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for touched in touched.iter().rev() {
        let Some(line) = lines.get(touched.id) else { continue };
        let (variant, wanted) = (line.variant_id, line.quantity);
        let room = shelf.room(lines, variant, Some(touched.id));
        let quantity = match granted(wanted, room) {
            0 => wanted.min(touched.before.max(1)),
            some => some,
        };
        if room.is_some_and(|room| i64::from(wanted) > room) {
            warnings.push(short(shelf, variant, Target::Line(touched.id), Shortage { room, quantity }));
        }
        lines.get_mut(touched.id).into_iter().for_each(|line| line.quantity = quantity);
    }
    warnings.reverse();
    warnings
}

fn check(updates: &[LineUpdate]) -> Result<Vec<Refusal>, Error> {
    if updates.len() > MOST_LINES_IN_ONE_CALL {
        return Ok(vec![Refusal::new(Reason::TooManyAtOnce { most: MOST_LINES_IN_ONE_CALL }, &["lines"])]);
    }
    let mut refusals = Vec::new();
    for (index, update) in updates.iter().enumerate() {
        match update.quantity {
            Some(..0) => {
                refusals.push(Refusal::at(Reason::QuantityTooSmall { least: 0 }, "lines", index, "quantity"));
            }
            Some(quantity) if quantity > MOST_OF_A_LINE => {
                refusals.push(Refusal::at(Reason::QuantityTooLarge, "lines", index, "quantity"));
            }
            Some(_) | None => {}
        }
        if let Some(attributes) = &update.attributes {
            refusals.extend(checks::attributes(attributes, &["lines", &index.to_string(), "attributes"])?);
        }
    }
    Ok(refusals)
}
