//! The type `StaffMember` and the viewer's own.

use async_graphql::{Context, Enum, ID, Object};

use crate::{
    domain::{
        auth::{Account, Role},
        customer,
        shared::{self, Error, Viewer, permissions_of},
    },
    graphql::{context::ContextExt, errors},
};

/// What a staff member may do. MANAGE includes changing; reading wants READ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "shared::Permission", visible = "crate::graphql::guards::is_staff")]
pub enum Permission {
    /// See products that are not published, and their stock.
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

/// What a staff account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(visible = "crate::graphql::guards::is_staff")]
pub enum StaffRole {
    /// Runs the shop from day to day.
    Staff,
    /// May do everything.
    Admin,
}

/// Somebody who runs the shop.
#[derive(Debug)]
pub struct StaffMember {
    account: Account,
    role: StaffRole,
}

/// Somebody who runs the shop.
#[Object(visible = "crate::graphql::guards::is_staff")]
impl StaffMember {
    /// The staff member's id.
    async fn id(&self) -> ID {
        ID(format!("gid://cartwright/StaffMember/{}", self.account.id))
    }

    /// E-mail address to sign in with.
    async fn email(&self) -> &str {
        &self.account.email
    }

    /// Given name, if told.
    async fn first_name(&self) -> Option<&str> {
        self.account.first_name.as_deref()
    }

    /// Family name, if told.
    async fn last_name(&self) -> Option<&str> {
        self.account.last_name.as_deref()
    }

    /// The role, as the account has it now.
    async fn role(&self) -> StaffRole {
        self.role
    }

    /// What the role allows.
    async fn permissions(&self) -> Vec<Permission> {
        permissions_of(self.account.role).iter().map(|permission| (*permission).into()).collect()
    }
}

/// Reads of staff.
#[derive(Debug, Default)]
pub struct StaffQuery;

#[Object]
impl StaffQuery {
    /// The staff member who is signed in; null for customers and guests.
    #[graphql(visible = "crate::graphql::guards::is_staff")]
    async fn staff_member(&self, ctx: &Context<'_>) -> Option<StaffMember> {
        errors::optional(ctx, viewing_staff(ctx).await)
    }
}

async fn viewing_staff(ctx: &Context<'_>) -> Result<Option<StaffMember>, Error> {
    let Viewer::Staff(staff) = ctx.viewer() else { return Ok(None) };
    let account = customer::find(ctx.app().database.reader(), staff.account_id).await?;
    Ok(account.and_then(|account| {
        let role = match account.role {
            Role::Staff => StaffRole::Staff,
            Role::Admin => StaffRole::Admin,
            Role::Customer => return None,
        };
        Some(StaffMember { account, role })
    }))
}
