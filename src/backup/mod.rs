//! `cartwright backup` and `cartwright restore`: a whole shop in one file that either database can take in.
//!
//! `tables` asks the database what there is, `cell` writes one value so that both databases read the same, `file` is the
//! form of the file, [`write`] and [`restore`] do the work. Nothing here knows a table by name, so a new one is never forgotten.

mod cell;
mod file;
mod restore;
mod tables;
mod write;

pub use file::{Header, Summary, verify};
pub use restore::restore;
pub use tables::{Column, Counter, Table, tables};
pub use write::backup;
