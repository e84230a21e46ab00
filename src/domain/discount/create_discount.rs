//! Staff add a discount.

use entity::{
    discount::{
        discount::{self, DiscountMethod},
        rule::{Eligibility, Minimum},
    },
    ids::DiscountId,
};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::{
    DiscountPatch, automatic, checks, codes,
    errors::{Reason, Refusal},
    events,
};
use crate::domain::shared::{Author, Failure};

/// Adds a discount. Without a start it begins now, without an end it never ends, and it stands alone unless told otherwise.
///
/// # Errors
/// Everything that is wrong with it; a code that is taken; too many automatic ones at a time.
pub async fn create_discount(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    method: DiscountMethod,
    patch: DiscountPatch,
) -> Result<DiscountId, Failure<Refusal>> {
    checks::form(&patch, true)?;
    checks::codes("codes", &patch.add_codes)?;
    if method == DiscountMethod::Code && patch.add_codes.is_empty() {
        return Err(Failure::refuse(Refusal::new("codes", Reason::NoCode)));
    }
    let Some(effect) = patch.effect.clone() else {
        return Err(Failure::refuse(Refusal::new("effect", Reason::Blank)));
    };
    automatic::one_at_a_time(tx, method).await?;
    let now = author.sources.now();
    let mut row = discount::Model {
        id: author.sources.id(),
        title: String::new(),
        title_key: String::new(),
        method,
        effect,
        with_product: false,
        with_order: false,
        with_shipping: false,
        minimum: Minimum::None,
        eligibility: Eligibility::Everyone,
        starts_at: now,
        ends_at: None,
        usage_limit: None,
        limit_per_customer: None,
        used: 0,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    patch.apply(&mut row);
    checks::row(tx, &row, &patch).await?;
    automatic::ensure_room(tx, &row, "startsAt").await?;
    discount::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    codes::add(tx, author, row.id, "codes", &patch.add_codes).await?;
    events::record(tx, author, &row, "discount.created").await?;
    Ok(row.id)
}

#[cfg(test)]
mod tests {
    use entity::discount::rule::Effect;

    #[test]
    fn an_effect_has_the_json_that_is_kept() {
        let effect = Effect::Shipping { off: 10_000, most: None, countries: vec!["DE".to_owned()] };
        let kept = serde_json::json!({ "shipping": { "off": 10_000, "most": null, "countries": ["DE"] } });
        assert_eq!(serde_json::to_value(&effect).expect("JSON"), kept);
        assert_eq!(serde_json::from_value::<Effect>(kept).expect("read"), effect);
    }
}
