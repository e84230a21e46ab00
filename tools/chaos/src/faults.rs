//! Doing what is planned: each fault on what it befalls, and its end.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use faultproxy::{FaultProxy, Mode};

use crate::{
    children::Signal,
    journal::Journal,
    plan::{Fault, Planned},
    world::{Place, World},
};

/// The answers that are lost at all times, out of one.
const ALWAYS_LOST: f64 = 0.02;
/// How long a server may take to stop: its own limit for requests that run, and a little.
const STOP: Duration = Duration::from_secs(14);

/// The clients' way as it is between faults: now and then an answer is lost.
pub fn usual(world: &World) {
    for place in &world.places {
        place.clients.set(Mode::DropReply(ALWAYS_LOST));
    }
}

/// Everything works again.
pub fn calm(world: &World) {
    world.detour.calm();
    world.bank.calm();
    for place in &world.places {
        for proxy in [&place.clients, &place.database, &place.redis].into_iter().chain(&place.bank) {
            proxy.set(Mode::Ok);
        }
    }
}

/// Performs a fault, from its beginning to its end.
pub async fn perform(world: &Arc<World>, journal: &Arc<Journal>, planned: Planned) -> anyhow::Result<()> {
    let Some(place) = world.places.get(planned.server) else { return Ok(()) };
    match planned.fault {
        Fault::KillServer => place.server.lock().await.kill()?,
        Fault::RestartServer => restart(place, journal).await?,
        Fault::FreezeServer => {
            place.server.lock().await.signal(Signal::Stop);
            tokio::time::sleep(planned.lasts).await;
            place.server.lock().await.signal(Signal::Cont);
        }
        Fault::CrashPostgres => {
            let mut postgres = world.postgres.lock().await;
            postgres.stop_immediately().await;
            tokio::time::sleep(planned.lasts).await;
            postgres.run().await?;
            drop(postgres);
            notice(world, journal).await;
        }
        Fault::ResetDatabase => place.database.reset_all(),
        Fault::SlowDatabase => misbehave(&place.database, slow(30), planned.lasts, Mode::Ok).await,
        Fault::HangDatabase => misbehave(&place.database, Mode::BlackHole, planned.lasts, Mode::Ok).await,
        Fault::LoseDatabaseReplies => misbehave(&place.database, Mode::DropReply(0.02), planned.lasts, Mode::Ok).await,
        Fault::KillRedis => {
            let mut redis = world.redis.lock().await;
            redis.stop();
            tokio::time::sleep(planned.lasts).await;
            redis.run().await?;
        }
        Fault::FreezeRedis => {
            let redis = world.redis.lock().await;
            redis.signal(Signal::Stop);
            tokio::time::sleep(planned.lasts).await;
            redis.signal(Signal::Cont);
        }
        Fault::FlushRedis => world.redis.lock().await.flush().await?,
        Fault::HangRedis => misbehave(&place.redis, Mode::BlackHole, planned.lasts, Mode::Ok).await,
        Fault::LoseReplies => misbehave(&place.clients, Mode::DropReply(0.3), planned.lasts, lossy()).await,
        Fault::ResetClients => place.clients.reset_all(),
        Fault::SlowClients => misbehave(&place.clients, slow(150), planned.lasts, lossy()).await,
        Fault::HangBank => at_the_bank(place, Mode::BlackHole, planned.lasts).await,
        Fault::RefuseBank => at_the_bank(place, Mode::Refuse, planned.lasts).await,
        Fault::LoseBankReplies => at_the_bank(place, Mode::DropReply(0.5), planned.lasts).await,
        Fault::CutAnswers => misbehave(&place.clients, Mode::CutAfter(700), planned.lasts, lossy()).await,
    }
    Ok(())
}

/// How soon each server answers from the database after its return. A server that is starting, or whose own way to the
/// database is broken by another fault just now, may take that much longer: up to three seconds.
async fn notice(world: &World, journal: &Journal) {
    let back = Instant::now();
    for place in &world.places {
        let Ok(http) = reqwest::Client::builder().timeout(Duration::from_secs(2)).build() else { return };
        let noticed = loop {
            let request = http.post(format!("http://{}/graphql", place.listen));
            let request = request.header("content-type", "application/json").body(r#"{"query":"{ shop { name } }"}"#);
            match request.send().await {
                Ok(answer) if answer.status().is_success() => break Some(back.elapsed()),
                _ if back.elapsed() > Duration::from_secs(20) => break None,
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        };
        noticed.into_iter().for_each(|after| journal.returned(after));
        if noticed.is_none_or(|after| after > Duration::from_secs(8)) {
            let how = format!("{} needed {noticed:?}", place.listen);
            journal.broke("PostgreSQL's return is noticed within five seconds", how);
        }
    }
}

const fn lossy() -> Mode {
    Mode::DropReply(ALWAYS_LOST)
}

const fn slow(milliseconds: u64) -> Mode {
    let wait = Duration::from_millis(milliseconds);
    Mode::Latency { base: wait, jitter: wait }
}

async fn misbehave(proxy: &FaultProxy, mode: Mode, lasts: Duration, afterwards: Mode) {
    proxy.set(mode);
    tokio::time::sleep(lasts).await;
    proxy.set(afterwards);
}

async fn at_the_bank(place: &Place, mode: Mode, lasts: Duration) {
    if let Some(proxy) = &place.bank {
        misbehave(proxy, mode, lasts, Mode::Ok).await;
    }
}

async fn restart(place: &Place, journal: &Journal) -> anyhow::Result<()> {
    let mut server = place.server.lock().await;
    // One that is still starting has nothing to finish.
    let served = !server.is_starting();
    let stopped = server.stop(STOP).await;
    if served && stopped.is_none() {
        journal.broke("a server that is told to stop stops", format!("{} did not within {STOP:?}", place.listen));
    }
    server.run()
}
