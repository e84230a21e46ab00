//! The catalog: products, their variants, prices, pictures and collections, and finding them by words.
//!
//! Here it is read. Shoppers see what is active and published, staff who may read products see everything:
//! [`Sight`] is the one place that says so.

pub mod choose;
mod filter;
mod keyset;
pub mod labels;
pub mod list;
mod model;
mod sales;
pub mod search_query;
mod sellable;
pub mod sort;
pub mod store;

pub use entity::catalog::{
    collection::Model as Collection,
    product::{Model as Product, ProductStatus},
    product_image::Model as ProductImage,
    product_option::Model as ProductOption,
};
pub use model::{PriceRange, Sight, Variant, is_published, shortened, withheld};
pub use sales::add_units_sold;
pub use sellable::{Sellable, sellable};
