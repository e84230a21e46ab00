//! Taking lines out of a cart.

use entity::ids::CartLineId;
use sea_orm::DatabaseTransaction;

use super::{EditableCart, MOST_LINES, Reason, Refusal, Warning, model::Lines, store};
use crate::domain::shared::Failure;

pub(super) async fn remove_lines(
    tx: &DatabaseTransaction,
    cart: &EditableCart,
    ids: &[CartLineId],
) -> Result<Vec<Warning>, Failure<Refusal>> {
    if ids.len() > MOST_LINES {
        return Err(Failure::refuse(Refusal::new(Reason::TooManyAtOnce { most: MOST_LINES }, &["lineIds"])));
    }
    let mut lines = Lines::new(cart.lines());
    let mut refusals = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        // A line named twice is gone the second time; that it was there is what counts.
        if lines.get(*id).is_none() && !cart.lines().iter().any(|line| line.id == *id) {
            refusals.push(Refusal::new(Reason::LineNotFound, &["lineIds", &index.to_string()]));
        }
        lines.remove(*id);
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    store::write_lines(tx, lines.changes()).await?;
    Ok(Vec::new())
}
