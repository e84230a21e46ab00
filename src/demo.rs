//! The demo shop (temporary seam until the importer lands).
use include_dir::{Dir, include_dir};
/// Pictures.
pub static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo/pictures");
