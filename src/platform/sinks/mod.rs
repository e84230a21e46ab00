//! The durable consumers of events that come with the server.

mod file;
mod stream;

pub use file::FileSink;
pub use stream::StreamSink;
