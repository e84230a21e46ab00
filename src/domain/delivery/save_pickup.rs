//! Staff offer a location for pick-up, change how, and end it.

use entity::{
    address::Address,
    delivery::pickup_location,
    ids::{LocationId, PickupLocationId},
    money::Money,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::{
    PickupLocation,
    costs::Amounts,
    errors::{Reason, Refusal, check_optional_text, check_text, refuse_any},
    events::{Subject, record},
    handles::Handles,
    store,
};
use crate::domain::{
    catalog::{
        checks::{TEXT_MOST, TITLE_MOST},
        non_blank,
    },
    inventory,
    shared::{
        Author, Error, Failure,
        address::{AddressProblem, problems, tidy},
        is_country,
    },
    shop,
};

/// Most pick-up locations of a shop.
const PICKUPS_MOST: usize = 100;

/// How a location is offered for pick-up.
#[derive(Clone, Debug)]
pub struct PickupDraft {
    /// The location.
    pub location_id: LocationId,
    /// Its unique name for programs, for one that is not offered yet; `None` makes one of the title.
    pub handle: Option<String>,
    /// Its name, for buyers.
    pub title: String,
    /// What buyers should know.
    pub instructions: Option<String>,
    /// Where it is.
    pub address: Address,
    /// What collecting there costs.
    pub cost: Money,
}

/// Offers a location for pick-up, or changes how it is offered.
///
/// # Errors
/// Everything that is wrong with it, together.
pub async fn set_pickup(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    draft: PickupDraft,
) -> Result<PickupLocationId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let mut refusals = Vec::new();
    if inventory::locations_by_ids(tx, &[draft.location_id]).await?.is_empty() {
        refusals.push(Refusal::new("locationId", Reason::UnknownLocation));
    }
    check_text("title", &draft.title, TITLE_MOST, &mut refusals)?;
    let instructions = draft.instructions.unwrap_or_default();
    check_optional_text("instructions", &instructions, TEXT_MOST, &mut refusals)?;
    let address = tidy(draft.address);
    refusals.extend(check_address(&address)?);
    let mut amounts = Amounts::default();
    let cost_minor = amounts.take("cost".to_owned(), draft.cost);
    refusals.extend(amounts.refusals);

    let id = PickupLocationId(draft.location_id.0);
    let present = store::pickups(tx).await?;
    let before = present.iter().find(|pickup| pickup.id == id);
    let handle = match before {
        Some(before) => {
            if draft.handle.as_deref().is_some_and(|wanted| wanted.trim() != before.handle) {
                refusals.push(Refusal::new("handle", Reason::HandleStays { handle: before.handle.clone() }));
            }
            before.handle.clone()
        }
        None => {
            if present.len() >= PICKUPS_MOST {
                refusals.push(Refusal::new("locationId", Reason::TooMany(PICKUPS_MOST)));
            }
            let mut handles = Handles::read(tx).await?;
            handles.give("handle", draft.handle.as_deref(), &draft.title, &mut refusals)
        }
    };
    refuse_any(refusals)?;

    let now = author.sources.now();
    let after = PickupLocation {
        id,
        handle,
        title: draft.title.trim().to_owned(),
        instructions: non_blank(&instructions),
        address,
        currency: draft.cost.currency,
        cost_minor,
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: now,
    };
    let row = after.clone().into_active_model().reset_all();
    match before {
        Some(before) if PickupLocation { updated_at: before.updated_at, ..after.clone() } == *before => return Ok(id),
        Some(_) => {
            let update = pickup_location::Entity::update_many().set(row);
            update.filter(pickup_location::Column::Id.eq(id)).exec(tx).await?;
        }
        None => {
            pickup_location::Entity::insert(row).exec_without_returning(tx).await?;
        }
    }
    tell(tx, author, &after, "pickup_location.set").await?;
    Ok(id)
}

/// Ends the pick-up at a location. Carts that chose it have a problem then, and orders keep what they chose.
///
/// # Errors
/// `NotFound`.
pub async fn remove_pickup(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    location_id: LocationId,
) -> Result<PickupLocationId, Failure<Refusal>> {
    shop::lock(tx).await?;
    let id = PickupLocationId(location_id.0);
    let found = pickup_location::Entity::find_by_id(id).one(tx).await?;
    let pickup = found.ok_or(Error::NotFound("pick-up location"))?;
    pickup_location::Entity::delete_by_id(id).exec(tx).await?;
    tell(tx, author, &pickup, "pickup_location.removed").await?;
    Ok(id)
}

/// Buyers must find it, and goods are taxed there: it has a street, a city and a country. Nobody's name is asked for.
fn check_address(address: &Address) -> Result<Vec<Refusal>, Error> {
    let texts = [&address.address1, &address.address2, &address.city, &address.zip, &address.company, &address.phone];
    let names = [&address.first_name, &address.last_name, &address.province, &address.province_code];
    if texts.into_iter().chain(names).flatten().any(|text| text.contains('\0')) {
        return Err(Error::bad_input("address", "must not hold the character NUL"));
    }
    let mut found = problems(address);
    found.retain(|(field, problem)| *field != "lastName" || *problem != AddressProblem::Required);
    let refuse = |(field, problem)| Refusal::new(format!("address.{field}"), Reason::Address(problem));
    let mut refusals: Vec<Refusal> = found.into_iter().map(refuse).collect();
    let country = address.country_code.as_deref();
    if refusals.is_empty() && country.is_some_and(|code| !is_country(code)) {
        refusals.push(Refusal::new("address.countryCode", Reason::CountryUnknown));
    }
    Ok(refusals)
}

async fn tell(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    pickup: &PickupLocation,
    kind: &'static str,
) -> Result<(), Error> {
    let subject = Subject { kind: "pickup_location", id: pickup.id.0 };
    let details = json!({
        "handle": pickup.handle,
        "title": pickup.title,
        "address": pickup.address,
        "currency": pickup.currency,
        "cost_minor": pickup.cost_minor,
    });
    Ok(record(tx, author, subject, kind, details).await?)
}
