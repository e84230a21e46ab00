//! A database that swallows everything and answers nothing: each request ends in its time, and the shop comes back by itself.

use std::time::{Duration, Instant};

use faultproxy::{FaultProxy, Mode};
use sea_orm::EntityTrait;
use serde_json::json;

use super::{BROWSE, ask, assert_unavailable, message, until_back};
use crate::{
    make::{
        catalog::{product, variant},
        purchase::{COMPLETE, completion},
    },
    support::{Server, Visitor, on_postgres},
};

/// Longest time of a request in these tests, in place of ten seconds.
const REQUEST: Duration = Duration::from_millis(1_500);

/// A server whose database is behind a proxy, and one that is not.
async fn behind() -> (Server, Server, FaultProxy) {
    let straight = Server::still().await;
    let url = straight.shop.app.settings.database_url.clone();
    let (start, rest) = url.split_once('@').expect("a URL with a user");
    let (place, rest) = rest.split_once('/').expect("a URL with a database");
    let place = if place.contains(':') { place.to_owned() } else { format!("{place}:5432") };
    let database = tokio::net::lookup_host(place).await.expect("resolved").next().expect("an address");
    let proxy = FaultProxy::start(database, 7).await.expect("the proxy listens");
    let settings = [("CARTWRIGHT_REQUEST_SECONDS", "1.5"), ("CARTWRIGHT_DATABASE_POOL_WAIT_SECONDS", "1")];
    let server = Server::over(&format!("{start}@{}/{rest}", proxy.address()), &settings).await;
    (server, straight, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hung_database_hangs_nobody_and_the_shop_comes_back() {
    if !on_postgres() {
        return;
    }
    let (server, straight, proxy) = behind().await;
    let lamp = product("Lamp").variant(variant(1_000).stock(50)).make(&server.shop).await;
    let cart = server.cart_of(&Visitor::guest(), &lamp.variant_gid(0)).await;
    let complete = json!({ "query": COMPLETE, "variables": { "input": completion(&cart, "sandbox_ok") } });
    let ways =
        ["the same connections", "new connections", "new connections after a refusal", "new ones, the old stay silent"];
    for healed_by in ways {
        // As many connections as the pool may have are open when the silence begins, and some are in a transaction.
        futures::future::join_all((0..20).map(|_| ask(&server, BROWSE))).await;
        proxy.set(Mode::BlackHole);
        let one = async |kind: usize| {
            let began = Instant::now();
            let reply = match kind % 4 {
                0 => server.post(&Visitor::guest(), complete.clone()).await,
                1 => message(&server, &format!("evt_{kind}")).await,
                2 => server.get("/readyz").await,
                _ => ask(&server, BROWSE).await,
            };
            (reply, began.elapsed())
        };
        for (reply, took) in futures::future::join_all((0..24).map(one)).await {
            assert_unavailable(&reply);
            assert!(took < REQUEST + Duration::from_millis(1_000), "{healed_by}: {took:?}");
        }
        match healed_by {
            "the same connections" => {}
            "new connections" => proxy.reset_all(),
            "new ones, the old stay silent" => proxy.silence_all(),
            _ => {
                proxy.reset_all();
                proxy.set(Mode::Refuse);
                assert_unavailable(&ask(&server, BROWSE).await);
            }
        }
        proxy.set(Mode::Ok);
        until_back(&server, BROWSE, Duration::from_secs(5)).await;
        for _ in 0..20 {
            assert_eq!(ask(&server, BROWSE).await.status, 200, "{healed_by}: no dead connection is left in the pool");
        }
    }
    // The abandoned checkouts hold no lock and made one order at most, whose payment may be in doubt; the work in the
    // background goes on.
    server.complete(&Visitor::guest(), &cart, "sandbox_ok").await;
    let other = server.buy(&Visitor::guest(), &lamp.variant_gid(0), "sandbox_ok").await;
    assert_eq!(other.payload["order"]["status"], "PROCESSING");
    server.all_told().await;
    let orders = entity::order::order::Entity::find().all(straight.shop.app.database.reader()).await.expect("orders");
    assert_eq!(orders.len(), 2, "one cart, one order, however often it was asked for");
}
