//! The durable consumers of events that come with the server.

mod file;

pub use file::FileSink;
