//! The settings of each concern, with their defaults.

use std::{net::SocketAddr, path::PathBuf, str::FromStr, time::Duration};

use super::{ConfigError, Invoices, Mails, Reader, Sandbox, Stripe};
use crate::platform::{cache::CacheSettings, database::PoolSettings, redis::RedisSettings};

/// Whether strangers may reach this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// GraphiQL, introspection and open CORS are on.
    Development,
    /// They are off or listed.
    Production,
}

impl FromStr for Mode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "development" => Ok(Self::Development),
            "production" => Ok(Self::Production),
            _ => Err(()),
        }
    }
}

/// Where and how the server listens.
#[derive(Clone, Debug)]
pub struct Server {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// What links are made of, without a slash at the end; `None`: the address listened on.
    pub public_url: Option<String>,
    /// Development or production.
    pub mode: Mode,
    /// Origins that browsers may call from in production.
    pub allowed_origins: Vec<String>,
    /// Longest time of one request.
    pub request_timeout: Duration,
    /// How many GraphQL requests run at once; the others wait a moment or hear 503.
    pub requests_at_once: usize,
    /// How long a stop waits for requests that run.
    pub shutdown_timeout: Duration,
    /// How long open connections may still send requests after a stop was asked for.
    pub shutdown_grace: Duration,
}

/// Checkout and payment.
#[derive(Clone, Debug)]
pub struct Checkout {
    /// How long stock is held for a payment.
    pub hold: Duration,
    /// How long a gateway may take inside a request.
    pub gateway_timeout: Duration,
    /// How often expired holds and payments in doubt are looked for.
    pub sweep_interval: Duration,
    /// Age at which a payment whose outcome is unknown is asked about at its gateway.
    pub chase_after: Duration,
    /// How long a gateway may know nothing of a payment before that is believed.
    pub latest_arrival: Duration,
    /// How often gateways' books are compared with ours.
    pub reconcile_interval: Duration,
}

/// Sign-in.
#[derive(Clone, Debug)]
pub struct Auth {
    /// Life of an access token.
    pub access_ttl: Duration,
    /// Life of a refresh token.
    pub refresh_ttl: Duration,
    /// How long a process may trust that a session was not revoked.
    pub session_trust: Duration,
    /// How often a socket or an event stream is asked whether its session still holds.
    pub session_poll: Duration,
}

/// The catalog.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Most objects one execution may return.
    pub objects_per_execution: u64,
    /// How long a loader waits for more keys before it asks the database.
    pub loader_window: Duration,
}

/// Pictures in other sizes.
#[derive(Clone, Debug)]
pub struct Pictures {
    /// How many are made at once.
    pub at_once: usize,
    /// Most memory for those that were made.
    pub bytes: u64,
}

/// Idempotency keys.
#[derive(Clone, Debug)]
pub struct Idempotency {
    /// How long an answer is kept for its key.
    pub retention: Duration,
    /// How long an attempt that is not heard of keeps its key.
    pub lease: Duration,
}

/// Background work that processes share.
#[derive(Clone, Debug)]
pub struct Jobs {
    /// How long a process may work on a shared job without renewing its lease: after a crash others take over then.
    pub lease: Duration,
    /// Longest gap after failed rounds of a job.
    pub longest_gap: Duration,
    /// Attempts before a gateway's message, a refund or a reversal is parked.
    pub attempts: i32,
}

/// Events for consumers outside.
#[derive(Clone, Debug)]
pub struct Events {
    /// The file that events are appended to.
    pub log: Option<PathBuf>,
    /// The key of the Redis stream that events are added to.
    pub stream: Option<String>,
    /// About how many entries the stream keeps.
    pub stream_length: u64,
    /// How often a sink is asked for when nothing wakes it.
    pub interval: Duration,
    /// Attempts before an event that a sink refuses is parked.
    pub attempts: i32,
    /// First gap between two attempts; it doubles.
    pub first_gap: Duration,
    /// Longest gap between two attempts.
    pub longest_gap: Duration,
}

/// How long things are kept that nobody asks for any more.
#[derive(Clone, Debug)]
pub struct Retention {
    /// How often they are looked for.
    pub interval: Duration,
    /// Carts that nobody touched and no order came from.
    pub carts: Duration,
    /// Published events.
    pub events: Duration,
    /// Sign-ins and refresh tokens, after their end.
    pub sessions: Duration,
    /// Gateways' messages, after they were worked on, and the sandbox bank's, after they were sent.
    pub messages: Duration,
    /// Mails to shoppers, after they were sent or dropped.
    pub mails: Duration,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// The pool.
    pub pool: PoolSettings,
    /// Redis.
    pub redis: RedisSettings,
    /// The cache of the catalog.
    pub cache: CacheSettings,
    /// Where and how the server listens.
    pub server: Server,
    /// Checkout and payment.
    pub checkout: Checkout,
    /// The sandbox gateway.
    pub sandbox: Sandbox,
    /// The Stripe gateway, when there is a key for it.
    pub stripe: Option<Stripe>,
    /// Sign-in.
    pub auth: Auth,
    /// The catalog.
    pub catalog: Catalog,
    /// Pictures in other sizes.
    pub pictures: Pictures,
    /// Idempotency keys.
    pub idempotency: Idempotency,
    /// Background work that processes share.
    pub jobs: Jobs,
    /// Events for consumers outside.
    pub events: Events,
    /// How long things are kept.
    pub retention: Retention,
    /// Mails to shoppers.
    pub mails: Mails,
    /// Invoices and credit notes.
    pub invoices: Invoices,
}

impl Settings {
    /// Reads every setting.
    ///
    /// # Errors
    /// All mistakes together.
    pub fn read(mut reader: Reader, database_url: String, listen: SocketAddr) -> Result<Self, ConfigError> {
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)) {
            reader.mistake("DATABASE_URL must begin with sqlite:// or postgres://");
        }
        let pool = PoolSettings {
            max_connections: reader.parsed("database_connections", 16, "a number of connections"),
            acquire_timeout: reader.seconds("database_pool_wait_seconds", 2.0, 0.1, 60.0),
            statement_timeout: reader.seconds("database_statement_seconds", 5.0, 0.1, 600.0),
            lock_timeout: reader.seconds("database_lock_seconds", 3.0, 0.1, 60.0),
        };
        if pool.max_connections < 2 {
            reader.mistake("CARTWRIGHT_DATABASE_CONNECTIONS must be at least 2");
        }
        let redis = RedisSettings {
            url: reader.text_or("redis_url", "REDIS_URL"),
            timeout: reader.seconds("redis_timeout_seconds", 0.2, 0.01, 5.0),
        };
        if redis.url.as_deref().is_some_and(|url| !url.starts_with("redis://") && !url.starts_with("rediss://")) {
            reader.mistake("REDIS_URL must begin with redis:// or rediss://");
        }
        let cache = CacheSettings {
            bytes: reader.parsed::<u64>("cache_mebibytes", 32, "a number of mebibytes").saturating_mul(1 << 20),
            keep: reader.seconds("cache_keep_seconds", 3_600.0, 1.0, 86_400.0),
            trust: reader.seconds("cache_trust_seconds", 0.7, 0.3, 10.0),
        };
        let server = server(&mut reader, listen);
        let checkout = Checkout {
            hold: reader.seconds("stock_hold_seconds", 900.0, 1.0, 86_400.0),
            gateway_timeout: reader.seconds("gateway_timeout_seconds", 6.0, 0.1, 60.0),
            sweep_interval: reader.seconds("sweep_interval_seconds", 5.0, 0.05, 60.0),
            chase_after: reader.seconds("payment_chase_seconds", 10.0, 0.1, 900.0),
            latest_arrival: reader.seconds("payment_arrival_seconds", 600.0, 1.0, 86_400.0),
            reconcile_interval: reader.seconds("reconcile_seconds", 3_600.0, 0.05, 86_400.0),
        };
        let sandbox = Sandbox::read(&mut reader, server.mode);
        let stripe = Stripe::read(&mut reader);
        let auth = Auth {
            access_ttl: reader.seconds("access_token_seconds", 600.0, 10.0, 86_400.0),
            refresh_ttl: reader.seconds("refresh_token_seconds", 2_592_000.0, 60.0, 31_536_000.0),
            session_trust: reader.seconds("session_trust_seconds", 15.0, 0.0, 60.0),
            session_poll: reader.seconds("session_poll_seconds", 30.0, 0.05, 60.0),
        };
        let catalog = Catalog {
            objects_per_execution: reader.parsed("objects_per_execution", 20_000, "a number of objects"),
            // 1 ms, the library's default, is felt at every level of a query; 0 loses the batching.
            loader_window: reader.seconds("loader_window_seconds", 0.000_05, 0.0, 0.1),
        };
        let pictures = pictures(&mut reader);
        let idempotency = Idempotency {
            retention: reader.seconds("idempotency_retention_seconds", 86_400.0, 0.1, 2_592_000.0),
            lease: reader.seconds("idempotency_lease_seconds", 15.0, 0.1, 600.0),
        };
        if idempotency.lease <= server.request_timeout {
            reader.mistake("CARTWRIGHT_IDEMPOTENCY_LEASE_SECONDS must be more than CARTWRIGHT_REQUEST_SECONDS");
        }
        let (jobs, events, retention) = (jobs(&mut reader), events(&mut reader), retention(&mut reader));
        if events.stream.is_some() && redis.url.is_none() {
            reader.mistake("CARTWRIGHT_EVENT_STREAM needs REDIS_URL");
        }
        let (mails, invoices) = (Mails::read(&mut reader), Invoices::read(&mut reader));
        reader.finish()?;
        Ok(Self {
            database_url,
            pool,
            redis,
            cache,
            server,
            checkout,
            sandbox,
            stripe,
            auth,
            catalog,
            pictures,
            idempotency,
            jobs,
            events,
            retention,
            mails,
            invoices,
        })
    }
}

fn server(reader: &mut Reader, listen: SocketAddr) -> Server {
    let public_url = reader.text("public_url").map(|url| url.trim_end_matches('/').to_owned());
    if public_url.as_deref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
        reader.mistake("CARTWRIGHT_PUBLIC_URL must begin with http:// or https://");
    }
    let origins = reader.text("allowed_origins").unwrap_or_default();
    let requests_at_once = reader.parsed("requests_at_once", 16, "a number of requests");
    if !(1..=10_000).contains(&requests_at_once) {
        reader.mistake("CARTWRIGHT_REQUESTS_AT_ONCE must be from 1 to 10000");
    }
    Server {
        listen,
        public_url,
        mode: reader.parsed("mode", Mode::Development, "development or production"),
        allowed_origins: origins.split(',').map(|origin| origin.trim().to_owned()).filter(|o| !o.is_empty()).collect(),
        request_timeout: reader.seconds("request_seconds", 10.0, 0.1, 120.0),
        requests_at_once,
        shutdown_grace: reader.seconds("shutdown_grace_seconds", 1.0, 0.0, 60.0),
        shutdown_timeout: reader.seconds("shutdown_seconds", 15.0, 0.1, 300.0),
    }
}

fn pictures(reader: &mut Reader) -> Pictures {
    let at_once = reader.parsed("pictures_at_once", 2, "a number of pictures");
    if !(1..=256).contains(&at_once) {
        reader.mistake("CARTWRIGHT_PICTURES_AT_ONCE must be from 1 to 256");
    }
    let bytes = reader.parsed::<u64>("picture_mebibytes", 32, "a number of mebibytes").saturating_mul(1 << 20);
    Pictures { at_once, bytes }
}

fn jobs(reader: &mut Reader) -> Jobs {
    Jobs {
        lease: reader.seconds("job_lease_seconds", 15.0, 0.5, 600.0),
        longest_gap: reader.seconds("job_longest_gap_seconds", 300.0, 0.05, 3_600.0),
        attempts: attempts(reader, "item_attempts"),
    }
}

fn events(reader: &mut Reader) -> Events {
    Events {
        log: reader.text("event_log").map(PathBuf::from),
        stream: reader.text("event_stream"),
        stream_length: reader.parsed("event_stream_length", 100_000, "a number of entries"),
        interval: reader.seconds("event_interval_seconds", 0.5, 0.01, 60.0),
        attempts: attempts(reader, "event_attempts"),
        first_gap: reader.seconds("event_first_gap_seconds", 1.0, 0.01, 3_600.0),
        longest_gap: reader.seconds("event_longest_gap_seconds", 300.0, 0.01, 86_400.0),
    }
}

fn retention(reader: &mut Reader) -> Retention {
    Retention {
        interval: reader.seconds("retention_interval_seconds", 3_600.0, 0.05, 86_400.0),
        carts: reader.days("keep_carts_days", 90.0),
        events: reader.days("keep_events_days", 30.0),
        sessions: reader.days("keep_sessions_days", 30.0),
        messages: reader.days("keep_messages_days", 30.0),
        mails: reader.days("keep_mails_days", 90.0),
    }
}

/// A number of attempts.
pub(super) fn attempts(reader: &mut Reader, name: &str) -> i32 {
    let attempts = reader.parsed(name, 10, "a number of attempts");
    if !(1..=1_000).contains(&attempts) {
        reader.mistake(format!("CARTWRIGHT_{} must be from 1 to 1000, not {attempts}", name.to_uppercase()));
    }
    attempts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(environment: &[(&str, &str)], file: Option<&str>) -> Result<Settings, ConfigError> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        Settings::read(Reader::new(environment, file), "sqlite://x.db".to_owned(), listen)
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let settings =
            read(&[("CARTWRIGHT_STOCK_HOLD_SECONDS", "60")], Some("stock_hold_seconds = 30\nmode = \"production\""));
        let settings = settings.expect("valid");
        assert_eq!(settings.checkout.hold, Duration::from_secs(60));
        assert_eq!(settings.server.mode, Mode::Production);
    }

    #[test]
    fn every_mistake_is_reported_together() {
        let environment = [("CARTWRIGHT_MODE", "prod"), ("CARTWRIGHT_PUBLIC_URL", "shop.example")];
        let error = read(&environment, Some("stock_hold_secs = 30")).expect_err("three mistakes").to_string();
        let stripe = [("STRIPE_SECRET_KEY", "sk_live_abcd"), ("STRIPE_PUBLISHABLE_KEY", "pk_test_abcd")];
        let both = read(&[environment.as_slice(), &stripe].concat(), None).expect_err("four mistakes").to_string();
        for part in ["4 mistake", "CARTWRIGHT_MODE", "different modes", "STRIPE_WEBHOOK_SECRET"] {
            assert!(both.contains(part), "{part} in {both}");
        }
        assert!(!both.contains("abcd"), "{both}");
        for part in ["3 mistake", "CARTWRIGHT_MODE", "CARTWRIGHT_PUBLIC_URL", "stock_hold_secs"] {
            assert!(error.contains(part), "{part} in {error}");
        }
    }
}
