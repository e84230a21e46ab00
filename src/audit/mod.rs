//! `cartwright audit`: whether everything that must always hold does hold, read from the tables of a shop at work.
//!
//! `invariants` are queries over relations; `views.sql` makes those relations of our tables, `relations` are the ones that
//! only a file fills, `load` reads such files, `run` asks, and `report` says what was found.

mod invariants;
mod load;
mod relations;
mod report;
mod run;

pub use invariants::{Invariant, all};
pub use load::{Loaded, read_rows};
pub use report::{Broken, Finding, Outcome, Report};
pub use run::{Audit, ask_all, audit, make_relations};
