//! Who sees which staff member of the schema in introspection. Calling one without the permission is refused by
//! [`super::context::ContextExt::require`]; these functions only hide it (`#[graphql(visible = "…")]`).

use async_graphql::Context;

use super::context::RequestContext;
use crate::domain::shared::{Permission, Viewer};

fn sees(ctx: &Context<'_>, permission: Permission) -> bool {
    ctx.data_opt::<RequestContext>().is_some_and(|request| request.viewer.may(permission))
}

/// Shown to every staff member.
pub fn is_staff(ctx: &Context<'_>) -> bool {
    ctx.data_opt::<RequestContext>().is_some_and(|request| matches!(request.viewer, Viewer::Staff(_)))
}

macro_rules! visible_to {
    ($($(#[$doc:meta])* $name:ident => $permission:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub fn $name(ctx: &Context<'_>) -> bool {
            sees(ctx, Permission::$permission)
        }
    )+};
}

visible_to!(
    /// Shown to those who may read products that are not published.
    reads_products => ReadProducts,
    /// Shown to those who may change products.
    manages_products => ManageProducts,
    /// Shown to those who may read stock.
    reads_inventory => ReadInventory,
    /// Shown to those who may change stock.
    manages_inventory => ManageInventory,
    /// Shown to those who may read all orders.
    reads_orders => ReadOrders,
    /// Shown to those who may ship and cancel.
    manages_orders => ManageOrders,
    /// Shown to those who may read payments.
    reads_payments => ReadPayments,
    /// Shown to those who may take and give back money.
    manages_payments => ManagePayments,
    /// Shown to those who may read customers.
    reads_customers => ReadCustomers,
    /// Shown to those who may change customers.
    manages_customers => ManageCustomers,
    /// Shown to those who may read discounts.
    reads_discounts => ReadDiscounts,
    /// Shown to those who may change discounts.
    manages_discounts => ManageDiscounts,
    /// Shown to those who may read how the shop delivers and taxes.
    reads_settings => ReadSettings,
    /// Shown to those who may change how the shop delivers and taxes.
    manages_settings => ManageSettings,
    /// Shown to those who may read content that is not published.
    reads_content => ReadContent,
    /// Shown to those who may change content.
    manages_content => ManageContent,
);
