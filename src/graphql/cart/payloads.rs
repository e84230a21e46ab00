//! What the mutations of carts answer: the cart, what was refused, what was adjusted.

use async_graphql::{Context, ID, SimpleObject};
use entity::ids::CartId;

use super::{Cart, CartErrorCode, CartWarningCode, ids};
use crate::{
    domain::{
        cart::{Edited, Refusal, Target, Warning},
        shared::Failure,
    },
    graphql::{context::ContextExt, errors, global_id},
};

/// Why a change of a cart was refused. Nothing was changed then.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartUserError {
    /// What to do about it, by program.
    code: Option<CartErrorCode>,
    /// Path of the input field below the mutation's arguments, such as `["lines", "0", "quantity"]`.
    field: Option<Vec<String>>,
    /// What is wrong, for people.
    message: String,
}

impl From<&Refusal> for CartUserError {
    fn from(refusal: &Refusal) -> Self {
        Self {
            code: Some((&refusal.reason).into()),
            field: Some(refusal.field().to_vec()),
            message: refusal.reason.to_string(),
        }
    }
}

/// Something was adjusted while the change was made.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartWarning {
    /// What.
    code: CartWarningCode,
    /// What, for people.
    message: String,
    /// Id of what was adjusted: a line, a variant, a delivery address or the cart.
    target: ID,
}

impl CartWarning {
    /// The warnings as the API shows them.
    pub fn list(ctx: &Context<'_>, cart: CartId, warnings: &[Warning]) -> Vec<Self> {
        let shown = warnings.iter().map(|warning| Self {
            code: (&warning.kind).into(),
            message: warning.kind.to_string(),
            target: target_id(ctx, cart, warning.target),
        });
        shown.collect()
    }
}

/// The id of what a warning or a problem is about.
pub(super) fn target_id(ctx: &Context<'_>, cart: CartId, target: Target) -> ID {
    match target {
        Target::Cart(id) => ids::encode(&ctx.app().capability_keys, id),
        Target::Line(id) => ids::encode_line(&ctx.app().capability_keys, cart, id),
        Target::Variant(id) => global_id::encode(id),
        Target::Address(id) => global_id::encode(id),
    }
}

/// A changed cart, or why it was not changed.
pub type Changed = Result<Edited, Failure<Refusal>>;

/// What every payload holds.
pub(super) struct Parts {
    cart: Option<Cart>,
    user_errors: Vec<CartUserError>,
    warnings: Vec<CartWarning>,
}

impl Parts {
    fn of(ctx: &Context<'_>, changed: Changed) -> Option<Self> {
        match changed {
            Ok(Edited { snapshot, warnings }) => Some(Self {
                warnings: CartWarning::list(ctx, snapshot.cart.id, &warnings),
                cart: Some(Cart::new(snapshot)),
                user_errors: Vec::new(),
            }),
            Err(Failure::Refused(reasons)) => Some(Self {
                cart: None,
                user_errors: reasons.iter().map(CartUserError::from).collect(),
                warnings: Vec::new(),
            }),
            Err(Failure::Error(error)) => errors::nullable(ctx, Err(error)),
        }
    }
}

macro_rules! payloads {
    ($($name:ident => $doc:literal),+ $(,)?) => {$(
        #[doc = $doc]
        #[derive(Debug, SimpleObject)]
        pub struct $name {
            /// The cart as it is now; null when the change was refused.
            cart: Option<Cart>,
            /// Why the change was refused; empty when it was made.
            user_errors: Vec<CartUserError>,
            /// What was adjusted while the change was made.
            warnings: Vec<CartWarning>,
        }

        impl $name {
            pub(super) fn of(ctx: &Context<'_>, changed: Changed) -> Option<Self> {
                let Parts { cart, user_errors, warnings } = Parts::of(ctx, changed)?;
                Some(Self { cart, user_errors, warnings })
            }
        }
    )+};
}

payloads!(
    CartCreatePayload => "What `cartCreate` answers.",
    CartLinesAddPayload => "What `cartLinesAdd` answers.",
    CartLinesUpdatePayload => "What `cartLinesUpdate` answers.",
    CartLinesRemovePayload => "What `cartLinesRemove` answers.",
    CartNoteUpdatePayload => "What `cartNoteUpdate` answers.",
    CartAttributesUpdatePayload => "What `cartAttributesUpdate` answers.",
    CartBuyerIdentityUpdatePayload => "What `cartBuyerIdentityUpdate` answers.",
    CartDiscountCodesUpdatePayload => "What `cartDiscountCodesUpdate` answers.",
    CartGiftCardCodesAddPayload => "What `cartGiftCardCodesAdd` answers.",
    CartGiftCardCodesRemovePayload => "What `cartGiftCardCodesRemove` answers.",
    CartGiftCardCodesUpdatePayload => "What `cartGiftCardCodesUpdate` answers.",
    CartSelectedDeliveryOptionsUpdatePayload => "What `cartSelectedDeliveryOptionsUpdate` answers.",
    CartDeliveryAddressesAddPayload => "What `cartDeliveryAddressesAdd` answers.",
    CartDeliveryAddressesUpdatePayload => "What `cartDeliveryAddressesUpdate` answers.",
    CartDeliveryAddressesReplacePayload => "What `cartDeliveryAddressesReplace` answers.",
    CartDeliveryAddressesRemovePayload => "What `cartDeliveryAddressesRemove` answers.",
    CartClonePayload => "What `cartClone` answers.",
    CartUpdatePayload => "What `cartUpdate` answers.",
);

/// What `cartDelete` answers.
#[derive(Debug, SimpleObject)]
pub struct CartDeletePayload {
    /// Id of the cart that is gone; null when nothing was deleted.
    deleted_cart_id: Option<ID>,
    /// Why nothing was deleted; empty when the cart is gone.
    user_errors: Vec<CartUserError>,
}

impl CartDeletePayload {
    pub(super) fn of(ctx: &Context<'_>, deleted: Result<ID, Failure<Refusal>>) -> Option<Self> {
        match deleted {
            Ok(id) => Some(Self { deleted_cart_id: Some(id), user_errors: Vec::new() }),
            Err(Failure::Refused(reasons)) => {
                let user_errors = reasons.iter().map(CartUserError::from).collect();
                Some(Self { deleted_cart_id: None, user_errors })
            }
            Err(Failure::Error(error)) => errors::nullable(ctx, Err(error)),
        }
    }
}
