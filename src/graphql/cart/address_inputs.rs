//! What the mutations of delivery addresses take.

use async_graphql::{Context, Enum, ID, InputObject};
use entity::address::Address;

use crate::{
    domain::{
        cart::{AddressChange, AddressSource, Completeness, NewAddress},
        shared::Error,
    },
    graphql::{codes::CountryCode, global_id},
};

/// How much of a delivery address must be there when it is put into a cart. What is there is checked in any case, and all
/// that a delivery needs is asked for when the cart is completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum DeliveryAddressValidationStrategy {
    /// The country.
    #[default]
    CountryCodeOnly,
    /// Family name, street, city and country.
    Strict,
}

impl From<DeliveryAddressValidationStrategy> for Completeness {
    fn from(strategy: DeliveryAddressValidationStrategy) -> Self {
        match strategy {
            DeliveryAddressValidationStrategy::CountryCodeOnly => Self::Country,
            DeliveryAddressValidationStrategy::Strict => Self::Deliverable,
        }
    }
}

/// A postal address to send a cart to. Texts are trimmed; none may hold HTML tags, web addresses or payment card numbers.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CartDeliveryAddressInput {
    /// Given name.
    first_name: Option<String>,
    /// Family name.
    last_name: Option<String>,
    /// Company.
    company: Option<String>,
    /// Street and number.
    address1: Option<String>,
    /// Flat, floor or building.
    address2: Option<String>,
    /// City or town.
    city: Option<String>,
    /// Part of the country after the country's code (ISO 3166-2), such as `NY`.
    province_code: Option<String>,
    /// Postal code.
    zip: Option<String>,
    /// Country (ISO 3166-1 alpha-2); required.
    country_code: Option<CountryCode>,
    /// Phone number.
    phone: Option<String>,
}

impl From<CartDeliveryAddressInput> for Address {
    fn from(input: CartDeliveryAddressInput) -> Self {
        Self {
            first_name: input.first_name,
            last_name: input.last_name,
            company: input.company,
            address1: input.address1,
            address2: input.address2,
            city: input.city,
            province: None,
            province_code: input.province_code,
            zip: input.zip,
            country_code: input.country_code.map(|country| country.code().to_owned()),
            phone: input.phone,
        }
    }
}

/// One address: its fields, or the id of one of the customer's.
#[derive(Clone, Debug, InputObject)]
pub struct CartAddressInput {
    /// Id of an address of the customer who is signed in; it is copied.
    copy_from_customer_address_id: Option<ID>,
    /// The address.
    delivery_address: Option<CartDeliveryAddressInput>,
}

impl CartAddressInput {
    async fn check(self, ctx: &Context<'_>) -> Result<AddressSource, Error> {
        let given = self.delivery_address.map(Into::into);
        address_source(ctx, given, self.copy_from_customer_address_id.as_ref()).await
    }
}

/// Where an address comes from. Customers keep no addresses yet: none can be copied.
///
/// # Errors
/// `BadInput` for an id that is none; the database's.
pub async fn address_source(
    _ctx: &Context<'_>,
    given: Option<Address>,
    copied: Option<&ID>,
) -> Result<AddressSource, Error> {
    Ok(match (given, copied) {
        (Some(address), None) => AddressSource::Given(Box::new(address)),
        (None, Some(_)) => AddressSource::NotTheCustomers,
        (None, None) | (Some(_), Some(_)) => AddressSource::NotOne,
    })
}

/// A delivery address to add.
#[derive(Clone, Debug, InputObject)]
pub struct CartSelectableAddressInput {
    /// The address.
    address: CartAddressInput,
    /// Whether it is for this cart only and not to be remembered for the customer; false when left out.
    one_time_use: Option<bool>,
    /// Whether the cart is to be sent there; true for the cart's first address, else false, when left out.
    selected: Option<bool>,
    /// How much of it must be there; COUNTRY_CODE_ONLY when left out.
    validation_strategy: Option<DeliveryAddressValidationStrategy>,
}

impl CartSelectableAddressInput {
    pub(super) async fn check_all(ctx: &Context<'_>, inputs: Vec<Self>) -> Result<Vec<NewAddress>, Error> {
        let mut addresses = Vec::with_capacity(inputs.len());
        for input in inputs {
            addresses.push(NewAddress {
                address: input.address.check(ctx).await?,
                selected: input.selected,
                one_time_use: input.one_time_use.unwrap_or(false),
                completeness: input.validation_strategy.unwrap_or_default().into(),
            });
        }
        Ok(addresses)
    }
}

/// Where a new cart is sent.
#[derive(Clone, Debug, InputObject)]
pub struct CartDeliveryInput {
    /// Delivery addresses, at most 20.
    pub(super) addresses: Option<Vec<CartSelectableAddressInput>>,
}

/// A change of one delivery address. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct CartSelectableAddressUpdateInput {
    /// Another address in its place.
    address: Option<CartAddressInput>,
    /// Id of the delivery address.
    id: ID,
    /// Whether it is for this cart only and not to be remembered for the customer.
    one_time_use: Option<bool>,
    /// Whether the cart is to be sent there. Selecting one deselects the others.
    selected: Option<bool>,
    /// How much of another address must be there; COUNTRY_CODE_ONLY when left out.
    validation_strategy: Option<DeliveryAddressValidationStrategy>,
}

impl CartSelectableAddressUpdateInput {
    pub(super) async fn check_all(ctx: &Context<'_>, inputs: Vec<Self>) -> Result<Vec<AddressChange>, Error> {
        let mut changes = Vec::with_capacity(inputs.len());
        for (index, input) in inputs.into_iter().enumerate() {
            let address = match input.address {
                None => None,
                Some(address) => Some(address.check(ctx).await?),
            };
            changes.push(AddressChange {
                id: global_id::decode(&format!("addresses.{index}.id"), &input.id)?,
                address,
                selected: input.selected,
                one_time_use: input.one_time_use,
                completeness: input.validation_strategy.unwrap_or_default().into(),
            });
        }
        Ok(changes)
    }
}
