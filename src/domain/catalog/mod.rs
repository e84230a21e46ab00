//! The catalog: products, their variants, prices, pictures and collections, and finding them by words.
//!
//! Staff change it through one use case a file; all of them, and `import`, work out a `whole_product` and save what
//! differs. Shoppers see what is active and published, staff who may read products see everything:
//! [`Sight`] is the one place that says so.

mod arrange_collection;
pub mod cached;
pub mod checks;
pub mod choose;
mod create_product;
mod delete_product;
pub mod encoded;
mod errors;
pub mod filter;
pub mod handle;
pub mod hits;
pub mod html;
pub mod import;
mod keys;
pub mod keyset;
pub mod labels;
pub mod list;
pub mod lookup;
pub mod measure;
mod model;
mod patch;
mod publish_product;
pub mod recommend;
mod sales;
mod save_collection;
mod save_images;
mod save_variants;
pub mod search_query;
mod sellable;
pub mod sort;
pub mod store;
mod swatch;
mod tax_classes;
mod unique_handle;
mod update_product;
mod whole_product;
mod whole_store;

pub use arrange_collection::{add_to_collection, remove_from_collection};
pub use create_product::{ProductDraft, VariantDraft, create_product};
pub use delete_product::delete_product;
pub use entity::catalog::{
    collection::Model as Collection,
    product::{Model as Product, ProductStatus},
    product_image::Model as ProductImage,
    product_option::Model as ProductOption,
};
pub use errors::{Code, Reason, Refusal};
pub use model::{PriceRange, Sight, Variant, is_published, shortened, withheld};
pub use patch::{ImageDraft, OptionDraft, ProductPatch, VariantPatch, check_handle, check_seo, non_blank};
pub use publish_product::{publish_product, unpublish_product};
pub use sales::{add_units_sold, lock_products};
pub use save_collection::{CollectionPatch, CollectionTarget, create_collection, delete_collection, update_collection};
pub use save_images::{NewImage, add_images, remove_images};
pub use save_variants::{create_variants, delete_variants, update_variants};
pub use sellable::{Sellable, sellable};
pub use swatch::{OptionSwatch, SwatchDraft, SwatchKey, delete_swatch, set_swatch, swatches, swatches_of};
pub use update_product::{ProductChanges, Target, update_product};
