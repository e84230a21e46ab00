//! Staff write the shop's policies.

use entity::{
    content::shop_policy::{self, PolicyKind},
    ids::ShopPolicyId,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::{
    errors::{Refusal, refuse_any},
    events::{Subject, record},
    model::policy_handle,
};
use crate::domain::{
    catalog::{
        checks::{Checks, HTML_MOST},
        html,
    },
    shared::{Author, Failure},
    shop,
};

/// Writes a policy; a blank text takes it away. Nothing of what it was, if the shop has none afterwards.
///
/// # Errors
/// A text that is too long.
pub async fn update_policy(
    tx: &DatabaseTransaction,
    author: Author<'_>,
    kind: PolicyKind,
    body_html: &str,
) -> Result<Option<ShopPolicyId>, Failure<Refusal>> {
    let mut checks = Checks::default();
    checks.text("body", body_html, HTML_MOST);
    refuse_any(checks, Vec::new())?;
    let body_html = html::sanitize(body_html);
    // The shop's row is locked, because a policy that is written for the first time has none yet.
    shop::lock(tx).await?;
    let before = shop_policy::Entity::find().filter(shop_policy::Column::Kind.eq(kind)).one(tx).await?;
    let now = author.sources.now();
    let (row, fact) = match before {
        Some(row) if row.body_html == body_html => return Ok(Some(row.id)),
        None if body_html.is_empty() => return Ok(None),
        Some(row) if body_html.is_empty() => {
            shop_policy::Entity::delete_by_id(row.id).exec(tx).await?;
            (shop_policy::Model { version: row.version + 1, ..row }, None)
        }
        Some(row) => {
            let row = shop_policy::Model { body_html, version: row.version + 1, updated_at: now, ..row };
            let update = shop_policy::Entity::update_many().set(row.clone().into_active_model().reset_all());
            update.filter(shop_policy::Column::Id.eq(row.id)).exec(tx).await?;
            let id = row.id;
            (row, Some(id))
        }
        None => {
            let id = author.sources.id();
            let row = shop_policy::Model { id, kind, body_html, version: 1, created_at: now, updated_at: now };
            let insert = shop_policy::Entity::insert(row.clone().into_active_model().reset_all());
            insert.exec_without_returning(tx).await?;
            (row, Some(id))
        }
    };
    let subject = Subject { kind: "shop_policy", id: row.id.0 };
    let details = json!({ "handle": policy_handle(kind), "version": row.version, "removed": fact.is_none() });
    record(tx, author, subject, "shop_policy.updated", details).await?;
    Ok(fact)
}
