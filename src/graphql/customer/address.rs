//! The addresses that customers keep, as the API shows and takes them.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::{
    address::Address,
    customer::customer_address,
    ids::{AccountId, CustomerAddressId},
};

use super::Customer;
use crate::{
    domain::{
        customer::{self, AddressRefusal, AddressRefusalCode},
        shared::{Error, Failure, Permission, postal},
    },
    graphql::{
        address::{country_from, country_of, english, formatted, province_from},
        codes::CountryCode,
        context::ContextExt,
        errors, global_id,
    },
};

/// An address that a customer keeps.
#[derive(Clone, Debug)]
pub struct CustomerAddress(pub(super) customer_address::Model);

/// An address that a customer keeps.
#[Object]
impl CustomerAddress {
    /// The address's id.
    pub async fn id(&self) -> ID {
        global_id::encode(self.0.id)
    }

    /// Given name.
    async fn first_name(&self) -> Option<&str> {
        self.0.address.first_name.as_deref()
    }

    /// Family name.
    async fn last_name(&self) -> Option<&str> {
        self.0.address.last_name.as_deref()
    }

    /// Given and family name; null when neither is known.
    async fn name(&self) -> Option<String> {
        postal::name(&self.0.address)
    }

    /// Company.
    async fn company(&self) -> Option<&str> {
        self.0.address.company.as_deref()
    }

    /// Street and number.
    async fn address1(&self) -> Option<&str> {
        self.0.address.address1.as_deref()
    }

    /// Flat, floor or building.
    async fn address2(&self) -> Option<&str> {
        self.0.address.address2.as_deref()
    }

    /// City or town.
    async fn city(&self) -> Option<&str> {
        self.0.address.city.as_deref()
    }

    /// Part of the country, as the customer named it; its code when only that was given.
    async fn province(&self) -> Option<&str> {
        self.0.address.province.as_deref().or(self.0.address.province_code.as_deref())
    }

    /// Part of the country after the country's code (ISO 3166-2), such as `NY`; null when only its name was given.
    async fn zone_code(&self) -> Option<&str> {
        self.0.address.province_code.as_deref()
    }

    /// Postal code.
    async fn zip(&self) -> Option<&str> {
        self.0.address.zip.as_deref()
    }

    /// The country's name in English.
    async fn country(&self) -> Option<&str> {
        country_of(&self.0.address).map(english)
    }

    /// Country (ISO 3166-1 alpha-2).
    async fn territory_code(&self) -> Option<CountryCode> {
        country_of(&self.0.address)
    }

    /// Phone number.
    async fn phone_number(&self) -> Option<&str> {
        self.0.address.phone.as_deref()
    }

    /// The lines of the address in the order of its country, those that are empty left out.
    async fn formatted(
        &self,
        #[graphql(desc = "Whether the name is the first line; false when left out.")] with_name: Option<bool>,
        #[graphql(desc = "Whether there is a line of the company; true when left out.")] with_company: Option<bool>,
    ) -> Vec<String> {
        formatted(&self.0.address, with_name, with_company)
    }

    /// City, part of the country and country with commas; null when none is known.
    async fn formatted_area(&self) -> Option<String> {
        postal::area(&self.0.address, country_of(&self.0.address).map(english))
    }
}

/// An address to keep. Texts are trimmed; none may hold HTML tags, web addresses or payment card numbers. In a change, what
/// is left out stays as it is, and null removes it.
#[derive(Clone, Debug, InputObject)]
pub struct CustomerAddressInput {
    /// Given name.
    first_name: MaybeUndefined<String>,
    /// Family name; required.
    last_name: MaybeUndefined<String>,
    /// Company.
    company: MaybeUndefined<String>,
    /// Street and number; required.
    address1: MaybeUndefined<String>,
    /// Flat, floor or building.
    address2: MaybeUndefined<String>,
    /// City or town; required.
    city: MaybeUndefined<String>,
    /// Part of the country: its code after the country's (ISO 3166-2), such as `NY`, or its name.
    zone_code: MaybeUndefined<String>,
    /// Postal code.
    zip: MaybeUndefined<String>,
    /// The country's code (ISO 3166-1 alpha-2) or its English name; required.
    territory_code: MaybeUndefined<String>,
    /// Phone number.
    phone_number: MaybeUndefined<String>,
}

impl CustomerAddressInput {
    fn put_into(self, address: &mut Address) {
        set(&mut address.first_name, self.first_name);
        set(&mut address.last_name, self.last_name);
        set(&mut address.company, self.company);
        set(&mut address.address1, self.address1);
        set(&mut address.address2, self.address2);
        set(&mut address.city, self.city);
        set(&mut address.zip, self.zip);
        set(&mut address.phone, self.phone_number);
        match self.zone_code {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => (address.province_code, address.province) = (None, None),
            MaybeUndefined::Value(text) => (address.province_code, address.province) = province_from(text),
        }
        match self.territory_code {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => address.country_code = None,
            MaybeUndefined::Value(text) => address.country_code = country_from(&text),
        }
    }
}

fn set(field: &mut Option<String>, given: MaybeUndefined<String>) {
    match given {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = None,
        MaybeUndefined::Value(text) => *field = Some(text),
    }
}

/// Why an address of a customer was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "AddressRefusalCode", name = "UserErrorsCustomerAddressUserErrorsCode")]
pub enum CustomerAddressErrorCode {
    /// The customer has no such address.
    AddressIdDoesNotExist,
    /// A field holds `<` or `>`.
    ContainsHtmlTags,
    /// The customer has the same address already.
    CustomerAddressAlreadyExists,
    /// The default address stays the default until another one is.
    DemotingCustomerDefaultAddressNotAllowed,
    /// A value is wrong, or the customer keeps 50 addresses; the message says which.
    Invalid,
    /// A field is missing.
    Required,
    /// A field has more than 255 characters.
    TooLong,
}

/// Something about an address that was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "UserErrorsCustomerAddressUserErrors")]
pub struct CustomerAddressUserError {
    /// The kind, for programs.
    code: Option<CustomerAddressErrorCode>,
    /// Where in the arguments, such as `["address", "city"]`.
    field: Option<Vec<String>>,
    /// What is wrong, in English, for people.
    message: String,
}

impl From<AddressRefusal> for CustomerAddressUserError {
    fn from(refusal: AddressRefusal) -> Self {
        let field = match refusal.field() {
            Some("countryCode") => vec!["address", "territoryCode"],
            Some("provinceCode" | "province") => vec!["address", "zoneCode"],
            Some("phone") => vec!["address", "phoneNumber"],
            Some(field) => vec!["address", field],
            None => match refusal {
                AddressRefusal::NotFound => vec!["addressId"],
                AddressRefusal::DefaultStays => vec!["defaultAddress"],
                AddressRefusal::Field { .. } | AddressRefusal::AlreadyThere | AddressRefusal::TooMany => {
                    vec!["address"]
                }
            },
        };
        Self {
            code: Some(refusal.code().into()),
            field: Some(field.into_iter().map(str::to_owned).collect()),
            message: refusal.to_string(),
        }
    }
}

/// What `customerAddressCreate` answers.
#[derive(Debug, SimpleObject)]
pub struct CustomerAddressCreatePayload {
    /// The address; null when it was refused.
    customer_address: Option<CustomerAddress>,
    /// Why it was refused.
    user_errors: Vec<CustomerAddressUserError>,
}

/// What `customerAddressUpdate` answers.
#[derive(Debug, SimpleObject)]
pub struct CustomerAddressUpdatePayload {
    /// The address as it is now; null when the change was refused.
    customer_address: Option<CustomerAddress>,
    /// Why it was refused.
    user_errors: Vec<CustomerAddressUserError>,
}

/// What `customerAddressDelete` answers.
#[derive(Debug, SimpleObject)]
pub struct CustomerAddressDeletePayload {
    /// Id of the address that is gone; null when nothing was deleted.
    deleted_address_id: Option<ID>,
    /// Why nothing was deleted.
    user_errors: Vec<CustomerAddressUserError>,
}

/// What `customerDefaultAddressUpdate` answers.
#[derive(Debug, SimpleObject)]
pub struct CustomerDefaultAddressUpdatePayload {
    /// The customer as it is now; null when the change was refused.
    customer: Option<Customer>,
    /// Why it was refused.
    user_errors: Vec<CustomerAddressUserError>,
}

/// Changes of the addresses that customers keep.
#[derive(Debug, Default)]
pub struct AddressMutation;

#[Object]
impl AddressMutation {
    /// Keeps another address for the customer who is signed in, at most 50. The first one is the default.
    async fn customer_address_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address.")] address: CustomerAddressInput,
        #[graphql(desc = "Whether it becomes the default address; false when left out.")] default_address: Option<bool>,
    ) -> Option<CustomerAddressCreatePayload> {
        let created = async {
            let account_id = signed_in(ctx)?;
            let mut given = Address::default();
            address.put_into(&mut given);
            let (app, is_default) = (ctx.app(), default_address.unwrap_or(false));
            customer::create_address(&app.database, &app.sources, account_id, given, is_default).await
        };
        let (row, user_errors) = outcome(ctx, created.await)?;
        Some(CustomerAddressCreatePayload { customer_address: row.map(CustomerAddress), user_errors })
    }

    /// Changes an address of the customer who is signed in.
    async fn customer_address_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the address.")] address_id: ID,
        #[graphql(desc = "What changes; nothing when left out.")] address: Option<CustomerAddressInput>,
        #[graphql(desc = "True makes it the default address. False is refused of the default address.")]
        default_address: Option<bool>,
    ) -> Option<CustomerAddressUpdatePayload> {
        let changed = change(ctx, &address_id, address, default_address).await;
        let (row, user_errors) = outcome(ctx, changed)?;
        Some(CustomerAddressUpdatePayload { customer_address: row.map(CustomerAddress), user_errors })
    }

    /// Forgets an address of the customer who is signed in. When it was the default, the oldest of the others is.
    async fn customer_address_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the address.")] address_id: ID,
    ) -> Option<CustomerAddressDeletePayload> {
        let deleted = async {
            let (account_id, id) = (signed_in(ctx)?, global_id::decode("addressId", &address_id)?);
            customer::delete_address(&ctx.app().database, account_id, id).await?;
            Ok(global_id::encode(id))
        };
        let (deleted_address_id, user_errors) = outcome(ctx, deleted.await)?;
        Some(CustomerAddressDeletePayload { deleted_address_id, user_errors })
    }

    /// Makes an address of the customer who is signed in the default.
    async fn customer_default_address_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the address.")] address_id: ID,
    ) -> Option<CustomerDefaultAddressUpdatePayload> {
        let (row, user_errors) = outcome(ctx, change(ctx, &address_id, None, Some(true)).await)?;
        let customer = match row {
            Some(row) => errors::nullable(ctx, super::loaders::load(ctx, row.account_id).await)?,
            None => None,
        };
        Some(CustomerDefaultAddressUpdatePayload { customer, user_errors })
    }
}

fn signed_in(ctx: &Context<'_>) -> Result<AccountId, Error> {
    ctx.viewer().customer_account().ok_or(Error::Unauthenticated)
}

async fn change(
    ctx: &Context<'_>,
    id: &ID,
    input: Option<CustomerAddressInput>,
    is_default: Option<bool>,
) -> Result<customer_address::Model, Failure<AddressRefusal>> {
    let account_id = signed_in(ctx)?;
    let id: CustomerAddressId = global_id::decode("addressId", id)?;
    let put = |address: &mut Address| {
        if let Some(input) = input {
            input.put_into(address);
        }
    };
    customer::change_address(&ctx.app().database, &ctx.app().sources, (account_id, id), put, is_default).await
}

/// What was done, or why it was refused; nothing when it went wrong, which the errors say.
fn outcome<T>(
    ctx: &Context<'_>,
    result: Result<T, Failure<AddressRefusal>>,
) -> Option<(Option<T>, Vec<CustomerAddressUserError>)> {
    match result {
        Ok(done) => Some((Some(done), Vec::new())),
        Err(Failure::Refused(refusals)) => Some((None, refusals.into_iter().map(Into::into).collect())),
        Err(Failure::Error(error)) => errors::nullable(ctx, Err(error)),
    }
}

/// The address with this id, for the customer who keeps it and for staff with READ_CUSTOMERS. A customer asks for their
/// own ones only, so that another's cannot differ from a missing one.
///
/// # Errors
/// The database's.
pub async fn node(ctx: &Context<'_>, id: CustomerAddressId) -> Result<Option<CustomerAddress>, Error> {
    if let Some(account_id) = ctx.viewer().customer_account() {
        let kept = super::loaders::addresses(ctx, account_id).await?;
        return Ok(kept.iter().find(|row| row.id == id).cloned().map(CustomerAddress));
    }
    if !ctx.viewer().may(Permission::ReadCustomers) {
        return Ok(None);
    }
    Ok(super::loaders::address(ctx, id).await?.map(CustomerAddress))
}
