//! Tables of carts.

#[expect(clippy::module_inception, reason = "the folder is the domain, the file its table")]
pub mod cart;
pub mod cart_address;
pub mod cart_line;
