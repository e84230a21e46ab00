//! Tables of the platform: what serves every domain.

pub mod event_delivery;
pub mod event_sink;
pub mod idempotency_record;
pub mod job;
pub mod outbox_event;
pub mod outbox_state;
