//! `cartwright audit`, with the clients' log loaded, and the book of a gateway that is a server of its own.

use std::{fs, sync::Arc};

use serde_json::json;

use super::Checked;
use crate::{bank::Bank, journal::Journal, world::World};

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
    let book = world.folder.join("bank.ndjson");
    fs::write(&book, bank(world).await?.join("\n"))?;
    let (file, book) = (file.display().to_string(), book.display().to_string());
    let report = world.command(&["audit", "--load", &file, "--load", &book], None).await;
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

/// The gateway's book and the messages that it was told are stored. The sandbox's are in the shop's own tables.
async fn bank(world: &World) -> anyhow::Result<Vec<String>> {
    if matches!(world.bank, Bank::Sandbox) {
        return Ok(Vec::new());
    }
    let book = world.bank.book(&*world.postgres.lock().await)?;
    let booked = book.into_iter().map(|booked| {
        let row = json!({ "provider_ref": booked.reference, "gateway": world.bank.name(), "order_id": booked.order,
                          "currency": booked.currency, "status": booked.status, "captured": booked.captured,
                          "refunded": booked.refunded });
        json!({ "relation": "chk_psp", "row": row }).to_string()
    });
    let stored = world.detour.stored().into_iter().map(|event| {
        let row = json!({ "provider_event_id": event, "state": "sent", "received_ms": 0, "sent_ok": 1 });
        json!({ "relation": "chk_webhook", "row": row }).to_string()
    });
    Ok(booked.chain(stored).collect())
}
