//! Background work that processes share: leases, delivery of events to sinks, and retention.

mod delivery;
mod leases;
mod retention;
mod sink;
