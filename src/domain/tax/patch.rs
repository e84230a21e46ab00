//! What staff want a zone to be: what is `None` stays as it is.

use entity::{
    area::Area,
    ids::TaxClassId,
    tax::tax_zone::{PriceBasis, RoundingLevel, RoundingMode, RoundingParts, ShippingTax},
};

/// Changes of a zone.
#[derive(Clone, Debug, Default)]
pub struct ZonePatch {
    /// Name.
    pub name: Option<String>,
    /// What belongs to it, all of it.
    pub areas: Option<Vec<Area>>,
    /// Whether prices shown here contain its taxes.
    pub shown: Option<PriceBasis>,
    /// What becomes of a fraction.
    pub rounding_mode: Option<RoundingMode>,
    /// Of what a tax is rounded.
    pub rounding_level: Option<RoundingLevel>,
    /// Whether taxes are rounded each or together.
    pub rounding_parts: Option<RoundingParts>,
    /// How delivery is taxed.
    pub shipping: Option<ShippingDraft>,
    /// Whether buyers with a confirmed tax number owe the tax themselves.
    pub reverse_charge: Option<bool>,
    /// Its rates, all of them.
    pub rates: Option<Vec<RateDraft>>,
}

/// How delivery is to be taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippingDraft {
    /// How.
    pub kind: ShippingTax,
    /// As which class; none is the standard one.
    pub class: Option<TaxClassId>,
}

/// What a class is to be taxed with.
#[derive(Clone, Debug, Default)]
pub struct RateDraft {
    /// The class; none is the standard one.
    pub class: Option<TaxClassId>,
    /// The taxes; none is a rate of zero.
    pub taxes: Vec<TaxDraft>,
}

/// A tax.
#[derive(Clone, Debug)]
pub struct TaxDraft {
    /// How buyers see it.
    pub title: String,
    /// Its rate in percent.
    pub percent: String,
    /// Charged on the price and the taxes before it.
    pub compound: bool,
}
