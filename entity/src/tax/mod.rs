//! Tables of taxes.

pub mod customer_tax;
pub mod tax_class;
pub mod tax_rate;
pub mod tax_settings;
pub mod tax_zone;
