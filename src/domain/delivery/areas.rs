//! Which parts of the world a zone may have: known places, each in one zone.

use entity::area::Area;

use super::{
    DeliveryZone,
    errors::{Reason, Refusal},
};
use crate::domain::shared::area::{self, Clash};

/// What is wrong with tidied areas of a zone, beside those that the other zones have.
pub(super) fn check(areas: &[Area], others: &[DeliveryZone]) -> Vec<Refusal> {
    if areas.is_empty() {
        return vec![Refusal::new("areas", Reason::Blank)];
    }
    let refusals: Vec<Refusal> = area::problems(areas).into_iter().map(Refusal::area).collect();
    if !refusals.is_empty() {
        return refusals;
    }
    let others = others.iter().map(|zone| (zone.name.as_str(), &zone.areas));
    let refuse = |Clash { at, zone }: Clash| {
        let reason = zone.map_or(Reason::Twice, |zone| Reason::CoveredBy { zone });
        Refusal::new(format!("areas.{at}"), reason)
    };
    area::clashes(areas, others).into_iter().map(refuse).collect()
}
