//! The relations that no table of ours fills: what a client saw, what a consumer read, another gateway's book.

use sea_orm::DbBackend;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An id of ours.
    Id,
    /// Text.
    Text,
    /// A whole number.
    Number,
}

/// A relation that a file may fill.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    /// Its name in the file.
    pub name: &'static str,
    /// Its temporary table: some are only a part of the relation, the rest being a view of ours.
    pub table: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Kind)],
    /// Columns that are looked up by.
    pub index: &'static str,
}

use Kind::{Id, Number, Text};

/// All of them.
pub const LOADABLE: &[Relation] = &[
    Relation {
        name: "chk_ack",
        table: "chk_ack",
        columns: &[("op_id", Text), ("kind", Text), ("idem_key", Text), ("order_id", Id), ("total", Number)],
        index: "order_id",
    },
    Relation {
        name: "chk_consumed",
        table: "chk_consumed",
        columns: &[("pos", Number), ("event_id", Id), ("aggregate_id", Id), ("version", Number), ("type", Text)],
        index: "event_id",
    },
    Relation {
        name: "chk_effect",
        table: "chk_effect",
        columns: &[("event_id", Id), ("effect", Text)],
        index: "event_id",
    },
    Relation {
        name: "chk_psp",
        table: "chk_loaded_psp",
        columns: &[
            ("provider_ref", Text),
            ("gateway", Text),
            ("order_id", Id),
            ("currency", Text),
            ("status", Text),
            ("captured", Number),
            ("refunded", Number),
        ],
        index: "provider_ref",
    },
    Relation {
        name: "chk_webhook",
        table: "chk_loaded_webhook",
        columns: &[("provider_event_id", Text), ("state", Text), ("received_ms", Number), ("sent_ok", Number)],
        index: "provider_event_id",
    },
    Relation {
        name: "chk_coupon",
        table: "chk_loaded_coupon",
        columns: &[("id", Id), ("usage_limit", Number), ("per_customer", Number), ("used", Number)],
        index: "id",
    },
    Relation {
        name: "chk_redemption",
        table: "chk_loaded_redemption",
        columns: &[("coupon_id", Id), ("order_id", Id), ("customer_id", Text)],
        index: "coupon_id",
    },
    Relation {
        name: "chk_idem",
        table: "chk_loaded_idem",
        columns: &[
            ("scope", Text),
            ("idem_key", Text),
            ("request_hash", Text),
            ("state", Text),
            ("order_id", Id),
            ("created_ms", Number),
        ],
        index: "idem_key",
    },
];

/// Relations that a table fills as soon as it is there.
pub const FILLED_BY: &[(&str, &str)] =
    &[("chk_idem", "idempotency_record"), ("chk_coupon", "discount"), ("chk_redemption", "discount_redemption")];

/// The relation of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Relation> {
    LOADABLE.iter().find(|relation| relation.name == name)
}

impl Relation {
    /// What makes its temporary table.
    #[must_use]
    pub fn create(&self, backend: DbBackend) -> String {
        let kind = |kind: &Kind| match (kind, backend) {
            (Id, DbBackend::Postgres) => "uuid",
            (Id, _) => "BLOB",
            (Text, _) => "TEXT",
            (Number, _) => "BIGINT",
        };
        let columns: Vec<String> = self.columns.iter().map(|(name, of)| format!("{name} {}", kind(of))).collect();
        format!("CREATE TEMPORARY TABLE {} ({})", self.table, columns.join(", "))
    }

    /// What makes its index, once it is filled. The name's schema is the table's own.
    #[must_use]
    pub fn create_index(&self, backend: DbBackend) -> String {
        let schema = if backend == DbBackend::Postgres { "" } else { "temp." };
        format!("CREATE INDEX {schema}{}_by ON {} ({})", self.table, self.table, self.index)
    }
}
