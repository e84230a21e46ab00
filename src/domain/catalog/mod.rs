//! The catalog: products, their variants, prices, pictures and collections, and finding them by words.
//!
//! Here it is read. Shoppers see what is active and published, staff who may read products see everything:
//! [`Sight`] is the one place that says so.

pub mod choose;
mod model;
pub mod store;

pub use entity::catalog::{
    collection::Model as Collection,
    product::{Model as Product, ProductStatus},
    product_image::Model as ProductImage,
    product_option::Model as ProductOption,
};
pub use model::{PriceRange, Sight, Variant, is_published, shortened, withheld};
