//! The edge that speaks GraphQL: it translates, it never decides. Here the parts become the one schema.

use async_graphql::{MergedObject, MergedSubscription, Schema};

pub mod address;
pub mod area;
pub mod attribute;
pub mod cart;
pub mod catalog;
pub mod catalog_admin;
pub mod checkout;
pub mod codes;
pub mod content;
pub mod content_admin;
pub mod context;
pub mod cost_step;
pub mod customer;
pub mod delivery;
mod directives;
pub mod discount;
pub mod errors;
mod execute;
pub mod gift_card;
pub mod global_id;
pub mod guards;
pub mod idempotency;
pub mod in_context;
pub mod inventory;
pub mod loaders;
pub mod node;
pub mod oddities;
pub mod operations;
pub mod order;
pub mod pagination;
pub mod price_list;
pub mod scalars;
pub mod shop;
pub mod staff;
pub mod tax;
mod tax_line;
pub mod transaction;

pub use execute::{execute, prepare};

/// Everything that can be read.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    shop::ShopQuery,
    catalog::CatalogQuery,
    catalog::RecommendationQuery,
    catalog_admin::SwatchQuery,
    oddities::CatalogOddities,
    content::ContentQuery,
    cart::CartQuery,
    order::OrderQuery,
    order::OrderEditQuery,
    node::NodeQuery,
    customer::CustomerQuery,
    staff::StaffQuery,
    inventory::InventoryQuery,
    delivery::DeliveryQuery,
    discount::DiscountQuery,
    gift_card::GiftCardQuery,
    tax::TaxQuery,
    operations::OperationsQuery,
    price_list::PriceListQuery,
);

/// Everything that can be changed. The fields of one request run one after the other.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    cart::CartMutation,
    checkout::CheckoutMutation,
    checkout::SavedMethodMutation,
    order::OrderMutation,
    order::OrderEditMutation,
    customer::CustomerMutation,
    staff::StaffMutation,
    catalog_admin::CatalogAdminMutation,
    content_admin::ContentAdminMutation,
    inventory::InventoryMutation,
    delivery::DeliveryMutation,
    discount::DiscountMutation,
    gift_card::GiftCardMutation,
    tax::TaxMutation,
    operations::OperationsMutation,
    price_list::PriceListMutation,
);

/// Everything that can be watched, over WebSocket or server-sent events.
#[derive(Debug, Default, MergedSubscription)]
pub struct Subscription(order::OrderSubscription);

/// The schema that is served.
pub type CartwrightSchema = Schema<Query, Mutation, Subscription>;

/// Builds the schema. `introspection` off refuses `__schema` and `__type`.
#[must_use]
pub fn schema(introspection: bool) -> CartwrightSchema {
    let builder = Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .directive(directives::InContext)
        .directive(directives::Defer)
        .disable_suggestions();
    let builder = if introspection { builder } else { builder.disable_introspection() };
    builder.finish()
}

/// The schema as text, as it is committed in `schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    schema(true).sdl()
}
