//! Mails to shoppers: which fact gives which, once; how they read; how they are sent while the mail server fails.

mod facts;
mod letters;
mod money;
mod postbox;
mod reading;
mod sending;
mod settings;

use cartwright::domain::notification;
use entity::notification::notification::{self as table, NotificationState};
use sea_orm::{EntityTrait, QueryOrder};

use self::letters::Letter;
use crate::support::TestShop;

/// The queue, oldest first: each mail's kind and state.
async fn queue(shop: &TestShop) -> Vec<(String, NotificationState)> {
    let rows = rows(shop).await;
    rows.into_iter().map(|row| (sea_orm::ActiveEnum::to_value(&row.kind), row.state)).collect()
}

async fn rows(shop: &TestShop) -> Vec<table::Model> {
    let rows = table::Entity::find().order_by_asc(table::Column::CreatedAt).order_by_asc(table::Column::Id);
    rows.all(shop.app.database.reader()).await.expect("the queue")
}

/// The kinds that were queued, in the order of the alphabet.
async fn kinds(shop: &TestShop) -> Vec<String> {
    let mut kinds: Vec<String> = queue(shop).await.into_iter().map(|(kind, _)| kind).collect();
    kinds.sort();
    kinds
}

/// Sends what is due; how many mails were dealt with.
async fn send(shop: &TestShop) -> usize {
    notification::send_due(&shop.app.post()).await.expect("a round")
}

/// The mails in the shop's folder, by their subjects.
fn delivered(shop: &TestShop) -> Vec<Letter> {
    let files = std::fs::read_dir(shop.mails_folder()).expect("the folder");
    let mut letters: Vec<Letter> = files
        .map(|file| file.expect("a file").path())
        .inspect(|path| assert!(path.extension().is_some_and(|extension| extension == "eml"), "{}", path.display()))
        .map(|path| Letter::parse(&std::fs::read_to_string(path).expect("a mail")))
        .collect();
    letters.sort_by_key(|letter| letter.subject());
    letters
}
