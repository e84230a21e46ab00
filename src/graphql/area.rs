//! Parts of the world, as staff describe them for delivery and taxes.

use async_graphql::{InputObject, SimpleObject};

use super::codes::CountryCode;
use crate::domain::shared::area::{AreaSpec, PostalSpec};

/// A part of the world. Of several that contain an address the narrowest counts: postal codes before provinces before
/// countries before the rest of the world.
#[derive(Clone, Debug, InputObject)]
#[graphql(visible = "crate::graphql::guards::manages_settings")]
pub struct AreaInput {
    /// The country; left out, it is the rest of the world, which has no provinces and postal codes.
    pub country: Option<CountryCode>,
    /// Its provinces by the part of their ISO 3166-2 codes after the hyphen, such as `TX`, at most 100; all when left out.
    pub provinces: Option<Vec<String>>,
    /// Its postal codes, at most 250 entries; all when left out. An address without a postal code is not in the area then.
    pub postal_codes: Option<Vec<PostalCodesInput>>,
}

/// Postal codes of a country. Spaces, hyphens and case make no difference.
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
    country: Option<CountryCode>,
    /// Its provinces by the part of their ISO 3166-2 codes after the hyphen; none named means all of them.
    provinces: Vec<String>,
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
pub fn specs(areas: Vec<AreaInput>) -> Vec<AreaSpec> {
    areas.into_iter().map(AreaSpec::from).collect()
}

impl From<AreaInput> for AreaSpec {
    fn from(input: AreaInput) -> Self {
        let pattern = |codes: PostalCodesInput| match codes.to {
            Some(to) => PostalSpec::Range(codes.from, to),
            None => PostalSpec::Prefix(codes.from),
        };
        Self {
            country: input.country.map(|country| country.code().to_owned()),
            provinces: input.provinces.unwrap_or_default(),
            postal_codes: input.postal_codes.unwrap_or_default().into_iter().map(pattern).collect(),
        }
    }
}

impl From<AreaSpec> for Area {
    fn from(spec: AreaSpec) -> Self {
        let pattern = |pattern| match pattern {
            PostalSpec::Prefix(from) => PostalCodes { from, to: None },
            PostalSpec::Range(from, to) => PostalCodes { from, to: Some(to) },
        };
        Self {
            country: spec.country.as_deref().and_then(CountryCode::from_code),
            provinces: spec.provinces,
            postal_codes: spec.postal_codes.into_iter().map(pattern).collect(),
        }
    }
}
