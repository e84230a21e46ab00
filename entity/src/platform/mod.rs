//! Tables of the platform: what serves every domain.

pub mod idempotency_record;
pub mod outbox_event;
