//! Tables of the platform: what serves every domain.

pub mod outbox_event;
