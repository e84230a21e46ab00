//! `cartwright demo`: loading the demo shop on request.

use super::Common;
use crate::demo;

/// Loads the demo shop's products, pictures and collections. What the shop has already stays.
///
/// # Errors
/// The database's.
pub fn run(common: &Common) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = common.app().await?;
        let loaded = demo::load(&app).await?;
        println!("the shop has {} demo products in {} collections", loaded.products, loaded.collections);
        Ok(())
    })
}
