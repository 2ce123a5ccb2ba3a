use domain::Timestamp;
use http_api::{Call, Problem};
use platform::Statement;
use store::audit::Entry;
use store::outbox::{ClaimedMail, Ending, Postpone, Record};
use store::{Batch, Client, Outcomes, StoreError};
use uuid::Uuid;

use super::backoff::next_attempt;

/// What came of a mail.
pub(super) enum Note {
    /// It ended so, with these words of the server.
    Ended(Ending, Option<String>),
    /// An attempt failed.
    Postponed(String),
    /// An attempt that a server may have taken.
    Unconfirmed(String),
    /// It was not even begun, because something about all mails kept it.
    Untried(String),
    /// It was not begun for want of time: it is due at once.
    Unbegun,
}

/// What is to be recorded of the mails of a claim, as one batch.
pub(super) struct Records<'a> {
    call: &'a Call,
    claim: Uuid,
    ended: Vec<Record>,
    postponed: Vec<Postpone>,
}

impl<'a> Records<'a> {
    /// Nothing yet.
    pub(super) fn of(call: &'a Call, claim: Uuid) -> Self {
        Self { call, claim, ended: Vec::new(), postponed: Vec::new() }
    }

    /// Notes what came of a mail.
    ///
    /// # Errors
    /// When the random generator fails.
    pub(super) fn note(&mut self, mail: &ClaimedMail, note: Note) -> Result<(), Problem> {
        let now = self.call.by_now();
        match note {
            Note::Ended(ending, reply) => {
                let (mail, entry) = (mail.id, self.entry(now)?);
                self.ended.push(Record { mail, claim: self.claim, ending, reply, entry });
            }
            Note::Postponed(reply) => {
                self.postpone(mail, self.later(mail, now)?, Some(reply), (0, false));
            }
            Note::Unconfirmed(reply) => {
                self.postpone(mail, self.later(mail, now)?, Some(reply), (0, true));
            }
            Note::Untried(reply) => {
                self.postpone(mail, self.later(mail, now)?, Some(reply), (1, false));
            }
            Note::Unbegun => self.postpone(mail, now, None, (0, false)),
        }
        Ok(())
    }

    fn later(&self, mail: &ClaimedMail, now: Timestamp) -> Result<Timestamp, Problem> {
        let chance = u16::from_le_bytes(self.call.random()?);
        Ok(next_attempt(now, mail.attempts + 1, chance))
    }

    /// Mails that share their words are put back by one statement. `counts`: attempts to count, and
    /// whether one may have been taken.
    fn postpone(
        &mut self,
        mail: &ClaimedMail,
        due: Timestamp,
        reply: Option<String>,
        (counts, unconfirmed): (u32, bool),
    ) {
        let alike = |it: &&mut Postpone| {
            it.reply == reply && (it.counts, it.unconfirmed) == (counts, unconfirmed)
        };
        if let Some(postpone) = self.postponed.iter_mut().find(alike) {
            postpone.mails.push((mail.id, due));
            return;
        }
        let mails = vec![(mail.id, due)];
        self.postponed.push(Postpone { claim: self.claim, mails, reply, counts, unconfirmed });
    }

    /// Of the dispatcher itself: it comes from nowhere.
    fn entry(&self, at: Timestamp) -> Result<Entry, Problem> {
        let client = Client { ip_address: String::new(), user_agent: String::new() };
        Ok(Entry { id: self.call.new_id()?, at, client, data: serde_json::Map::new() })
    }
}

impl Batch for Records<'_> {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let mut statements = self.ended.statements();
        statements.extend(self.postponed.statements());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        self.ended.read(outcomes)?;
        self.postponed.read(outcomes).map(drop)
    }
}
