//! The types `Job` and `ParkedItem`.

use async_graphql::{Enum, ID, Object, SimpleObject};

use crate::{
    domain::operations::{self, Code, ParkedId, Refusal},
    graphql::{global_id, scalars::DateTime},
};

/// Background work that one process at a time does for all.
#[derive(Debug)]
pub struct Job(pub operations::Job);

/// Background work that one process at a time does for all.
#[Object(visible = "crate::graphql::guards::reads_payments")]
impl Job {
    /// Its name, such as `expired holds` or `events to stream`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The process that does it now, a name it drew at its start; null while nobody does, such as between two processes.
    async fn holder(&self) -> Option<String> {
        self.0.holder.map(|holder| holder.to_string())
    }

    /// Until when that process may do it without asking again. In the past: it died, and another takes over at its next look.
    async fn leased_until(&self) -> Option<DateTime> {
        self.0.leased_until.map(Into::into)
    }

    /// When the last good round that is on record began. Rounds are put on record every few seconds, not each.
    async fn last_started_at(&self) -> Option<DateTime> {
        self.0.last_started_at.map(Into::into)
    }

    /// When that round ended.
    async fn last_finished_at(&self) -> Option<DateTime> {
        self.0.last_finished_at.map(Into::into)
    }

    /// How many things that round did.
    async fn last_done(&self) -> i64 {
        self.0.last_done
    }

    /// Failed rounds since the last good one.
    async fn failures(&self) -> i32 {
        self.0.failures
    }

    /// Not before this moment, after a failure: the gap grows with each. Null when all is well.
    async fn next_run_at(&self) -> Option<DateTime> {
        self.0.next_run_at.map(Into::into)
    }

    /// Why the last round failed, for operators, in English; null after a good round.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }
}

/// What was parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub enum ParkedKind {
    /// An event that a sink refuses. Later events of the same subject wait behind it.
    EventDelivery,
    /// A gateway's message that could not be worked on. Its payment is asked about all the same.
    GatewayMessage,
    /// Money that is owed to a shopper and did not go through. One whose outcome is in doubt is tried again each hour.
    Refund,
    /// A payment without an order that its gateway does not give up. Tried again each hour.
    Reversal,
    /// A mail to a shopper that the mail server refuses. Nothing is tried while the server is only away: then mails wait.
    Mail,
}

/// Something that was tried many times and waits for a person.
#[derive(Debug)]
pub struct ParkedItem(pub operations::ParkedItem);

/// Something that was tried many times and waits for a person.
#[Object(visible = "crate::graphql::guards::reads_payments")]
impl ParkedItem {
    /// The item's id, for `parkedItemReplay` and `parkedItemDiscard`.
    async fn id(&self) -> ID {
        encode(self.0.id)
    }

    /// What it is.
    async fn kind(&self) -> ParkedKind {
        match self.0.id {
            ParkedId::Delivery(_) => ParkedKind::EventDelivery,
            ParkedId::Message(_) => ParkedKind::GatewayMessage,
            ParkedId::Refund(_) => ParkedKind::Refund,
            ParkedId::Reversal(_) => ParkedKind::Reversal,
            ParkedId::Mail(_) => ParkedKind::Mail,
        }
    }

    /// Who would not take it: the name of the sink or the gateway, or `mail`.
    async fn target(&self) -> &str {
        &self.0.target
    }

    /// What it is about, in English, for people.
    async fn about(&self) -> &str {
        &self.0.about
    }

    /// How often it was tried.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Why that failed, for operators; null when it is not on record.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// Since when: an event was parked then, a message received, a refund or payment made, a mail queued.
    async fn since(&self) -> DateTime {
        self.0.since.into()
    }

    /// When it is tried again without a person; null when it is not.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        self.0.next_attempt_at.map(Into::into)
    }

    /// How many later events of the same subject wait behind it.
    async fn waiting(&self) -> i64 {
        self.0.waiting
    }
}

/// The kinds of ids, as they stand in an item's id.
const KINDS: [&str; 5] = ["EventDelivery", "GatewayMessage", "ParkedRefund", "ParkedReversal", "ParkedMail"];

fn encode(id: ParkedId) -> ID {
    let (kind, id) = match id {
        ParkedId::Delivery(id) => (KINDS[0], id.0),
        ParkedId::Message(id) => (KINDS[1], id.0),
        ParkedId::Refund(id) => (KINDS[2], id.0),
        ParkedId::Reversal(id) => (KINDS[3], id.0),
        ParkedId::Mail(id) => (KINDS[4], id.0),
    };
    ID(format!("gid://cartwright/{kind}/{id}"))
}

/// The item of an id; nothing when it is none of a parked item.
#[must_use]
pub fn decode(id: &str) -> Option<ParkedId> {
    let parsed = global_id::GlobalId::parse(id)?;
    let uuid = uuid::Uuid::try_parse(parsed.tail).ok()?;
    match KINDS.iter().position(|kind| *kind == parsed.kind)? {
        0 => Some(ParkedId::Delivery(uuid.into())),
        1 => Some(ParkedId::Message(uuid.into())),
        2 => Some(ParkedId::Refund(uuid.into())),
        3 => Some(ParkedId::Reversal(uuid.into())),
        4 => Some(ParkedId::Mail(uuid.into())),
        _ => None,
    }
}

/// The id of an item, for the command line.
#[must_use]
pub fn id_of(item: &operations::ParkedItem) -> String {
    encode(item.id).0
}

/// Why a decision about a parked item was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code", visible = "crate::graphql::guards::reads_payments")]
pub enum ParkedItemErrorCode {
    /// Nothing with this id is parked now: somebody decided before.
    NotParked,
    /// It is money that is owed.
    CannotBeDiscarded,
}

/// Why a decision about a parked item was refused. Nothing was changed.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(visible = "crate::graphql::guards::reads_payments")]
pub struct ParkedItemUserError {
    /// Where in the arguments.
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in English, for people.
    message: String,
    /// The kind, for programs.
    code: Option<ParkedItemErrorCode>,
}

impl From<Refusal> for ParkedItemUserError {
    fn from(refusal: Refusal) -> Self {
        Self {
            field: Some(vec!["input".to_owned(), refusal.field().to_owned()]),
            message: refusal.to_string(),
            code: Some(refusal.code().into()),
        }
    }
}
