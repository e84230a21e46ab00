//! Permissions of staff, and which role has which.

use std::fmt;

use entity::auth::account::Role;

/// What staff may do. `MANAGE_…` includes changing; reading wants `READ_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See unpublished products and their stock.
    ReadProducts,
    /// Add, change, publish and remove products and collections.
    ManageProducts,
    /// See stock by location.
    ReadInventory,
    /// Change stock.
    ManageInventory,
    /// See all orders.
    ReadOrders,
    /// Ship, cancel and change orders.
    ManageOrders,
    /// See payments in detail.
    ReadPayments,
    /// Capture and refund.
    ManagePayments,
    /// See customers.
    ReadCustomers,
    /// Change customers.
    ManageCustomers,
    /// See discounts and how often they were used.
    ReadDiscounts,
    /// Add, change and end discounts.
    ManageDiscounts,
    /// See pages and articles that are not published.
    ReadContent,
    /// Change pages, blogs, menus, redirects, policies and the shop's own words.
    ManageContent,
    /// See how the shop delivers and taxes.
    ReadSettings,
    /// Change how the shop delivers and taxes.
    ManageSettings,
    /// Add staff and give roles.
    ManageStaff,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 17] = [
        Self::ReadProducts,
        Self::ManageProducts,
        Self::ReadInventory,
        Self::ManageInventory,
        Self::ReadOrders,
        Self::ManageOrders,
        Self::ReadPayments,
        Self::ManagePayments,
        Self::ReadCustomers,
        Self::ManageCustomers,
        Self::ReadDiscounts,
        Self::ManageDiscounts,
        Self::ReadContent,
        Self::ManageContent,
        Self::ReadSettings,
        Self::ManageSettings,
        Self::ManageStaff,
    ];

    /// The name in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadProducts => "READ_PRODUCTS",
            Self::ManageProducts => "MANAGE_PRODUCTS",
            Self::ReadInventory => "READ_INVENTORY",
            Self::ManageInventory => "MANAGE_INVENTORY",
            Self::ReadOrders => "READ_ORDERS",
            Self::ManageOrders => "MANAGE_ORDERS",
            Self::ReadPayments => "READ_PAYMENTS",
            Self::ManagePayments => "MANAGE_PAYMENTS",
            Self::ReadCustomers => "READ_CUSTOMERS",
            Self::ManageCustomers => "MANAGE_CUSTOMERS",
            Self::ReadDiscounts => "READ_DISCOUNTS",
            Self::ManageDiscounts => "MANAGE_DISCOUNTS",
            Self::ReadContent => "READ_CONTENT",
            Self::ManageContent => "MANAGE_CONTENT",
            Self::ReadSettings => "READ_SETTINGS",
            Self::ManageSettings => "MANAGE_SETTINGS",
            Self::ManageStaff => "MANAGE_STAFF",
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The permissions of a role.
#[must_use]
pub fn permissions_of(role: Role) -> &'static [Permission] {
    match role {
        Role::Customer => &[],
        Role::Staff => &[
            Permission::ReadProducts,
            Permission::ReadInventory,
            Permission::ManageInventory,
            Permission::ReadOrders,
            Permission::ManageOrders,
            Permission::ReadPayments,
            Permission::ReadCustomers,
            Permission::ReadDiscounts,
            Permission::ReadContent,
            Permission::ReadSettings,
        ],
        Role::Admin => &Permission::ALL,
    }
}
