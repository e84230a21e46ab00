//! The composition root: settings become a database, keys, a bus and jobs, together an [`App`].

use std::{ops::Deref, sync::Arc};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use crate::{
    config::{self, Mode, Settings},
    domain::{
        auth::AuthState,
        checkout::CheckoutContext,
        gift_card, inventory, invoice,
        invoice::Issuer,
        notification::{Links, Post, SendRules, Templates},
        order,
        payment::{
            Gateways,
            sandbox::{self, Sandbox, SandboxSettings},
        },
        shared::Error,
        shop,
    },
    platform::{
        Database, Sources,
        admission::Admission,
        backoff::Backoff,
        bus::Bus,
        cache::Cache,
        database::set_clock,
        jobs::{Jobs, Leases},
        keys,
        keys::KeyRing,
        mail::{FolderMailer, Mailer, SmtpMailer},
        outbox::{DeliveryRules, EventSink},
        pictures::Pictures,
        redis::Redis,
        sinks::{FileSink, StreamSink},
        tls, tx,
    },
};

/// PostgreSQL's key of the migration lock.
const MIGRATION_LOCK: i64 = 0x6361_7274_7772;

/// Everything a request or a job needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// Settings.
    pub settings: Settings,
    /// What links are made of, without a slash at the end.
    pub public_url: String,
    /// The database.
    pub database: Database,
    /// Redis, where there is one.
    pub redis: Option<Redis>,
    /// What was read from the catalog.
    pub cache: Cache,
    /// Clock and ids.
    pub sources: Sources,
    /// Signs carts' ids and orders' tokens.
    pub capability_keys: KeyRing,
    /// Hash and seal the codes of gift cards. They are never retired.
    pub gift_card_keys: KeyRing,
    /// Signs people in and knows who is signed in.
    pub auth: AuthState,
    /// Brings published events to this process's watchers.
    pub bus: Bus,
    /// How many requests run at once.
    pub admission: Admission,
    /// Makes pictures in other sizes.
    pub pictures: Pictures,
    /// Background work.
    pub jobs: Jobs,
    /// Which shared work is this process's now.
    pub leases: Leases,
    /// The durable consumers of events, each with what wakes its delivery.
    pub sinks: Vec<(Arc<dyn EventSink>, Arc<Notify>)>,
    /// The payment gateways.
    pub gateways: Gateways,
    /// The sandbox gateway, for its own pages.
    pub sandbox: Arc<Sandbox>,
    /// Who takes mails to shoppers.
    pub mailer: Arc<dyn Mailer>,
    /// Who issues invoices.
    pub issuer: Arc<Issuer>,
    /// What mails are made of.
    pub templates: Arc<Templates>,
    /// Told when events were published by this process.
    pub published: Arc<Notify>,
    /// Told when a message of a gateway was stored.
    pub messages: Arc<Notify>,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl App {
    /// Composes the application over a migrated database.
    ///
    /// # Errors
    /// The database's.
    pub async fn new(settings: Settings, database: Database, sources: Sources) -> anyhow::Result<Self> {
        // Whoever composes an application without our main needs it as well.
        tls::install();
        let templates = Templates::load(settings.mails.templates.as_deref());
        let templates = Arc::new(templates.context("CARTWRIGHT_TEMPLATES cannot be used")?);
        set_clock(&database, &sources.clock).await?;
        let tx = tx::begin(&database).await?;
        create_shop_if_absent(&tx, &sources).await.map_err(|error| anyhow::anyhow!("{error}"))?;
        tx.commit().await?;
        let redis = open_redis(&settings, &database).await?;
        let capability_keys = keys::load(&database, &sources, "capability").await?;
        let gift_card_keys = keys::load(&database, &sources, gift_card::KEYS).await?;
        let token_keys = keys::load(&database, &sources, "access_token").await?;
        let auth = AuthState::new(&settings.auth, token_keys, sources.clone());
        let public_url = match &settings.server.public_url {
            Some(url) => url.clone(),
            // Every address of this machine is listened on: the one that surely leads back here is named.
            None if settings.server.listen.ip().is_unspecified() => {
                format!("http://localhost:{}", settings.server.listen.port())
            }
            None => format!("http://{}", settings.server.listen),
        };
        let own_route = || format!("http://{}/webhooks/{}", settings.server.listen, sandbox::NAME);
        let sandbox = SandboxSettings {
            late: settings.sandbox.late,
            silence: settings.sandbox.silence,
            webhook_url: settings.sandbox.webhook_url.clone().unwrap_or_else(own_route),
            public_url: public_url.clone(),
        };
        let sandbox = Arc::new(Sandbox::new(database.clone(), sources.clone(), &capability_keys, sandbox));
        let sinks = sinks(&settings, redis.as_ref()).into_iter().map(|sink| (sink, Arc::default())).collect();
        let leases = Leases::new(database.clone(), sources.clone(), settings.jobs.lease);
        let gateways = gateways(&settings, &sources, &sandbox)?;
        Ok(Self(Arc::new(Parts {
            public_url,
            gateways,
            sandbox,
            mailer: mailer(&settings)?,
            issuer: Arc::new(issuer(&settings)),
            templates,
            published: Arc::default(),
            messages: Arc::default(),
            database,
            cache: Cache::new(settings.cache.clone(), redis.as_ref()),
            redis,
            sources,
            capability_keys,
            gift_card_keys,
            auth,
            admission: Admission::new(settings.server.requests_at_once),
            pictures: Pictures::new(settings.pictures.at_once, settings.pictures.bytes),
            bus: Bus::default(),
            jobs: Jobs::default(),
            leases,
            sinks,
            settings,
        })))
    }

    /// An absolute URL of a path or of what is absolute already.
    #[must_use]
    pub fn absolute_url(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.public_url) } else { url.to_owned() }
    }

    /// What the use cases of checkout work with.
    #[must_use]
    pub fn checkout(&self) -> CheckoutContext {
        CheckoutContext {
            database: self.database.clone(),
            sources: self.sources.clone(),
            gateways: self.gateways.clone(),
            gift_card_keys: self.gift_card_keys.clone(),
            issuer: Arc::clone(&self.issuer),
            jobs: self.jobs.clone(),
            hold: self.settings.checkout.hold,
            gateway_timeout: self.settings.checkout.gateway_timeout,
            chase_after: self.settings.checkout.chase_after,
            latest_arrival: self.settings.checkout.latest_arrival,
            most_attempts: self.settings.jobs.attempts,
        }
    }

    /// What sending mails works with.
    #[must_use]
    pub fn post(&self) -> Post {
        let mails = &self.settings.mails;
        Post {
            database: self.database.clone(),
            sources: self.sources.clone(),
            mailer: Arc::clone(&self.mailer),
            templates: Arc::clone(&self.templates),
            links: Links {
                order_url: mails.order_url.clone(),
                public_url: self.public_url.clone(),
                keys: self.capability_keys.clone(),
                token: order::access_token,
                document: invoice::capability,
                seal_keys: self.gift_card_keys.clone(),
            },
            rules: SendRules {
                attempts: mails.attempts,
                gaps: Backoff { first: mails.first_gap, most: mails.longest_gap },
                limit: mails.limit,
                patience: mails.patience,
            },
        }
    }

    /// How often an event is tried that a sink refuses.
    #[must_use]
    pub fn delivery_rules(&self) -> DeliveryRules {
        let events = &self.settings.events;
        DeliveryRules { attempts: events.attempts, gaps: Backoff { first: events.first_gap, most: events.longest_gap } }
    }
}

fn issuer(settings: &Settings) -> Issuer {
    let invoices = settings.invoices.clone();
    Issuer {
        address: invoices.address,
        tax_number: invoices.tax_number,
        invoice_prefix: invoices.invoice_prefix,
        credit_note_prefix: invoices.credit_note_prefix,
    }
}

/// The gateways that the settings name. Where real money moves, and in production unless somebody says so, the sandbox takes
/// nothing new: its money is none.
fn gateways(settings: &Settings, sources: &Sources, sandbox: &Arc<Sandbox>) -> anyhow::Result<Gateways> {
    let production = settings.server.mode == Mode::Production;
    let live = settings.stripe.as_ref().is_some_and(|stripe| stripe.live);
    let open = settings.sandbox.open && !live;
    if production && open {
        tracing::warn!(
            "production with the sandbox open (CARTWRIGHT_SANDBOX): whoever pays with it gets goods for nothing"
        );
    } else if production && settings.stripe.is_none() {
        tracing::warn!(
            "no payments are taken: set STRIPE_SECRET_KEY (docs/payments.md), or CARTWRIGHT_SANDBOX=true to try out"
        );
    } else if production && !live {
        tracing::warn!("production with a test key of Stripe's: shoppers order, and nobody pays");
    }
    let gateways = Gateways::default().with(sandbox::NAME, Arc::<Sandbox>::clone(sandbox));
    let gateways = if open { gateways } else { gateways.closed_for(sandbox::NAME) };
    let Some(stripe) = &settings.stripe else { return Ok(gateways) };
    with_stripe(gateways, settings, sources, stripe)
}

#[cfg(feature = "stripe")]
fn with_stripe(
    gateways: Gateways,
    settings: &Settings,
    sources: &Sources,
    stripe: &config::Stripe,
) -> anyhow::Result<Gateways> {
    use crate::domain::payment::stripe::{NAME, Stripe, StripeSettings, client_settings, webhook_secrets};
    let timeout = settings.checkout.gateway_timeout;
    // A call is made again while the payment's hold lasts, and may be that long on its way.
    let latest_call = settings.checkout.hold + settings.checkout.latest_arrival;
    let settings = StripeSettings {
        latest_call,
        client: client_settings(&stripe.url, &stripe.secret_key.0, timeout),
        publishable_key: stripe.publishable_key.clone(),
        webhook_secrets: webhook_secrets(stripe.webhook_secrets.iter().map(|secret| secret.0.as_str())),
    };
    let stripe = Stripe::new(sources.clone(), settings).context("Stripe's client cannot be made")?;
    Ok(gateways.with(NAME, Arc::new(stripe)))
}

#[cfg(not(feature = "stripe"))]
fn with_stripe(gateways: Gateways, _: &Settings, _: &Sources, _: &config::Stripe) -> anyhow::Result<Gateways> {
    Ok(gateways)
}

/// The mail server of the settings, or a folder: beside the embedded database where nothing else is said.
fn mailer(settings: &Settings) -> anyhow::Result<Arc<dyn Mailer>> {
    let mails = &settings.mails;
    if let Some(url) = &mails.smtp_url {
        let smtp = SmtpMailer::new(&url.0, mails.from.clone(), mails.limit);
        return Ok(Arc::new(smtp.map_err(|why| anyhow::anyhow!("CARTWRIGHT_SMTP_URL {why}"))?));
    }
    let beside = || sqlite_path(&settings.database_url).and_then(|path| Some(path.parent()?.join("mails")));
    let folder = mails.folder.clone().or_else(beside).unwrap_or_else(|| "data/mails".into());
    Ok(Arc::new(FolderMailer::new(folder, mails.from.clone())))
}

/// The sinks that the settings name.
fn sinks(settings: &Settings, redis: Option<&Redis>) -> Vec<Arc<dyn EventSink>> {
    let mut sinks: Vec<Arc<dyn EventSink>> = Vec::new();
    if let Some(path) = &settings.events.log {
        sinks.push(Arc::new(FileSink::new(path.clone())));
    }
    if let (Some(key), Some(redis)) = (&settings.events.stream, redis) {
        sinks.push(Arc::new(StreamSink::new(redis.clone(), key.clone(), settings.events.stream_length)));
    }
    sinks
}

/// The Redis of the settings. A process starts and works without it, so one that does not answer is only told.
async fn open_redis(settings: &Settings, database: &Database) -> anyhow::Result<Option<Redis>> {
    let Some(url) = &settings.redis.url else { return Ok(None) };
    // Two shops on one Redis, and a copy of a shop beside the shop, must not hear each other or share what is kept.
    let shop = shop::get(database.reader()).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    let name = database.name().await?;
    let digest = Sha256::digest(format!("{name} {}", shop.created_at.timestamp_micros()));
    let prefix = format!("cartwright:{}", URL_SAFE_NO_PAD.encode(&digest[..9]));
    let redis = Redis::new(url, settings.redis.timeout, prefix).context("REDIS_URL is no address of a Redis")?;
    // The log tells when it does not answer.
    let _ = redis.ping().await;
    Ok(Some(redis))
}

/// A shop and the place that holds its stock. Only who makes the shop's one row makes the location, so there is one.
async fn create_shop_if_absent(tx: &DatabaseTransaction, sources: &Sources) -> Result<(), Error> {
    if shop::create_if_absent(tx, sources, shop::NewShop::default()).await? {
        inventory::create_first_location(tx, sources).await?;
    }
    Ok(())
}

/// Opens the database of the settings and brings its tables up to date, one process at a time.
///
/// # Errors
/// The database cannot be reached, or a migration fails.
pub async fn open_database(settings: &Settings) -> anyhow::Result<Database> {
    let database = connect(settings).await?;
    migrate(&database).await?;
    Ok(database)
}

/// Opens the database of the settings as it is.
///
/// # Errors
/// The database cannot be reached.
pub async fn connect(settings: &Settings) -> anyhow::Result<Database> {
    if let Some(path) = sqlite_path(&settings.database_url)
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the data folder {}", folder.display()))?;
    }
    let opened = Database::connect(&settings.database_url, &settings.pool).await;
    opened.context("cannot open the database; check DATABASE_URL and that the server runs")
}

/// The file of an SQLite URL.
#[must_use]
pub fn sqlite_path(url: &str) -> Option<std::path::PathBuf> {
    let rest = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    let path = rest.split('?').next().unwrap_or(rest);
    (path != ":memory:" && !path.is_empty()).then(|| path.into())
}

/// Brings the tables up to date. On PostgreSQL an advisory lock makes processes that start together wait for each other.
///
/// # Errors
/// A migration failed.
pub async fn migrate(database: &Database) -> anyhow::Result<()> {
    migrate_steps(database, None).await
}

/// Makes the first `steps` changes of the tables, those that were made already counted.
///
/// # Errors
/// A migration failed.
pub async fn migrate_first(database: &Database, steps: u32) -> anyhow::Result<()> {
    let done = Migrator::get_applied_migrations(database.pool()).await.map_or(0, |done| done.len());
    let left = steps.saturating_sub(u32::try_from(done)?);
    if left > 0 { migrate_steps(database, Some(left)).await } else { Ok(()) }
}

async fn migrate_steps(database: &Database, steps: Option<u32>) -> anyhow::Result<()> {
    if database.backend() != DbBackend::Postgres {
        return Migrator::up(database.pool(), steps).await.context("a migration failed");
    }
    let tx = tx::begin(database).await?;
    tx.execute_unprepared(&format!(
        "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"
    ))
    .await?;
    Migrator::up(&*tx, steps).await.context("a migration failed")?;
    tx.commit().await.context("a migration failed")
}
