//! Carts in the API.

mod address_inputs;
mod address_mutations;
mod buyer;
#[expect(clippy::module_inception, reason = "the folder is the domain, the file its type")]
mod cart;
mod codes;
mod customer_carts;
mod delivery;
mod detail_mutations;
mod discounts;
mod edit;
mod gift_card;
pub mod ids;
mod inputs;
mod line;
mod line_mutations;
pub mod loaders;
pub mod node;
mod payloads;
mod query;

pub use address_inputs::{DeliveryAddressValidationStrategy, KeptAddresses};
use async_graphql::MergedObject;
pub use cart::{Cart, CartKind};
pub use codes::{CartErrorCode, CartProblemCode, CartWarningCode};
pub use customer_carts::customer_carts;
pub use delivery::{CartDeliveryAddress, CartDeliveryOption, DeliveryMethodType, method_of};
pub use discounts::DiscountApplicationTargetType;
pub use line::{BaseCartLine, CartLine, ComponentizableCartLine, Merchandise};
pub use payloads::{CartUserError, CartWarning};
pub use query::CartQuery;

/// Changes of carts.
#[derive(Debug, Default, MergedObject)]
pub struct CartMutation(
    line_mutations::CartLineMutation,
    detail_mutations::CartDetailMutation,
    address_mutations::CartAddressMutation,
);
