//! One run from its start to its verdict.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use crate::{
    Arguments,
    checks::{self, Checked, returned::Returned},
    client::Client,
    faults,
    journal::Journal,
    load::{self, Shop},
    plan::{self, Planned},
    report::Report,
    server::await_ready,
    watcher::Watcher,
    world::World,
};

/// How long requests that are under way when the faults end may take to be answered.
const LAST_ANSWERS: Duration = Duration::from_secs(45);
/// How long the shop may take to be through with everything afterwards: the longest gap between two attempts to give a
/// payment back is a minute.
const DRAIN: Duration = Duration::from_secs(90);
/// How soon a server is ready again when everything works.
const READY: Duration = Duration::from_secs(20);

/// Runs; true: nothing broke.
pub async fn run(arguments: &Arguments, seed: u64, binary: &Path, folder: &Path) -> anyhow::Result<bool> {
    let began = Instant::now();
    let journal = Arc::new(Journal::new(&folder.join("answers.ndjson"))?);
    let world = Arc::new(World::start(folder, binary, arguments, seed).await?);
    let over = Arc::new(AtomicBool::new(false));
    let client = Client::new(world.doors.clone(), Arc::clone(&journal), Arc::clone(&over))?;
    let shop = Arc::new(load::prepare(&client, &world, seed).await?);
    println!("chaos: the shop is open after {:.1} s", began.elapsed().as_secs_f64());

    let supervising = tokio::spawn(supervise(Arc::clone(&world)));
    let watchers = watch(&world, &shop, &journal);
    let mut load = load::begin(&client, &journal, &shop, arguments.shoppers).await?;
    let opened = Instant::now();
    let planned = if arguments.no_faults {
        Vec::new()
    } else {
        faults::usual(&world);
        plan::plan(seed, arguments.seconds, arguments.servers, &arguments.faults())
    };
    let performed = perform(&world, &journal, planned, opened).await?;
    tokio::time::sleep(Duration::from_secs(arguments.seconds).saturating_sub(opened.elapsed())).await;

    shop.close();
    faults::calm(&world);
    let mut checked = Vec::new();
    for place in &world.places {
        let ready = await_ready(place.listen, READY).await.err().map(|error| error.to_string());
        checked.push(Checked::new("a server is ready again when everything works", 1, ready.into_iter().collect()));
    }
    let ended = tokio::time::timeout(LAST_ANSWERS, async { while load.join_next().await.is_some() {} }).await;
    over.store(ended.is_err(), Ordering::Relaxed);
    while load.join_next().await.is_some() {}
    over.store(false, Ordering::Relaxed);
    let loaded = opened.elapsed();

    let (drained, left) = drain(&world, &watchers).await?;
    checked.push(Checked::new("everything comes to an end", 1, left.into_iter().collect()));
    let (looked, returned) = look(&world, &journal, &client, &shop, &watchers).await?;
    checked.extend(looked);
    supervising.abort();
    checked.extend(checks::on_the_way(&journal));
    let acknowledged = journal.acknowledged().len();
    let none = (acknowledged == 0).then(|| "nobody bought anything".to_owned());
    checked.push(Checked::new("the load is a load", acknowledged, none.into_iter().collect()));
    checked.push(servers(&world).await);
    journal.flush();
    let report = Report { seed, loaded, drained, performed, checked, returned, journal, world, watchers };
    report.print().await
}

/// Starts servers again that ended, and notes when those that started answer.
async fn supervise(world: Arc<World>) {
    let http = reqwest::Client::builder().timeout(Duration::from_millis(500)).build().unwrap_or_default();
    loop {
        world.bank.tick();
        for place in &world.places {
            let starting = match place.server.try_lock() {
                Ok(mut server) => server.supervise().is_ok() && server.is_starting(),
                // Somebody is restarting it.
                Err(_) => false,
            };
            if starting {
                let asked = http.get(format!("http://{}/readyz", place.listen)).send().await;
                if asked.is_ok_and(|answer| answer.status().is_success())
                    && let Ok(mut server) = place.server.try_lock()
                {
                    server.answers();
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// One watcher of all orders on each server.
fn watch(world: &Arc<World>, shop: &Arc<Shop>, journal: &Arc<Journal>) -> Vec<Watcher> {
    let feeds = (0..world.doors.count()).map(|door| {
        let watcher = Watcher::of_feed(format!("the watcher of all orders at door {door}"), &shop.staff);
        let (watching, doors, journal) = (watcher.clone(), world.doors.clone(), Arc::clone(journal));
        tokio::spawn(async move { watching.watch(&doors, door, &journal).await });
        watcher
    });
    feeds.collect()
}

/// Performs the plan; returns how many faults of each kind that were. Faults may overlap.
async fn perform(
    world: &Arc<World>,
    journal: &Arc<Journal>,
    planned: Vec<Planned>,
    opened: Instant,
) -> anyhow::Result<std::collections::BTreeMap<String, u64>> {
    let mut counts = std::collections::BTreeMap::new();
    let mut running = JoinSet::new();
    for planned in planned {
        tokio::time::sleep(planned.at.saturating_sub(opened.elapsed())).await;
        journal.line(serde_json::json!({ "fault": planned.fault.name(), "server": planned.server,
            "lasts_ms": u64::try_from(planned.lasts.as_millis()).unwrap_or(0) }));
        *counts.entry(planned.fault.name()).or_insert(0) += 1;
        let (world, journal) = (Arc::clone(world), Arc::clone(journal));
        running.spawn(async move { faults::perform(&world, &journal, planned).await });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok(counts)
}

/// Waits until nothing is under way and the watchers have heard of it; what is left in the end is told.
async fn drain(world: &World, watchers: &[Watcher]) -> anyhow::Result<(Duration, Option<String>)> {
    let began = Instant::now();
    loop {
        let asked = Instant::now();
        let postgres = world.postgres.lock().await;
        let mut left = checks::books::under_way(&postgres)?;
        if world.bank.is_busy(&postgres)? {
            left.push_str(" the bank is busy");
        }
        let last = checks::events::published(&postgres)?.last().map_or(0, |event| event.cursor);
        drop(postgres);
        if watchers.iter().any(|watcher| watcher.notes().at.is_some_and(|at| at < last)) {
            left.push_str(" a watcher is behind");
        }
        if left.is_empty() {
            return Ok((began.elapsed(), None));
        }
        if began.elapsed() > DRAIN {
            return Ok((began.elapsed(), Some(format!("after {} s: {left}", DRAIN.as_secs()))));
        }
        // Asking holds up this thread, and with it the proxies: on a busy machine the shop would get nothing done.
        tokio::time::sleep(Duration::from_millis(500).max(asked.elapsed() * 4)).await;
    }
}

/// The checks at the end.
async fn look(
    world: &Arc<World>,
    journal: &Arc<Journal>,
    client: &Client,
    shop: &Arc<Shop>,
    watchers: &[Watcher],
) -> anyhow::Result<(Vec<Checked>, Returned)> {
    let mut checked = vec![checks::answers::replays(client, journal).await];
    let returned = {
        let postgres = world.postgres.lock().await;
        checked.extend(checks::answers::orders(&postgres, journal)?);
        checks::answers::pairs(&postgres, journal)?;
        checked.push(checks::answers::webhooks(&postgres, &world.detour)?);
        let published = checks::events::published(&postgres)?;
        checked.extend(watchers.iter().map(|watcher| checks::events::feed(watcher, &published)));
        checked.push(checks::events::orders(&shop.watched(), &published));
        checked.extend(checks::books::check(&postgres)?);
        let book = world.bank.book(&postgres)?;
        checked.extend(checks::bank::check(&postgres, &book)?);
        checked.extend(checks::rules::check(&postgres, journal)?);
        let (went_back, returned) = checks::returned::check(&postgres, &book, &world.mails())?;
        checked.extend(went_back);
        returned
    };
    checked.extend(checks::audit::check(world, journal).await?);
    Ok((checked, returned))
}

/// The servers themselves: none ended without being told to, none grew without bound.
async fn servers(world: &World) -> Checked {
    /// The most memory a server may take in a run, in kilobytes.
    const MOST_KB: u64 = 600_000;
    let mut broken = Vec::new();
    for place in &world.places {
        let server = place.server.lock().await;
        broken.extend(server.died.iter().cloned());
        if server.most_kb > MOST_KB {
            broken.push(format!("{} took {} kB", place.listen, server.most_kb));
        }
    }
    Checked::new("no server ends by itself or takes more than 600 MB", world.places.len(), broken)
}
