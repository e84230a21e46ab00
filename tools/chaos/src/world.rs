//! Everything of a run: the services, two servers, the proxies between them, the webhooks' detour.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use faultproxy::FaultProxy;
use tokio::sync::Mutex;

use crate::{
    Arguments,
    bank::Bank,
    children::free_port,
    random::Random,
    server::{Orders, Server, await_ready},
    services::{Postgres, Redis},
    webhooks::Detour,
};

/// How long a server may take to be ready on a machine that is busy.
const START: Duration = Duration::from_secs(60);

/// Where the shop's mails lie, in the folder of the run.
const MAILS: &str = "mails";

/// The settings of the servers: everything short, so that a run of two minutes meets each limit often.
const SETTINGS: [(&str, &str); 14] = [
    ("CARTWRIGHT_MODE", "production"),
    ("CARTWRIGHT_SANDBOX", "true"),
    ("CARTWRIGHT_LOG", "info,sqlx=warn,sea_orm_migration=warn"),
    ("CARTWRIGHT_STOCK_HOLD_SECONDS", "5"),
    ("CARTWRIGHT_SWEEP_INTERVAL_SECONDS", "0.5"),
    ("CARTWRIGHT_PAYMENT_CHASE_SECONDS", "2"),
    ("CARTWRIGHT_PAYMENT_ARRIVAL_SECONDS", "15"),
    ("CARTWRIGHT_GATEWAY_TIMEOUT_SECONDS", "1"),
    ("CARTWRIGHT_RECONCILE_SECONDS", "10"),
    ("CARTWRIGHT_SANDBOX_LATE_SECONDS", "1.5"),
    ("CARTWRIGHT_SANDBOX_SILENCE_SECONDS", "3"),
    ("CARTWRIGHT_ACCESS_TOKEN_SECONDS", "86400"),
    ("CARTWRIGHT_DATABASE_CONNECTIONS", "12"),
    ("CARTWRIGHT_SHUTDOWN_SECONDS", "10"),
];

/// Where clients knock: one URL for each server, by way of its proxy.
#[derive(Clone, Debug)]
pub struct Doors(Arc<Vec<SocketAddr>>);

impl Doors {
    /// The GraphQL endpoint behind a door; numbers beyond the last begin again.
    pub fn url(&self, number: usize) -> String {
        format!("{}/graphql", self.base(number))
    }

    /// Scheme and address of a door.
    pub fn base(&self, number: usize) -> String {
        let address = self.0.get(number % self.0.len().max(1));
        address.map(|address| format!("http://{address}")).unwrap_or_default()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// A server and the proxies around it.
#[derive(Debug)]
pub struct Place {
    pub server: Mutex<Server>,
    pub listen: SocketAddr,
    pub clients: FaultProxy,
    pub database: FaultProxy,
    pub redis: FaultProxy,
    /// The way to a gateway that is a server of its own.
    pub bank: Option<FaultProxy>,
}

/// Everything.
#[derive(Debug)]
pub struct World {
    pub folder: PathBuf,
    pub postgres: Mutex<Postgres>,
    pub redis: Mutex<Redis>,
    pub places: Vec<Place>,
    pub detour: Detour,
    pub bank: Bank,
    pub doors: Doors,
}

impl World {
    /// Starts the services and so many servers, and fills the shop.
    pub async fn start(folder: &Path, binary: &Path, arguments: &Arguments, seed: u64) -> anyhow::Result<Self> {
        // Ports differ from run to run: several runs share a machine.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let mut ports = Random::new(u64::from(now.subsec_nanos()) ^ u64::from(std::process::id()), "ports");
        let postgres = Postgres::start(folder, &mut ports).await?;
        let redis = Redis::start(folder, &mut ports).await?;
        let listens: Vec<SocketAddr> =
            (0..arguments.servers).map(|_| free_port(&mut ports)).collect::<anyhow::Result<_>>().context("ports")?;
        let detour = Detour::start(listens.clone(), arguments.gateway, seed).await?;
        let bank = Bank::start(arguments.gateway, &detour.url()).await?;
        let mut places = Vec::new();
        for (number, listen) in listens.iter().enumerate() {
            let seed = Random::new(seed, &format!("proxies {number}")).next();
            let clients = FaultProxy::start(*listen, seed).await?;
            let database = FaultProxy::start(postgres.address, seed ^ 1).await?;
            let to_redis = FaultProxy::start(redis.address, seed ^ 2).await?;
            let to_bank = match bank.address() {
                Some(address) => Some(FaultProxy::start(address, seed ^ 3).await?),
                None => None,
            };
            let mut environment: Vec<(String, String)> =
                SETTINGS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            environment.push(("DATABASE_URL".to_owned(), postgres.url(database.address())));
            environment.push(("REDIS_URL".to_owned(), format!("redis://{}", to_redis.address())));
            environment.push(("CARTWRIGHT_MAIL_FOLDER".to_owned(), folder.join(MAILS).display().to_string()));
            environment.extend(bank.environment(to_bank.as_ref().map(FaultProxy::address), &detour.url()));
            environment.push(("CARTWRIGHT_PUBLIC_URL".to_owned(), format!("http://{}", clients.address())));
            let log = folder.join(format!("server-{number}.log"));
            let orders = Orders { binary: binary.to_owned(), log, listen: *listen, environment };
            let server = Mutex::new(Server::new(orders));
            places.push(Place { server, listen: *listen, clients, database, redis: to_redis, bank: to_bank });
        }
        let doors = Doors(Arc::new(places.iter().map(|place| place.clients.address()).collect()));
        let (postgres, redis) = (Mutex::new(postgres), Mutex::new(redis));
        let world = Self { folder: folder.to_owned(), postgres, redis, places, detour, bank, doors };
        world.fill().await?;
        for place in &world.places {
            place.server.lock().await.run()?;
        }
        for place in &world.places {
            await_ready(place.listen, START).await?;
            place.server.lock().await.answers();
        }
        Ok(world)
    }

    /// The folder of the shop's mails.
    pub fn mails(&self) -> PathBuf {
        self.folder.join(MAILS)
    }

    /// Migrates, imports the goods and makes the staff account, all with the server's own commands.
    async fn fill(&self) -> anyhow::Result<()> {
        let goods = self.folder.join("goods.csv");
        fs::write(&goods, crate::goods::csv())?;
        let goods = goods.display().to_string();
        self.command(&["migrate", "up"], None).await?;
        self.command(&["import", "products", &goods], None).await?;
        let user = ["user", "create", "--email", crate::staff::EMAIL, "--role", "ADMIN", "--password-stdin"];
        self.command(&user, Some(crate::staff::PASSWORD)).await?;
        Ok(())
    }

    /// Runs a command of the server's program to its end; returns what it printed.
    pub async fn command(&self, arguments: &[&str], input: Option<&str>) -> anyhow::Result<String> {
        use std::{io::Write, process::Stdio};
        let first = self.places.first().context("there is no server")?;
        let mut command = first.server.lock().await.command(arguments);
        let name = arguments.join(" ");
        let input = input.map(|line| format!("{line}\n")).unwrap_or_default();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // The proxies between it and the database run on this thread: the command is waited for on another.
        let done = tokio::task::spawn_blocking(move || {
            let mut child = command.spawn()?;
            if let Some(mut stdin) = child.stdin.take() {
                stdin.write_all(input.as_bytes())?;
            }
            child.wait_with_output()
        });
        let done = done.await?.with_context(|| format!("cannot run {name}"))?;
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        anyhow::ensure!(done.status.success(), "`{name}` failed ({}):\n{out}{err}", done.status);
        Ok(out.into_owned())
    }
}
