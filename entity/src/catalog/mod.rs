//! Tables of the catalog.

pub mod collection;
pub mod collection_product;
pub mod measure_unit;
pub mod option_swatch;
pub mod product;
pub mod product_image;
pub mod product_option;
pub mod product_tag;
pub mod variant;
pub mod variant_price;
