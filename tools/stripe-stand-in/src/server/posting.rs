//! Posting the messages: each is tried until it is taken.

use std::time::{Duration, Instant};

use super::StandIn;
use crate::{events::Told, intents};

impl StandIn {
    /// Finishes what is late and posts the messages that are due, one after the other; returns how many were taken.
    pub async fn deliver(&self) -> usize {
        let mut taken = 0;
        let Some((messages, url)) = self.take_due() else { return 0 };
        for (told, attempts) in messages {
            taken += usize::from(self.post(&url, &told, attempts).await);
        }
        taken
    }

    /// The same, all at the same moment and without waiting: an endpoint that is slow holds up its own message only.
    pub(super) fn deliver_at_once(&self) {
        let Some((messages, url)) = self.take_due() else { return };
        for (told, attempts) in messages {
            let (posting, url) = (self.clone(), url.clone());
            tokio::spawn(async move { posting.post(&url, &told, attempts).await });
        }
    }

    /// Finishes what is late and takes the messages that are due, if there is somebody to post them to.
    fn take_due(&self) -> Option<(Vec<(Told, u32)>, String)> {
        let due: Vec<String> = {
            let mut inside = self.inside();
            let (due, later) = std::mem::take(&mut inside.late).into_iter().partition(|(_, at)| *at <= Instant::now());
            inside.late = later;
            let due: Vec<(String, Instant)> = due;
            due.into_iter().map(|(id, _)| id).collect()
        };
        for id in due {
            self.at_desk(None, |desk| intents::complete_processing(desk, &id));
        }
        let mut inside = self.inside();
        let url = inside.webhook_url.clone()?;
        let messages = inside.outbox.take_due();
        inside.posting += messages.len();
        Some((messages, url))
    }

    /// Posts a message; one that is not taken is posted again later.
    async fn post(&self, url: &str, told: &Told, attempts: u32) -> bool {
        let request = self
            .0
            .http
            .post(url)
            .header("content-type", "application/json; charset=utf-8")
            .header("stripe-signature", self.signature(&told.body))
            .timeout(Duration::from_secs(5))
            .body(told.body.clone());
        let taken = request.send().await.is_ok_and(|answer| answer.status().is_success());
        let mut inside = self.inside();
        inside.posting = inside.posting.saturating_sub(1);
        if !taken {
            inside.outbox.again(told, attempts + 1);
        }
        taken
    }

    /// Messages that wait for another attempt are posted now.
    pub fn hurry_messages(&self) {
        self.inside().outbox.hurry();
    }

    /// Messages that wait are never sent.
    pub fn forget_messages(&self) {
        self.inside().outbox.forget();
    }

    /// Whether every message was posted.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let inside = self.inside();
        inside.outbox.is_quiet() && inside.late.is_empty() && inside.posting == 0
    }
}
