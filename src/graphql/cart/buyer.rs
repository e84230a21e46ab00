//! Who buys a cart, and what they prefer.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::inputs::change;
use crate::{
    domain::{
        auth::{self, ViewerError},
        cart::{
            BuyerIdentity, CartSnapshot, Coordinates, CustomerChange, DeliveryPreference, NewAddress, Preferences,
            Reason, Refusal,
        },
        shared::{Error, Failure},
    },
    graphql::{
        codes::CountryCode,
        context::ContextExt,
        customer::{self, Customer},
        errors,
        oddities::{BuyerIdentityOddities, DeliveryAddressInput},
    },
};

/// Who buys.
#[derive(Clone, Debug)]
pub struct CartBuyerIdentity(pub(super) Arc<CartSnapshot>);

/// Who buys.
#[Object]
impl CartBuyerIdentity {
    /// The buyer's country, which chooses the cart's currency and prices; null: the shop's own counts. At first it is that of
    /// `@inContext` at `cartCreate`.
    async fn country_code(&self) -> Option<CountryCode> {
        self.0.cart.country_code.as_deref().and_then(CountryCode::from_code)
    }

    /// The customer whose cart it is; null unless that customer is signed in, because others may have the cart's id.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Customer> {
        let owner = self.0.cart.account_id.filter(|owner| ctx.viewer().customer_account() == Some(*owner))?;
        errors::optional(ctx, customer::loaders::load(ctx, owner).await)
    }

    /// The buyer's e-mail address.
    async fn email(&self) -> Option<&str> {
        self.0.cart.email.as_deref()
    }

    /// The buyer's phone number.
    async fn phone(&self) -> Option<&str> {
        self.0.cart.phone.as_deref()
    }

    /// What the buyer prefers, as told; null when nothing was. Nothing here is decided by it.
    async fn preferences(&self) -> Option<CartPreferences> {
        self.0.cart.preferences.as_ref().map(CartPreferences::from)
    }

    #[graphql(flatten)]
    async fn oddities(&self) -> BuyerIdentityOddities {
        BuyerIdentityOddities::new(Arc::clone(&self.0))
    }
}

/// A way of delivery that a buyer may prefer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PreferenceDeliveryMethodType {
    /// To a point of a carrier, where the buyer fetches it.
    PickupPoint,
    /// Fetched at a location of the shop.
    PickUp,
    /// Sent by a carrier.
    Shipping,
}

impl PreferenceDeliveryMethodType {
    const ALL: [(&str, Self); 3] =
        [("PICKUP_POINT", Self::PickupPoint), ("PICK_UP", Self::PickUp), ("SHIPPING", Self::Shipping)];

    fn code(self) -> &'static str {
        match self {
            Self::PickupPoint => "PICKUP_POINT",
            Self::PickUp => "PICK_UP",
            Self::Shipping => "SHIPPING",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == code).map(|(_, method)| *method)
    }
}

/// What a buyer prefers.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartPreferences {
    /// How to be delivered to.
    delivery: Option<CartDeliveryPreference>,
    /// Wallets to pay with, the preferred one first.
    wallet: Option<Vec<String>>,
}

/// How a buyer prefers to be delivered to.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartDeliveryPreference {
    /// Where about.
    coordinates: Option<CartDeliveryCoordinatesPreference>,
    /// The ways of delivery, the preferred one first.
    delivery_method: Vec<PreferenceDeliveryMethodType>,
    /// Handles of places to pick up at.
    pickup_handle: Vec<String>,
}

/// Where about a buyer prefers to be delivered to.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartDeliveryCoordinatesPreference {
    /// The country.
    country_code: CountryCode,
    /// Latitude in degrees, south negative.
    latitude: f64,
    /// Longitude in degrees, west negative.
    longitude: f64,
}

impl From<&Preferences> for CartPreferences {
    fn from(preferences: &Preferences) -> Self {
        let delivery = preferences.delivery.as_ref().map(|delivery| CartDeliveryPreference {
            coordinates: delivery.coordinates.as_ref().map(|place| CartDeliveryCoordinatesPreference {
                country_code: CountryCode::from_code(&place.country_code).unwrap_or(CountryCode::Zz),
                latitude: degrees(place.latitude_e7),
                longitude: degrees(place.longitude_e7),
            }),
            delivery_method: delivery
                .methods
                .iter()
                .filter_map(|code| PreferenceDeliveryMethodType::from_code(code))
                .collect(),
            pickup_handle: delivery.pickup_handles.clone(),
        });
        Self { delivery, wallet: preferences.wallet.clone() }
    }
}

/// Ten-millionths of a degree in degrees. At most 1.8 thousand million of them, which a double holds exactly.
#[allow(clippy::cast_precision_loss, reason = "checked before it was kept: far below 2^53")]
fn degrees(ten_millionths: i64) -> f64 {
    ten_millionths as f64 / 1e7
}

/// Degrees in ten-millionths; what is no place stays out of the range that is checked.
#[allow(clippy::cast_possible_truncation, reason = "a cast from float saturates, and the range is checked after it")]
fn ten_millionths(degrees: f64) -> i64 {
    (degrees * 1e7).round() as i64
}

/// Who buys. What is left out stays as it is; null removes it.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CartBuyerIdentityInput {
    /// A location of a company. Refused: this shop sells to no companies.
    company_location_id: Option<ID>,
    /// The buyer's country. The cart's currency follows it, and nothing is converted: lines that have no price in that currency
    /// stay and are `problems`. Left out at `cartCreate`, it is that of `@inContext`.
    country_code: MaybeUndefined<CountryCode>,
    /// An access token of the customer whose cart it becomes; one that is not valid is refused. Left out, a cart that is
    /// nobody's becomes the customer's who is signed in; null makes it nobody's.
    #[graphql(secret)]
    customer_access_token: MaybeUndefined<String>,
    /// For old clients: delivery addresses in place of the present ones, at most 20. The first one is selected. New
    /// clients use `delivery` of `cartCreate`, and `cartDeliveryAddressesReplace`.
    delivery_address_preferences: Option<Vec<DeliveryAddressInput>>,
    /// The buyer's e-mail address.
    email: MaybeUndefined<String>,
    /// The buyer's phone number.
    phone: MaybeUndefined<String>,
    /// What the buyer prefers, in place of what was told before.
    preferences: MaybeUndefined<CartPreferencesInput>,
}

impl CartBuyerIdentityInput {
    /// Checks the token and the ids. A cart that is nobody's becomes the customer's who is signed in.
    pub(super) async fn into_domain(self, ctx: &Context<'_>) -> Result<BuyerIdentity, Failure<Refusal>> {
        if self.company_location_id.is_some() {
            return Err(Failure::refuse(Refusal::new(Reason::NoCompanies, &["buyerIdentity", "companyLocationId"])));
        }
        let addresses = match self.delivery_address_preferences {
            None => None,
            Some(inputs) => Some(DeliveryAddressInput::check_all(ctx, inputs).await?),
        };
        Ok(BuyerIdentity {
            customer: customer_of(ctx, self.customer_access_token).await?,
            country_code: change(self.country_code, |country| country.code().to_owned()),
            email: change(self.email, |email| email),
            phone: change(self.phone, |phone| phone),
            preferences: change(self.preferences, Preferences::from),
            addresses: addresses.map(first_selected),
        })
    }
}

fn first_selected(mut addresses: Vec<NewAddress>) -> Vec<NewAddress> {
    addresses.iter_mut().take(1).for_each(|address| address.selected = Some(true));
    addresses
}

/// Whose the cart becomes. A token is checked as the header `Authorization` would be, and may not be another customer's
/// than the header's.
async fn customer_of(ctx: &Context<'_>, token: MaybeUndefined<String>) -> Result<CustomerChange, Failure<Refusal>> {
    let signed_in = ctx.viewer().customer_account();
    let token = match token {
        MaybeUndefined::Undefined => return Ok(CustomerChange::Viewer(signed_in)),
        MaybeUndefined::Null => return Ok(CustomerChange::Nobody),
        MaybeUndefined::Value(token) => token,
    };
    let app = ctx.app();
    let owner = match auth::viewer_of(app.database.reader(), &app.auth, &token).await {
        Ok(viewer) => viewer.customer_account(),
        Err(ViewerError::InvalidToken) => None,
        Err(ViewerError::Fault(error)) => return Err(Error::into(error)),
    };
    let owner = owner.filter(|owner| signed_in.is_none_or(|signed_in| signed_in == *owner));
    let refusal = || Refusal::new(Reason::CustomerTokenInvalid, &["buyerIdentity", "customerAccessToken"]);
    owner.map(CustomerChange::To).ok_or_else(|| Failure::refuse(refusal()))
}

/// What a buyer prefers. It is kept for front ends; nothing here is decided by it.
#[derive(Clone, Debug, InputObject)]
pub struct CartPreferencesInput {
    /// How to be delivered to.
    delivery: Option<CartDeliveryPreferenceInput>,
    /// Wallets to pay with, the preferred one first, at most 50.
    wallet: Option<Vec<String>>,
}

/// How a buyer prefers to be delivered to.
#[derive(Clone, Debug, InputObject)]
pub struct CartDeliveryPreferenceInput {
    /// Where about.
    coordinates: Option<CartDeliveryCoordinatesPreferenceInput>,
    /// The ways of delivery, the preferred one first, at most 50.
    delivery_method: Option<Vec<PreferenceDeliveryMethodType>>,
    /// Handles of places to pick up at, at most 50.
    pickup_handle: Option<Vec<String>>,
}

/// Where about a buyer prefers to be delivered to.
#[derive(Clone, Debug, InputObject)]
pub struct CartDeliveryCoordinatesPreferenceInput {
    /// The country.
    country_code: CountryCode,
    /// Latitude in degrees, -90 to 90; kept to seven decimal places.
    latitude: f64,
    /// Longitude in degrees, -180 to 180; kept to seven decimal places.
    longitude: f64,
}

impl From<CartPreferencesInput> for Preferences {
    fn from(input: CartPreferencesInput) -> Self {
        let delivery = input.delivery.map(|delivery| DeliveryPreference {
            coordinates: delivery.coordinates.map(|place| Coordinates {
                latitude_e7: ten_millionths(place.latitude),
                longitude_e7: ten_millionths(place.longitude),
                country_code: place.country_code.code().to_owned(),
            }),
            methods: delivery.delivery_method.unwrap_or_default().iter().map(|way| way.code().to_owned()).collect(),
            pickup_handles: delivery.pickup_handle.unwrap_or_default(),
        });
        Self { delivery, wallet: input.wallet }
    }
}
