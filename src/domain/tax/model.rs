//! The tables' words in the engine's, and which class a variant is of.

use entity::{
    ids::TaxClassId,
    tax::{
        tax_rate::Tax,
        tax_settings::PricesAbroad,
        tax_zone::{Model as TaxZone, PriceBasis, RoundingLevel, RoundingMode, RoundingParts, ShippingTax},
    },
};
use pricing::{Component, Components, PartsPerMillion, Rounding, TaxClassKey, TaxKey, TaxRounding};

/// The class of what is not taxed at all. No row has this id: [`super::rules`] adds it to every zone, without taxes.
pub const UNTAXED: TaxClassKey = TaxClassKey(0);

/// The class of a variant in the engine.
#[must_use]
pub fn class_of(taxable: bool, class: Option<TaxClassId>) -> Option<TaxClassKey> {
    if taxable { class.map(class_key) } else { Some(UNTAXED) }
}

pub(super) fn class_key(id: TaxClassId) -> TaxClassKey {
    TaxClassKey(id.0.as_u128())
}

pub(super) fn basis(basis: PriceBasis) -> pricing::PriceBasis {
    match basis {
        PriceBasis::Exclusive => pricing::PriceBasis::Exclusive,
        PriceBasis::Inclusive => pricing::PriceBasis::Inclusive,
    }
}

pub(super) fn abroad(abroad: PricesAbroad) -> pricing::PricesAbroad {
    match abroad {
        PricesAbroad::FixedGross => pricing::PricesAbroad::FixedGross,
        PricesAbroad::FixedNet => pricing::PricesAbroad::FixedNet,
    }
}

pub(super) fn rounding(zone: &TaxZone) -> TaxRounding {
    TaxRounding {
        mode: match zone.rounding_mode {
            RoundingMode::HalfUp => Rounding::HalfUp,
            RoundingMode::HalfEven => Rounding::HalfEven,
            RoundingMode::Down => Rounding::Down,
            RoundingMode::Up => Rounding::Up,
        },
        level: match zone.rounding_level {
            RoundingLevel::Line => pricing::RoundingLevel::Line,
            RoundingLevel::Order => pricing::RoundingLevel::Order,
        },
        components: match zone.rounding_parts {
            RoundingParts::Separately => Components::Separately,
            RoundingParts::Together => Components::Together,
        },
    }
}

pub(super) fn shipping(zone: &TaxZone) -> pricing::ShippingTax {
    match zone.shipping {
        ShippingTax::NotTaxed => pricing::ShippingTax::NotTaxed,
        ShippingTax::AsClass => pricing::ShippingTax::AsClass(zone.shipping_class_id.map(class_key)),
        ShippingTax::AsGoods => pricing::ShippingTax::AsGoods,
    }
}

pub(super) fn component(tax: Tax) -> Component {
    let Tax { key, title, rate, compound } = tax;
    Component { key: TaxKey(key.as_u128()), title: title.into(), rate: PartsPerMillion(rate), compound }
}
