//! Leases: one process at a time does shared work, and another takes over when it dies.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use cartwright::platform::jobs::{Jobs, Leases, Schedule};
use entity::platform::job;
use sea_orm::EntityTrait;

use super::sink::until;
use crate::support::TestShop;

fn leases(shop: &TestShop, length: Duration) -> Leases {
    Leases::new(shop.app.database.clone(), shop.app.sources.clone(), length)
}

async fn row(shop: &TestShop, name: &str) -> Option<job::Model> {
    job::Entity::find_by_id(name).one(shop.app.database.reader()).await.expect("read")
}

fn often() -> Schedule {
    Schedule { interval: Duration::from_millis(20), wake: None }
}

#[tokio::test]
async fn a_lease_is_one_processs_until_it_is_given_back_or_over() {
    let shop = TestShop::still().await;
    let (one, two) = (leases(&shop, Duration::from_secs(2)), leases(&shop, Duration::from_secs(2)));
    let name: Arc<str> = "work".into();
    assert!(one.take(&name).await.expect("asked").is_some());
    assert!(two.take(&name).await.expect("asked").is_none());
    assert!(one.take(&name).await.expect("asked").is_some(), "its own again");
    one.release(&name).await.expect("given back");
    assert!(!one.holds(&name));
    assert!(two.take(&name).await.expect("asked").is_some());
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    two.renew().await.expect("renewed");
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    assert!(two.holds(&name) && one.take(&name).await.expect("asked").is_none(), "renewed in time");
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert!(!two.holds(&name), "it knows by itself that its time is over");
    assert!(one.take(&name).await.expect("asked").is_some());
    two.renew().await.expect("asked");
    assert!(!two.holds(&name) && one.holds(&name), "what is lost is not renewed");
}

#[tokio::test]
async fn many_who_ask_at_once_get_one_lease() {
    let shop = TestShop::still().await;
    let name: Arc<str> = "work".into();
    let asking = (0..12).map(|_| {
        let (leases, name) = (leases(&shop, Duration::from_secs(30)), Arc::clone(&name));
        tokio::spawn(async move { leases.take(&name).await.expect("asked").is_some() })
    });
    let got: Vec<bool> = futures::future::join_all(asking.collect::<Vec<_>>())
        .await
        .into_iter()
        .map(|got| got.expect("it ends"))
        .collect();
    assert_eq!(got.iter().filter(|got| **got).count(), 1);
}

#[tokio::test]
async fn an_idle_job_does_not_write_with_each_look() {
    let shop = TestShop::still().await;
    let (jobs, leases, rounds) =
        (Jobs::default(), leases(&shop, Duration::from_secs(30)), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&rounds);
    jobs.keep(&leases);
    jobs.repeat_shared(&leases, "idle", often(), Duration::from_secs(1), move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async { Ok(0) }
    });
    until("it runs", async || rounds.load(Ordering::Relaxed) > 2).await;
    let ((), statements) = shop.statements(until("it ran often", async || rounds.load(Ordering::Relaxed) > 20)).await;
    assert_eq!(statements, 0);
    jobs.finish().await;
    assert_eq!(row(&shop, "idle").await.expect("a row").holder, None, "given back at the stop");
}

#[tokio::test]
async fn a_failing_job_is_tried_again_after_growing_gaps_and_says_why_until_it_works() {
    let shop = TestShop::still().await;
    let (jobs, leases) = (Jobs::default(), leases(&shop, Duration::from_secs(1)));
    let starts = Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = Arc::clone(&starts);
    jobs.keep(&leases);
    let schedule = Schedule { interval: Duration::from_millis(60), wake: None };
    jobs.repeat_shared(&leases, "shaky", schedule, Duration::from_secs(2), move || {
        let mut starts = noted.lock().expect("unpoisoned");
        starts.push(Instant::now());
        let failing = starts.len() <= 4;
        async move { if failing { Err(anyhow::anyhow!("no luck")) } else { Ok(0) } }
    });
    until("the failure is on record", async || row(&shop, "shaky").await.is_some_and(|row| row.failures == 3)).await;
    let failing = row(&shop, "shaky").await.expect("a row");
    assert_eq!(failing.last_error.as_deref(), Some("no luck"));
    assert!(failing.next_run_at.is_some());
    until("it works again", async || row(&shop, "shaky").await.is_some_and(|row| row.failures == 0)).await;
    assert_eq!(row(&shop, "shaky").await.expect("a row").last_error, None);
    until("the last round is on record", async || {
        row(&shop, "shaky").await.is_some_and(|row| row.last_finished_at.is_some())
    })
    .await;
    jobs.finish().await;
    let starts = starts.lock().expect("unpoisoned");
    let gaps: Vec<Duration> = starts.windows(2).take(4).map(|pair| pair[1] - pair[0]).collect();
    for (gap, least) in gaps.iter().zip([45, 90, 180, 360]) {
        assert!(*gap >= Duration::from_millis(least), "{gaps:?}");
    }
}

#[test]
fn held_stock_is_freed_soon_although_the_process_that_did_it_died() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let settings = [("CARTWRIGHT_JOB_LEASE_SECONDS", "2"), ("CARTWRIGHT_STOCK_HOLD_SECONDS", "4")];
        let shop = TestShop::still_with(&settings).await;
        let made = shop.stocked("Pen", 250, 5).await;
        let order = shop.order_of(&made, 2, "sandbox_challenge").await;
        // A process on a runtime of its own: all its tasks end at once, as with kill -9.
        let doomed = tokio::runtime::Runtime::new().expect("a runtime");
        let other = shop.beside(&settings, SocketAddr::from(([127, 0, 0, 1], 0))).await;
        let (app, dead) = (other.app.clone(), other.app.leases.holder());
        doomed.spawn(async move { cartwright::jobs::start_worker(&app) }).await.expect("it works");
        until("the other process holds the lease", async || {
            row(&shop, "expired holds").await.is_some_and(|row| row.holder == Some(dead))
        })
        .await;
        cartwright::jobs::start_worker(&shop.app);
        doomed.shutdown_background();
        let died = Instant::now();
        until("the stock is free", async || shop.stock_of(made.variants[0]).await == (5, 0)).await;
        assert!(died.elapsed() < Duration::from_secs(20), "{:?}", died.elapsed());
        assert_eq!(order.axes(&shop).await, "CANCELED EXPIRED UNFULFILLED");
        let holder = row(&shop, "expired holds").await.and_then(|row| row.holder);
        assert_eq!(holder, Some(shop.app.leases.holder()));
        shop.app.jobs.finish().await;
    });
}
