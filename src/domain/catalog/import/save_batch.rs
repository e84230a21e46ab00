//! Saving products of a file, many in one transaction. When one of them makes the transaction fail, each is tried again
//! in a transaction of its own, so that one product's trouble stays its own.

use std::collections::HashMap;

use entity::{
    ids::{LocationId, VariantId},
    inventory::stock_movement::MovementReason,
    money::Currency,
};
use sea_orm::DatabaseTransaction;

use super::{
    ImportError, Options,
    assemble::{Assembled, Context, Outcome, assemble},
    columns::Columns,
    groups::{Group, Row},
    report::{Problem, Report, Severity},
};
use crate::{
    domain::{
        catalog::{
            lookup,
            unique_handle::was_taken_meanwhile,
            whole_store::{self, Saved},
        },
        inventory::{self, Count, NewLevel},
        shared::{Author, Error, Failure},
    },
    platform::{Database, Sources, tx},
};

/// Saves batch after batch and keeps the report.
#[derive(Debug)]
pub struct Batches<'a> {
    /// The database.
    pub db: &'a Database,
    /// Clock and ids.
    pub sources: &'a Sources,
    /// How to import.
    pub options: &'a Options,
    /// Where the file has which column.
    pub columns: &'a Columns,
    /// The shop's currency.
    pub currency: Currency,
    /// What was done so far.
    pub report: Report,
}

/// What a transaction did.
#[derive(Debug, Default)]
struct Done {
    outcomes: Vec<Option<Saved>>,
    variants_created: usize,
    rows_refused: u64,
    problems: Vec<Problem>,
}

/// Why a transaction was undone.
#[derive(Debug)]
enum Undone {
    /// One product is in the way; the others may be taken.
    Product(String),
    /// The database failed.
    Error(Error),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<sea_orm::DbErr> for Undone {
    fn from(error: sea_orm::DbErr) -> Self {
        if was_taken_meanwhile(&error) {
            Self::Product("somebody else took its handle at the same moment; import the file again".to_owned())
        } else {
            Self::Error(error.into())
        }
    }
}

impl From<Failure<inventory::Refusal>> for Undone {
    fn from(failure: Failure<inventory::Refusal>) -> Self {
        match failure {
            Failure::Error(error) => Self::Error(error),
            Failure::Refused(refusals) => {
                let messages: Vec<String> = refusals.iter().map(|refusal| format!("stock: {refusal}")).collect();
                Self::Product(messages.join("; "))
            }
        }
    }
}

impl Batches<'_> {
    /// Saves some products.
    ///
    /// # Errors
    /// The database's.
    pub async fn save(&mut self, batch: Vec<(Group, Vec<Row>)>) -> Result<(), ImportError> {
        match self.attempt(&batch).await {
            Ok(done) => self.count(done),
            Err(Undone::Error(error)) if batch.len() <= 1 => return Err(ImportError::Shop(error)),
            Err(_) => {
                for product in batch {
                    self.save_one(product).await?;
                }
            }
        }
        Ok(())
    }

    async fn save_one(&mut self, product: (Group, Vec<Row>)) -> Result<(), ImportError> {
        let (line, handle) = (product.1.first().map_or(0, |row| row.line), product.0.handle.clone());
        match self.attempt(&[product]).await {
            Ok(done) => self.count(done),
            Err(Undone::Error(error)) => return Err(ImportError::Shop(error)),
            Err(Undone::Product(message)) => {
                self.report.refused += 1;
                self.report.add(vec![Problem { line, severity: Severity::Refused, handle: Some(handle), message }]);
            }
        }
        Ok(())
    }

    fn count(&mut self, done: Done) {
        for outcome in done.outcomes {
            match outcome {
                Some(Saved::Created) => self.report.created += 1,
                Some(Saved::Updated) => self.report.updated += 1,
                Some(Saved::Unchanged) => self.report.unchanged += 1,
                None => self.report.refused += 1,
            }
        }
        self.report.variants_created += u64::try_from(done.variants_created).unwrap_or(0);
        self.report.rows_refused += done.rows_refused;
        self.report.add(done.problems);
    }

    async fn attempt(&self, batch: &[(Group, Vec<Row>)]) -> Result<Done, Undone> {
        let tx = tx::begin(self.db).await?;
        let done = self.write(&tx, batch).await?;
        if self.options.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
        }
        Ok(done)
    }

    async fn write(&self, tx: &DatabaseTransaction, batch: &[(Group, Vec<Row>)]) -> Result<Done, Undone> {
        let author = Author { sources: self.sources, account_id: None };
        let handles: Vec<String> = batch.iter().map(|(group, _)| group.handle.clone()).collect();
        if self.options.set_stock {
            // Stock before product, the order in which a sale takes them.
            inventory::held(tx, &lookup::variant_ids_of_handles(tx, &handles).await?).await?;
        }
        let mut present = whole_store::lock_by_handle(tx, &handles, self.currency).await?;
        let sizes = &self.options.picture_sizes;
        let context = Context { columns: self.columns, currency: self.currency, sources: self.sources, sizes };

        let mut done = Done::default();
        let (mut changes, mut places) = (Vec::new(), Vec::new());
        let (mut new_levels, mut counts) = (Vec::new(), Vec::new());
        for (group, rows) in batch {
            let before = present.remove(&group.handle);
            let Outcome { assembled, problems, rows_refused } = assemble(context, &group.handle, rows, before.as_ref());
            done.problems.extend(problems);
            done.rows_refused += rows_refused;
            done.outcomes.push(None);
            let Some(Assembled { change, new_variants, counts: counted }) = assembled else { continue };
            let levels = new_variants.into_iter().map(|(variant_id, on_hand)| NewLevel { variant_id, on_hand });
            new_levels.extend(levels);
            counts.push(counted);
            places.push(done.outcomes.len() - 1);
            changes.push(change);
        }
        let saved = whole_store::save(tx, author, changes).await?;
        let location = inventory::default_location(tx).await?;
        inventory::open(tx, author, location, MovementReason::Import, &new_levels).await?;
        done.variants_created = new_levels.len();
        let restocked = if self.options.set_stock {
            restock(tx, author, location, &counts).await?
        } else {
            vec![false; counts.len()]
        };
        for ((place, saved), restocked) in places.into_iter().zip(saved).zip(restocked) {
            let saved = if restocked && saved == Saved::Unchanged { Saved::Updated } else { saved };
            if let Some(outcome) = done.outcomes.get_mut(place) {
                *outcome = Some(saved);
            }
        }
        Ok(done)
    }
}

/// Sets stock to the counts of each product; says for which products something changed.
async fn restock(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    location: LocationId,
    products: &[Vec<(VariantId, i64)>],
) -> Result<Vec<bool>, Undone> {
    let ids: Vec<VariantId> = products.iter().flatten().map(|(id, _)| *id).collect();
    let levels = inventory::levels_of(tx, &ids).await?;
    let here = levels.into_iter().filter(|level| level.location_id == location);
    let on_hand: HashMap<VariantId, i64> = here.map(|level| (level.variant_id, level.on_hand)).collect();
    let mut changed = Vec::with_capacity(products.len());
    for product in products {
        let moved = product.iter().filter(|(id, quantity)| on_hand.get(id).copied().unwrap_or(0) != *quantity);
        let counts: Vec<Count> = moved
            .map(|(variant_id, quantity)| Count {
                variant_id: *variant_id,
                location_id: Some(location),
                quantity: *quantity,
                compare_quantity: None,
            })
            .collect();
        if !counts.is_empty() {
            inventory::set(tx, author, MovementReason::Import, &counts).await?;
        }
        changed.push(!counts.is_empty());
    }
    Ok(changed)
}
