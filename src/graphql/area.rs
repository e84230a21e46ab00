//! Parts of the world, as staff describe them for delivery and taxes.

use async_graphql::{InputObject, SimpleObject};
use entity::area;

use super::codes::CountryCode;

/// A part of the world. Of several that contain an address the narrowest counts: postal codes before provinces before
/// countries before the rest of the world.
#[derive(Clone, Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct AreaInput {
    /// The country; left out, it is the rest of the world, which has no provinces and postal codes.
    pub country_code: Option<CountryCode>,
    /// Its provinces by the part of their ISO 3166-2 codes after the hyphen, such as `TX`, at most 100; all when left out.
    pub province_codes: Option<Vec<String>>,
    /// Its postal codes; all when left out. All areas of a zone name at most 1,000. An address without a postal code is not in the area then.
    pub postal_codes: Option<Vec<PostalCodesInput>>,
}

/// Postal codes of a country: letters and digits, at most 20. Spaces, hyphens and case make no difference.
#[derive(Clone, Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct PostalCodesInput {
    /// Without `to`: how they begin, such as `SW1`. With it: the first of them.
    pub from: String,
    /// The last of them, of the same length; codes are compared by as many characters: `V0` to `V9`, `10115` to `14199`.
    pub to: Option<String>,
}

/// A part of the world.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct Area {
    /// The country; null is the rest of the world.
    country_code: Option<CountryCode>,
    /// Its provinces by the part of their ISO 3166-2 codes after the hyphen; none named means all of them.
    province_codes: Vec<String>,
    /// Its postal codes; none named means all of them.
    postal_codes: Vec<PostalCodes>,
}

/// Postal codes of a country.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_settings")]
pub struct PostalCodes {
    /// Without `to`: how they begin. With it: the first of them.
    from: String,
    /// The last of them.
    to: Option<String>,
}

/// Areas for the domain.
pub fn areas(input: Vec<AreaInput>) -> Vec<area::Area> {
    input.into_iter().map(area::Area::from).collect()
}

impl From<AreaInput> for area::Area {
    fn from(input: AreaInput) -> Self {
        let postal_codes = |codes: PostalCodesInput| match codes.to {
            Some(to) => area::PostalCodes::Range(codes.from, to),
            None => area::PostalCodes::Prefix(codes.from),
        };
        Self {
            country_code: input.country_code.map(|country| country.code().to_owned()),
            province_codes: input.province_codes.unwrap_or_default(),
            postal_codes: input.postal_codes.unwrap_or_default().into_iter().map(postal_codes).collect(),
        }
    }
}

impl From<&area::Area> for Area {
    fn from(kept: &area::Area) -> Self {
        let postal_codes = |codes: &area::PostalCodes| match codes.clone() {
            area::PostalCodes::Prefix(from) => PostalCodes { from, to: None },
            area::PostalCodes::Range(from, to) => PostalCodes { from, to: Some(to) },
        };
        Self {
            country_code: kept.country_code.as_deref().and_then(CountryCode::from_code),
            province_codes: kept.province_codes.clone(),
            postal_codes: kept.postal_codes.iter().map(postal_codes).collect(),
        }
    }
}
