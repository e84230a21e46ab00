//! Who is calling.

use entity::{
    auth::account::Role,
    ids::{AccountId, SessionId},
};

use super::{Error, Permission, permissions_of};

/// A signed-in customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The account.
    pub account_id: AccountId,
    /// The sign-in.
    pub session_id: SessionId,
}

/// A signed-in staff member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The account.
    pub account_id: AccountId,
    /// The sign-in.
    pub session_id: SessionId,
    /// The role that gives the permissions.
    pub role: Role,
}

/// Who is calling. A customer's sign-in never carries permissions, a staff sign-in never a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody signed in; a capability id may still open a cart or an order.
    Guest,
    /// A customer.
    Customer(Customer),
    /// Staff.
    Staff(Staff),
}

impl Viewer {
    /// The customer, if one is signed in.
    #[must_use]
    pub fn customer(&self) -> Option<Customer> {
        match self {
            Self::Customer(customer) => Some(*customer),
            Self::Guest | Self::Staff(_) => None,
        }
    }

    /// The customer's account, if one is signed in.
    #[must_use]
    pub fn customer_account(&self) -> Option<AccountId> {
        self.customer().map(|customer| customer.account_id)
    }

    /// Whether the viewer has a permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Self::Staff(staff) => permissions_of(staff.role).contains(&permission),
            Self::Guest | Self::Customer(_) => false,
        }
    }

    /// The staff member, if the viewer is one and has the permission.
    ///
    /// # Errors
    /// `Unauthenticated` when nobody is signed in, `Forbidden` otherwise.
    pub fn require(&self, permission: Permission) -> Result<Staff, Error> {
        match self {
            Self::Staff(staff) if self.may(permission) => Ok(*staff),
            Self::Guest => Err(Error::Unauthenticated),
            Self::Staff(_) | Self::Customer(_) => Err(Error::Forbidden(permission)),
        }
    }
}
