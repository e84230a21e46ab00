//! Who may use a cart: whoever has its id, which carries a code that only this shop can make.

use entity::{
    cart::cart,
    ids::{AccountId, CartId},
};
use uuid::Uuid;

use crate::{domain::shared::Viewer, platform::keys::KeyRing};

/// What the code of a cart's id is made for.
const PURPOSE: &str = "cart";

/// Proof that the caller may use one cart: its id came with the right code. A signed-in customer opens nobody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CartAccess {
    cart_id: CartId,
    account_id: Option<AccountId>,
}

impl CartAccess {
    /// Checks the tail of a cart's id, `<uuid>.<code>`, in constant time. `None`: the code is wrong, which must read
    /// like a cart that is not there. Neither asks the database, so that both take the same time.
    #[must_use]
    pub fn verify(keys: &KeyRing, viewer: &Viewer, id: Uuid, code: &str) -> Option<Self> {
        let verified = keys.verifies(PURPOSE, id, code);
        verified.then(|| Self { cart_id: CartId(id), account_id: viewer.customer_account() })
    }

    /// The cart that a use case has just made for this viewer.
    pub(super) fn of_new(cart_id: CartId, account_id: Option<AccountId>) -> Self {
        Self { cart_id, account_id }
    }

    /// Whether this opens a cart, in whatever state it is.
    #[must_use]
    pub fn opens(&self, cart: &cart::Model) -> bool {
        let foreign = self.account_id.zip(cart.account_id).is_some_and(|(caller, owner)| caller != owner);
        cart.id == self.cart_id && !foreign
    }

    /// The cart.
    #[must_use]
    pub fn cart_id(&self) -> CartId {
        self.cart_id
    }

    /// The customer who is signed in.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        self.account_id
    }
}

/// The tail of a cart's id: `<uuid>.<code>`. Who has it has the cart.
#[must_use]
pub fn capability(keys: &KeyRing, id: CartId) -> String {
    format!("{}.{}", id, keys.code(PURPOSE, id.0))
}
