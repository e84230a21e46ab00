//! The catalog in the API: products, variants, collections and search.

mod collection;
mod enums;
mod image;
mod image_transform;
mod kept;
mod loaders;
mod option;
mod parts;
mod product;
mod queries;
mod search;
mod variant;

pub use collection::Collection;
pub use enums::{
    CollectionSortKeys, ProductCollectionSortKeys, ProductSortKeys, ProductStatus, SearchPrefixQueryType,
    SearchSortKeys, SearchType, SearchUnavailableProductsType,
};
pub use image::{Image, Media, MediaImage};
pub use loaders::CatalogLoader;
pub use option::{ProductOption, ProductOptionValue};
pub use parts::{ProductPriceRange, SelectedOption, SelectedOptionInput, Seo};
pub use product::Product;
pub use queries::{CatalogQuery, matching, visible};
pub use search::SearchResultItem;
pub use variant::ProductVariant;
