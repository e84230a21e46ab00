//! The plan: which faults happen when. It is made of the seed before anything starts.

use std::time::Duration;

use crate::{bank::GatewayName, random::Random};

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// kill -9 of a server; its successor starts at once.
    KillServer,
    /// SIGTERM, the end awaited, its successor started: one step of a rolling restart.
    RestartServer,
    /// A server stops in the middle of whatever it does, and goes on later.
    FreezeServer,
    /// PostgreSQL is stopped immediately, as by a crash, and started again.
    CrashPostgres,
    /// The connections of one server to PostgreSQL are reset.
    ResetDatabase,
    /// PostgreSQL answers one server slowly.
    SlowDatabase,
    /// No byte moves between one server and PostgreSQL.
    HangDatabase,
    /// One server's answers from PostgreSQL are lost now and then: a commit whose outcome is unknown.
    LoseDatabaseReplies,
    /// Redis is killed with all it knows, and started again.
    KillRedis,
    /// Redis hangs.
    FreezeRedis,
    /// Redis forgets everything.
    FlushRedis,
    /// No byte moves between one server and Redis.
    HangRedis,
    /// Many answers to clients of one server are lost.
    LoseReplies,
    /// The clients' connections to one server are reset.
    ResetClients,
    /// One server answers slowly.
    SlowClients,
    /// One server's connections are cut in the middle of an answer.
    CutAnswers,
    /// No byte moves between one server and its gateway.
    HangBank,
    /// The gateway takes no connection of one server.
    RefuseBank,
    /// Many answers of the gateway to one server are lost.
    LoseBankReplies,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 19] = [
        Self::KillServer,
        Self::RestartServer,
        Self::FreezeServer,
        Self::CrashPostgres,
        Self::ResetDatabase,
        Self::SlowDatabase,
        Self::HangDatabase,
        Self::LoseDatabaseReplies,
        Self::KillRedis,
        Self::FreezeRedis,
        Self::FlushRedis,
        Self::HangRedis,
        Self::LoseReplies,
        Self::ResetClients,
        Self::SlowClients,
        Self::CutAnswers,
        Self::HangBank,
        Self::RefuseBank,
        Self::LoseBankReplies,
    ];

    /// Those that can befall a shop with this gateway: the sandbox is no server of its own.
    pub fn with(gateway: GatewayName) -> Vec<Self> {
        let of_bank = |fault: &Self| matches!(fault, Self::HangBank | Self::RefuseBank | Self::LoseBankReplies);
        Self::ALL.into_iter().filter(|fault| gateway == GatewayName::Stripe || !of_bank(fault)).collect()
    }

    /// Its name on the command line and in reports.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }

    /// The longest it lasts, in milliseconds; 0: it is over at once.
    const fn longest_ms(self) -> u64 {
        match self {
            Self::KillServer | Self::RestartServer | Self::ResetDatabase | Self::FlushRedis | Self::ResetClients => 0,
            Self::FreezeServer | Self::HangDatabase | Self::CrashPostgres => 3_000,
            Self::FreezeRedis | Self::HangRedis | Self::KillRedis => 4_000,
            Self::SlowDatabase | Self::LoseDatabaseReplies | Self::CutAnswers => 3_000,
            Self::HangBank | Self::RefuseBank | Self::LoseBankReplies => 3_000,
            Self::LoseReplies | Self::SlowClients => 6_000,
        }
    }
}

/// A fault of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// When, after the load began.
    pub at: Duration,
    pub fault: Fault,
    /// Which server it befalls, where it befalls one.
    pub server: usize,
    /// How long it lasts.
    pub lasts: Duration,
}

/// The plan of a seed: one fault after the other, every kind before any comes again. kill -9 comes twice as often as the
/// others. Faults overlap when one outlasts the gap to the next.
pub fn plan(seed: u64, seconds: u64, servers: usize, kinds: &[Fault]) -> Vec<Planned> {
    let mut random = Random::new(seed, "plan");
    let (mut planned, mut bag, mut at) = (Vec::new(), Vec::new(), 2_000);
    // The last seconds are quiet, so that what is under way can end within the run.
    while at + 2_000 < seconds * 1_000 {
        if bag.is_empty() {
            bag.clear();
            bag.extend_from_slice(kinds);
            bag.extend(kinds.iter().filter(|kind| **kind == Fault::KillServer));
            random.shuffle(&mut bag);
        }
        let Some(fault) = bag.pop() else { break };
        let longest = fault.longest_ms();
        let lasts = if longest == 0 { 0 } else { random.between(longest / 6, longest) };
        let server = random.below(servers);
        planned.push(Planned { at: Duration::from_millis(at), fault, server, lasts: Duration::from_millis(lasts) });
        at += random.between(1_500, 4_500);
    }
    planned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_its_plan_again_and_two_minutes_meet_every_fault() {
        let made = plan(42, 120, 2, &Fault::ALL);
        assert_eq!(made, plan(42, 120, 2, &Fault::ALL));
        assert_ne!(made, plan(43, 120, 2, &Fault::ALL));
        for fault in Fault::ALL {
            assert!(made.iter().any(|planned| planned.fault == fault), "{fault:?}");
        }
        assert!(made.iter().all(|planned| planned.at < Duration::from_secs(118)));
    }

    #[test]
    fn names_are_words() {
        assert_eq!(Fault::LoseDatabaseReplies.name(), "lose-database-replies");
    }
}
