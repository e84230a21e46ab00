//! Tables of discounts.

#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod discount;
pub mod discount_code;
pub mod discount_customer;
pub mod discount_redemption;
pub mod rule;
