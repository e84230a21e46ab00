//! Tables of what customers keep.

pub mod customer_address;
