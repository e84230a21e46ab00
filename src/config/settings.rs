//! The settings of each concern, with their defaults.

use std::{net::SocketAddr, str::FromStr, time::Duration};

use super::{ConfigError, Reader};
use crate::platform::database::PoolSettings;

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
    /// How long a stop waits for requests that run.
    pub shutdown_timeout: Duration,
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
}

/// The sandbox gateway.
#[derive(Clone, Debug)]
pub struct Sandbox {
    /// How late `sandbox_late` reports.
    pub late: Duration,
    /// How long `sandbox_timeout` stays silent.
    pub silence: Duration,
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

/// Idempotency keys.
#[derive(Clone, Debug)]
pub struct Idempotency {
    /// How long an answer is kept for its key.
    pub retention: Duration,
    /// How long an attempt that is not heard of keeps its key.
    pub lease: Duration,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// The pool.
    pub pool: PoolSettings,
    /// Where and how the server listens.
    pub server: Server,
    /// Checkout and payment.
    pub checkout: Checkout,
    /// The sandbox gateway.
    pub sandbox: Sandbox,
    /// Sign-in.
    pub auth: Auth,
    /// The catalog.
    pub catalog: Catalog,
    /// Idempotency keys.
    pub idempotency: Idempotency,
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
        let server = server(&mut reader, listen);
        let checkout = Checkout {
            hold: reader.seconds("stock_hold_seconds", 900.0, 1.0, 86_400.0),
            gateway_timeout: reader.seconds("gateway_timeout_seconds", 6.0, 0.1, 60.0),
            sweep_interval: reader.seconds("sweep_interval_seconds", 5.0, 0.05, 60.0),
            chase_after: reader.seconds("payment_chase_seconds", 10.0, 0.1, 900.0),
        };
        let sandbox = Sandbox {
            late: reader.seconds("sandbox_late_seconds", 4.0, 0.05, 3_600.0),
            silence: reader.seconds("sandbox_silence_seconds", 30.0, 0.05, 3_600.0),
        };
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
        let idempotency = Idempotency {
            retention: reader.seconds("idempotency_retention_seconds", 86_400.0, 0.1, 2_592_000.0),
            lease: reader.seconds("idempotency_lease_seconds", 15.0, 0.1, 600.0),
        };
        if idempotency.lease <= server.request_timeout {
            reader.mistake("CARTWRIGHT_IDEMPOTENCY_LEASE_SECONDS must be more than CARTWRIGHT_REQUEST_SECONDS");
        }
        reader.finish()?;
        Ok(Self { database_url, pool, server, checkout, sandbox, auth, catalog, idempotency })
    }
}

fn server(reader: &mut Reader, listen: SocketAddr) -> Server {
    let public_url = reader.text("public_url").map(|url| url.trim_end_matches('/').to_owned());
    if public_url.as_deref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
        reader.mistake("CARTWRIGHT_PUBLIC_URL must begin with http:// or https://");
    }
    let origins = reader.text("allowed_origins").unwrap_or_default();
    Server {
        listen,
        public_url,
        mode: reader.parsed("mode", Mode::Development, "development or production"),
        allowed_origins: origins.split(',').map(|origin| origin.trim().to_owned()).filter(|o| !o.is_empty()).collect(),
        request_timeout: reader.seconds("request_seconds", 10.0, 0.1, 120.0),
        shutdown_timeout: reader.seconds("shutdown_seconds", 15.0, 0.1, 300.0),
    }
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
        for part in ["3 mistake", "CARTWRIGHT_MODE", "CARTWRIGHT_PUBLIC_URL", "stock_hold_secs"] {
            assert!(error.contains(part), "{part} in {error}");
        }
    }
}
