//! The table of shop settings.

#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod shop;
