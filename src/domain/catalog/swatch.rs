//! What shows the values of options: a color or a picture for Color = Amber, the same for every product. Names and values
//! are compared folded, so that `amber` and `Amber` are one.

use entity::{catalog::option_swatch, ids::OptionSwatchId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};
use serde_json::json;

use super::{
    ImageDraft,
    checks::{Checks, TEXT_MOST, TITLE_MOST},
    errors::{Reason, Refusal, refuse_any},
};
use crate::{
    domain::shared::{Author, Error, Failure, fold},
    platform::{
        batch::padded,
        outbox::{self, Fact},
    },
};

pub use option_swatch::Model as OptionSwatch;

/// Most swatches of a shop.
const SWATCHES_MOST: u64 = 2_000;

/// The value of an option that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SwatchKey {
    option: String,
    value: String,
}

impl SwatchKey {
    /// The key of a value.
    #[must_use]
    pub fn new(option: &str, value: &str) -> Self {
        Self { option: fold(option.trim()), value: fold(value.trim()) }
    }

    /// The key of a row.
    #[must_use]
    pub fn of(row: &OptionSwatch) -> Self {
        Self { option: row.folded_option.clone(), value: row.folded_value.clone() }
    }
}

/// What shall show a value.
#[derive(Clone, Debug)]
pub struct SwatchDraft {
    /// The option's name.
    pub option: String,
    /// The value.
    pub value: String,
    /// A color, `#` and three or six hexadecimal digits.
    pub color: Option<String>,
    /// A picture.
    pub image: Option<ImageDraft>,
}

impl SwatchDraft {
    fn check(&self) -> Result<Option<String>, Failure<Refusal>> {
        let mut checks = Checks::default();
        checks.required("optionName", &self.option, TITLE_MOST);
        checks.required("value", &self.value, TITLE_MOST);
        let color = self.color.as_deref().map(str::trim);
        let canonical = color.and_then(canonical);
        if color.is_some() && canonical.is_none() {
            checks.refuse("color", Reason::NotAColor);
        }
        if let Some(image) = &self.image {
            checks.url("image.url", &image.url);
            checks.text("image.altText", image.alt.as_deref().unwrap_or_default(), TEXT_MOST);
            checks.number("image.width", image.width.unwrap_or_default().into(), i32::MAX.into());
            checks.number("image.height", image.height.unwrap_or_default().into(), i32::MAX.into());
        }
        if color.is_none() && self.image.is_none() {
            checks.refuse("color", Reason::Blank);
        }
        refuse_any(checks.refusals)?;
        Ok(canonical)
    }
}

/// `#0F7` and `#00ff77` as `#00ff77`.
fn canonical(color: &str) -> Option<String> {
    let digits = color.strip_prefix('#')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let digits = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    Some(format!("#{}", digits.to_ascii_lowercase()))
}

/// The swatches of some values, those that have one.
///
/// # Errors
/// The database's.
pub async fn swatches_of(db: &impl ConnectionTrait, keys: &[SwatchKey]) -> Result<Vec<OptionSwatch>, Error> {
    let values = keys.iter().map(|key| key.value.as_str());
    let rows = option_swatch::Entity::find().filter(option_swatch::Column::FoldedValue.is_in(padded(values)));
    let mut rows = rows.all(db).await?;
    rows.retain(|row| keys.contains(&SwatchKey::of(row)));
    Ok(rows)
}

/// All swatches, by option and value. There are a few thousand at most.
///
/// # Errors
/// The database's.
pub async fn swatches(db: &impl ConnectionTrait) -> Result<Vec<OptionSwatch>, Error> {
    let query = option_swatch::Entity::find().order_by_asc(option_swatch::Column::FoldedOption);
    Ok(query.order_by_asc(option_swatch::Column::FoldedValue).all(db).await?)
}

/// Says what shows a value of an option; what showed it before is replaced.
///
/// # Errors
/// An empty or long name or value, neither a color nor a picture, a color or URL that is none, too many swatches.
pub async fn set_swatch(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    draft: SwatchDraft,
) -> Result<OptionSwatch, Failure<Refusal>> {
    let color = draft.check()?;
    let key = SwatchKey::new(&draft.option, &draft.value);
    let before = swatches_of(tx, std::slice::from_ref(&key)).await?.pop();
    if before.is_none() && option_swatch::Entity::find().count(tx).await? >= SWATCHES_MOST {
        return Err(Failure::refuse(Refusal::new("value", Reason::TooMany(2_000))));
    }
    let now = author.sources.now();
    let image = draft.image;
    let row = OptionSwatch {
        id: before.as_ref().map_or_else(|| author.sources.id(), |row| row.id),
        option_name: draft.option.trim().to_owned(),
        value: draft.value.trim().to_owned(),
        folded_option: key.option,
        folded_value: key.value,
        color,
        image_url: image.as_ref().map(|image| image.url.clone()),
        image_alt: image.as_ref().and_then(|image| image.alt.clone()),
        image_width: image.as_ref().and_then(|image| image.width),
        image_height: image.as_ref().and_then(|image| image.height),
        created_at: before.map_or(now, |row| row.created_at),
        updated_at: now,
    };
    let columns = [option_swatch::Column::FoldedValue, option_swatch::Column::FoldedOption];
    let written = OnConflict::columns(columns)
        .update_columns([
            option_swatch::Column::OptionName,
            option_swatch::Column::Value,
            option_swatch::Column::Color,
            option_swatch::Column::ImageUrl,
            option_swatch::Column::ImageAlt,
            option_swatch::Column::ImageWidth,
            option_swatch::Column::ImageHeight,
            option_swatch::Column::UpdatedAt,
        ])
        .to_owned();
    let insert = option_swatch::Entity::insert(row.into_active_model().reset_all()).on_conflict(written);
    let row = insert.exec_with_returning(tx).await?;
    record(tx, author, "option_swatch.updated", &row).await?;
    Ok(row)
}

/// Takes away what shows a value of an option.
///
/// # Errors
/// `NotFound`.
pub async fn delete_swatch(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    id: OptionSwatchId,
) -> Result<OptionSwatchId, Failure<Refusal>> {
    let row = option_swatch::Entity::find_by_id(id).one(tx).await?.ok_or(Error::NotFound("swatch"))?;
    if option_swatch::Entity::delete_by_id(id).exec(tx).await?.rows_affected == 0 {
        return Err(Error::NotFound("swatch").into());
    }
    record(tx, author, "option_swatch.deleted", &row).await?;
    Ok(id)
}

async fn record(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    kind: &'static str,
    row: &OptionSwatch,
) -> Result<(), Error> {
    let fact = Fact {
        kind,
        subject_type: "option_swatch",
        subject_id: row.id.0,
        data: json!({
            "option_swatch_id": row.id, "option": row.option_name, "value": row.value, "account_id": author.account_id,
        }),
    };
    outbox::record(tx, author.sources, fact).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_is_written_in_one_way() {
        assert_eq!(canonical("#0F7").as_deref(), Some("#00ff77"));
        assert_eq!(canonical("#D38b2c").as_deref(), Some("#d38b2c"));
        for none in ["", "#", "0f766e", "#0f76", "#0f766g", "#ééé", "amber"] {
            assert_eq!(canonical(none), None, "{none}");
        }
    }
}
