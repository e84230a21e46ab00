//! Which documents billed what a credit note credits.

use std::collections::BTreeSet;

use entity::invoice::invoice::InvoiceKind;
use uuid::Uuid;

use super::{Invoice, issue::read, statement::Statement};
use crate::domain::shared::Error;

/// Units of a line that a document billed and that none credited yet.
struct Billed {
    place: usize,
    line: Uuid,
    units: i64,
}

/// Number and day of the documents that billed what is credited, of an order's documents from the oldest on. Of units that several
/// billed, the newest are credited first. What belongs to no line belongs to the first invoice.
pub(super) fn billed_on(documents: &[Invoice], credited: &Statement) -> Result<Vec<(String, String)>, Error> {
    let mut left: Vec<Billed> = Vec::new();
    for (place, row) in documents.iter().enumerate() {
        for line in Statement::of(row)?.lines {
            let units = match row.kind {
                InvoiceKind::Invoice => line.quantity,
                InvoiceKind::CreditNote => -line.quantity,
            };
            if units > 0 {
                left.push(Billed { place, line: line.id, units });
            } else {
                take(&mut left, line.id, -units);
            }
        }
    }
    let mut on: BTreeSet<usize> = BTreeSet::new();
    for line in &credited.lines {
        on.extend(take(&mut left, line.id, line.quantity));
    }
    if on.is_empty() {
        on.extend(documents.iter().position(|row| row.kind == InvoiceKind::Invoice));
    }
    let named = on.into_iter().filter_map(|place| documents.get(place)).map(|row| {
        let snapshot = read(row)?;
        Ok((snapshot.number, snapshot.date))
    });
    named.collect()
}

/// Takes units of a line off the newest documents that billed it; says which.
fn take(left: &mut [Billed], line: Uuid, mut units: i64) -> Vec<usize> {
    let mut places = Vec::new();
    for billed in left.iter_mut().rev().filter(|billed| billed.line == line && billed.units > 0) {
        if units < 1 {
            break;
        }
        let part = units.min(billed.units);
        (units, billed.units) = (units - part, billed.units - part);
        places.push(billed.place);
    }
    places
}
