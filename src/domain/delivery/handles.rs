//! Handles: one name for each rate and pick-up, so that a choice means one thing only.

use sea_orm::DatabaseTransaction;

use super::{
    errors::{Reason, Refusal},
    store,
};
use crate::domain::{
    catalog::handle::{first_free, of_title},
    shared::Failure,
};

/// Longest handle.
const HANDLE_MOST: usize = 100;

/// The handles in use, and those given out in the same call. The shop's lock is held.
#[derive(Debug)]
pub(super) struct Handles(Vec<String>);

impl Handles {
    /// Reads them.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn read(tx: &DatabaseTransaction) -> Result<Self, Failure<Refusal>> {
        Ok(Self(store::handles(tx).await?))
    }

    /// The handle that staff want, or one made of the title.
    pub(super) fn give(&mut self, at: &str, wanted: Option<&str>, title: &str, refusals: &mut Vec<Refusal>) -> String {
        let handle = match wanted {
            Some(wanted) => {
                let wanted = wanted.trim();
                if !has_form(wanted) {
                    refusals.push(Refusal::new(at, Reason::HandleForm));
                } else if self.0.iter().any(|taken| taken == wanted) {
                    refusals.push(Refusal::new(at, Reason::HandleTaken));
                }
                wanted.to_owned()
            }
            None => {
                let base: String = of_title(title).chars().take(HANDLE_MOST - 10).collect();
                first_free(if base.is_empty() { "delivery" } else { &base }, &self.0)
            }
        };
        self.0.push(handle.clone());
        handle
    }
}

fn has_form(handle: &str) -> bool {
    let clean = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (1..=HANDLE_MOST).contains(&handle.len()) && handle.chars().all(clean)
}
