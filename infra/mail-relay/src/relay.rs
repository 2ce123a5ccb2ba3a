use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use mail_relay_client::{Answer, Outcome, Stage};
use tokio::sync::watch;
use tokio::time::sleep;
use uuid::Uuid;

use crate::answer::{Refusal, answer};
use crate::mail::Mail;
use crate::records::{Known, NoRecords, Records};
use crate::submission::Submitter;

/// Mails at once; each holds its text in memory.
const MOST_UNDER_WAY: usize = 64;

/// Sends mails, each once.
///
/// A mail is sent by a task of its own that nobody's going away ends. Whoever asks for the same mail
/// meanwhile waits for that task; whoever asks later is told from the records.
pub(crate) struct Relay {
    records: Records,
    submitter: Submitter,
    under_way: Mutex<HashMap<Uuid, UnderWay>>,
}

/// What became of a mail, or why nothing did.
type Settled = Result<Answer, Refusal>;

struct UnderWay {
    to: String,
    settled: watch::Receiver<Option<Settled>>,
}

impl Relay {
    pub(crate) fn new(records: Records, submitter: Submitter) -> Arc<Self> {
        Arc::new(Self { records, submitter, under_way: Mutex::default() })
    }

    /// Sends the mail unless that has been done, and says what became of it.
    ///
    /// # Errors
    /// When it is another mail than the one that had its id, there are too many, or the records
    /// cannot be kept.
    pub(crate) async fn settle(self: &Arc<Self>, mail: Mail) -> Settled {
        let mut settled = self.join(mail)?;
        let settled = settled.wait_for(Option::is_some).await;
        // The task's end without an answer would be a fault of ours: nothing is known then.
        let unknown = || answer(Outcome::Unconfirmed, Stage::Relay, "the relay failed");
        settled.ok().and_then(|settled| settled.clone()).unwrap_or_else(|| Ok(unknown()))
    }

    fn join(self: &Arc<Self>, mail: Mail) -> Result<watch::Receiver<Option<Settled>>, Refusal> {
        let mut under_way = self.under_way();
        if let Some(same) = under_way.get(&mail.id) {
            let is_same = mail.to.as_str() == same.to;
            return if is_same { Ok(same.settled.clone()) } else { Err(another()) };
        }
        if under_way.len() >= MOST_UNDER_WAY {
            let busy = "the relay has too many mails under way";
            return Err(Refusal::of_all(StatusCode::SERVICE_UNAVAILABLE, busy));
        }
        let (tell, settled) = watch::channel(None);
        let entry = UnderWay { to: mail.to.to_string(), settled: settled.clone() };
        under_way.insert(mail.id, entry);
        let end = End { relay: Arc::clone(self), id: mail.id };
        tokio::spawn(async move {
            tell.send_replace(Some(end.relay.deliver(&mail).await));
            // Whoever comes after this finds the record.
            drop(end);
        });
        Ok(settled)
    }

    async fn deliver(&self, mail: &Mail) -> Settled {
        match self.records.begin(mail).await {
            Ok(Known::Settled(answer)) => return Ok(answer),
            Ok(Known::Begun) => {}
            Ok(Known::Uncertain) => {
                tracing::warn!(id = %mail.id, "an attempt was cut off: this may be the second copy");
            }
            Ok(Known::Another) => return Err(another()),
            Err(error) => return Err(no_records(&error)),
        }
        let answer = self.submitter.submit(mail).await;
        // Not the server's words: they may quote a link that lets somebody in.
        tracing::info!(id = %mail.id, outcome = ?answer.outcome, stage = ?answer.stage, "a mail");
        if let Err(NoRecords(error)) = self.records.settle(mail.id, &answer).await {
            tracing::error!(id = %mail.id, error, "what became of a mail was not recorded");
        }
        Ok(answer)
    }

    pub(crate) async fn is_well(&self) -> bool {
        self.records.are_well().await
    }

    /// Waits for the mails that are under way, for as long as `patience`.
    pub(crate) async fn finish(&self, patience: Duration) {
        let done = async {
            while !self.under_way().is_empty() {
                sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(patience, done).await.is_err() {
            tracing::warn!("stopping with mails under way");
        }
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<Uuid, UnderWay>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The end of a mail's task, however it comes.
struct End {
    relay: Arc<Relay>,
    id: Uuid,
}

impl Drop for End {
    fn drop(&mut self) {
        self.relay.under_way().remove(&self.id);
    }
}

fn another() -> Refusal {
    let why = "a mail to somebody else had this id";
    Refusal::of_mail(StatusCode::CONFLICT, Stage::Relay, why)
}

/// Without a record the next attempt could not know of this one, so there is none.
fn no_records(NoRecords(error): &NoRecords) -> Refusal {
    tracing::error!(error, "the records cannot be kept");
    Refusal::of_all(StatusCode::INTERNAL_SERVER_ERROR, "the relay cannot keep its records")
}
