//! Tables of mails to shoppers.

#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod notification;
