//! `cartwright audit`, with the clients' log loaded.

use std::{fs, sync::Arc};

use serde_json::json;

use super::Checked;
use crate::{journal::Journal, world::World};

/// Runs the audit.
pub async fn check(world: &Arc<World>, journal: &Arc<Journal>) -> anyhow::Result<Vec<Checked>> {
    let file = world.folder.join("acknowledged.ndjson");
    let rows = journal.acknowledged().into_iter().filter(|told| told.placed).map(|told| {
        let row = json!({ "op_id": told.operation, "kind": "place_order", "idem_key": told.key,
                          "order_id": told.order, "total": told.total });
        json!({ "relation": "chk_ack", "row": row }).to_string()
    });
    let rows: Vec<String> = rows.collect();
    fs::write(&file, rows.join("\n") + "\n")?;
    let report = world.command(&["audit", "--load", &file.display().to_string()], None).await;
    let report_file = world.folder.join("audit.txt");
    let broken = match report {
        Ok(text) => {
            fs::write(report_file, text)?;
            Vec::new()
        }
        Err(error) => {
            fs::write(report_file, format!("{error:#}"))?;
            vec![format!("{error:#}")]
        }
    };
    Ok(vec![Checked::new("cartwright audit finds nothing", rows.len(), broken)])
}
