//! The queries of the shop's one row.

use entity::{money::Currency, shop::shop, text_list::TextList};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};

use crate::{domain::shared::Error, platform::Sources};

const ID: i32 = 1;
/// The language of a new shop's texts.
const LANGUAGE: &str = "EN";

/// What a new shop is made of.
#[derive(Clone, Debug)]
pub struct NewShop {
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// E-mail address for shoppers.
    pub email: Option<String>,
    /// Currency of its prices.
    pub currency: Currency,
    /// Country it sells from (ISO 3166-1 alpha-2).
    pub country_code: String,
    /// IANA time zone.
    pub time_zone: String,
}

impl Default for NewShop {
    fn default() -> Self {
        Self {
            name: "My shop".to_owned(),
            description: None,
            email: None,
            currency: Currency::USD,
            country_code: "US".to_owned(),
            time_zone: "UTC".to_owned(),
        }
    }
}

/// The shop.
///
/// # Errors
/// The database's; a fault when the shop was never made.
pub async fn get(db: &impl ConnectionTrait) -> Result<shop::Model, Error> {
    shop::Entity::find_by_id(ID).one(db).await?.ok_or_else(|| Error::fault("the shop's row is missing"))
}

/// Makes the shop unless it is there; says whether it was made.
///
/// # Errors
/// The database's.
pub async fn create_if_absent(tx: &DatabaseTransaction, sources: &Sources, new: NewShop) -> Result<bool, Error> {
    let now = sources.now();
    let row = shop::ActiveModel {
        id: Set(ID),
        name: Set(new.name),
        description: Set(new.description),
        email: Set(new.email),
        currency: Set(new.currency),
        country_codes: Set(TextList(vec![new.country_code.clone()])),
        country_code: Set(new.country_code),
        time_zone: Set(new.time_zone),
        language_codes: Set(TextList(vec![LANGUAGE.to_owned()])),
        logo_url: Set(None),
        logo_alt: Set(None),
        logo_width: Set(None),
        logo_height: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let insert = shop::Entity::insert(row).on_conflict(OnConflict::column(shop::Column::Id).do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? > 0)
}

/// Replaces the settings of a shop that has sold nothing yet; it sells to its own country.
///
/// # Errors
/// The database's.
pub async fn replace(tx: &DatabaseTransaction, sources: &Sources, new: NewShop) -> Result<(), Error> {
    let row = shop::ActiveModel {
        id: Unchanged(ID),
        name: Set(new.name),
        description: Set(new.description),
        email: Set(new.email),
        currency: Set(new.currency),
        country_codes: Set(TextList(vec![new.country_code.clone()])),
        country_code: Set(new.country_code),
        time_zone: Set(new.time_zone),
        language_codes: NotSet,
        logo_url: NotSet,
        logo_alt: NotSet,
        logo_width: NotSet,
        logo_height: NotSet,
        version: NotSet,
        created_at: NotSet,
        updated_at: Set(sources.now()),
    };
    shop::Entity::update_many().set(row).filter(shop::Column::Id.eq(ID)).exec(tx).await?;
    Ok(())
}
