//! The catalog in the API: products, variants, collections and search.

mod buyer_prices;
mod collection;
mod enums;
mod image;
mod image_transform;
mod kept;
mod loaders;
mod measure;
mod option;
mod parts;
mod product;
mod queries;
mod recommend;
mod search;
mod variant;

pub use buyer_prices::market;
pub use collection::Collection;
pub use enums::{
    CollectionSortKeys, ProductCollectionSortKeys, ProductSortKeys, ProductStatus, SearchPrefixQueryType,
    SearchSortKeys, SearchType, SearchUnavailableProductsType,
};
pub use image::{Image, Media, MediaImage};
pub use loaders::CatalogLoader;
pub use measure::UnitPriceMeasurementMeasuredUnit;
pub use option::{ProductOption, ProductOptionValue};
pub use parts::{ProductPriceRange, QuantityPriceBreak, SelectedOption, SelectedOptionInput, Seo};
pub use product::Product;
pub use queries::{CatalogQuery, matching, named_collection, named_product};
pub use recommend::{ProductRecommendationIntent, RecommendationQuery};
pub use search::SearchResultItem;
pub use variant::ProductVariant;
