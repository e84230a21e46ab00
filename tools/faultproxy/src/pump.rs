//! Moving bytes between the two sides of a connection, with the fault of the moment.

use std::{net::Shutdown, sync::atomic::Ordering, time::Duration};

use socket2::SockRef;
use tokio::{io, net::TcpStream};

use crate::{Mode, Shared};

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Both sides were done.
    Orderly,
    /// A side vanished, or a fault cut it.
    Reset,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    ToServer,
    ToClient,
}

/// Passes bytes both ways until both sides are done or a fault ends it.
pub(crate) async fn both_ways(client: &TcpStream, server: &TcpStream, shared: &Shared) -> Ending {
    let up = one_way(client, server, shared, Direction::ToServer);
    let down = one_way(server, client, shared, Direction::ToClient);
    tokio::pin!(up, down);
    // The server's end is the end: a client that stopped sending may still be listening.
    tokio::select! {
        ending = &mut down => ending,
        ending = &mut up => match ending {
            Ending::Reset => Ending::Reset,
            Ending::Orderly => down.await,
        },
    }
}

async fn one_way(from: &TcpStream, to: &TcpStream, shared: &Shared, direction: Direction) -> Ending {
    let mut modes = shared.mode.subscribe();
    let mut buffer = vec![0; 16 * 1024];
    let mut since_cut_was_set = 0_u64;
    loop {
        let count = match read(from, &mut buffer).await {
            Ok(0) => {
                // A side that is gone cannot be told.
                let _ = SockRef::from(to).shutdown(Shutdown::Write);
                return Ending::Orderly;
            }
            Ok(count) => count,
            Err(_) => return Ending::Reset,
        };
        let Ok(mode) = modes.wait_for(|mode| *mode != Mode::BlackHole).await.map(|mode| *mode) else {
            return Ending::Reset;
        };
        let mut allowed = count;
        match mode {
            Mode::Ok | Mode::BlackHole | Mode::Refuse => {}
            Mode::Latency { base, jitter } => tokio::time::sleep(varied(base, jitter, shared.chance.unit())).await,
            Mode::DropReply(probability) if direction == Direction::ToClient => {
                if shared.chance.unit() < probability {
                    return Ending::Reset;
                }
            }
            Mode::CutAfter(limit) if direction == Direction::ToClient => {
                let left = limit.saturating_sub(since_cut_was_set);
                allowed = count.min(usize::try_from(left).unwrap_or(usize::MAX));
                since_cut_was_set += u64::try_from(count).unwrap_or(u64::MAX);
            }
            Mode::DropReply(_) | Mode::CutAfter(_) => {}
        }
        if !matches!(mode, Mode::CutAfter(_)) {
            since_cut_was_set = 0;
        }
        if write_all(to, &buffer[..allowed]).await.is_err() || allowed < count {
            return Ending::Reset;
        }
        shared.counters.bytes.fetch_add(u64::try_from(allowed).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

fn varied(base: Duration, jitter: Duration, chance: f64) -> Duration {
    (base + jitter.mul_f64(2.0 * chance)).saturating_sub(jitter)
}

async fn read(from: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        from.readable().await?;
        match from.try_read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            done => return done,
        }
    }
}

async fn write_all(to: &TcpStream, mut rest: &[u8]) -> io::Result<()> {
    while !rest.is_empty() {
        to.writable().await?;
        match to.try_write(rest) {
            Ok(count) => rest = &rest[count..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
