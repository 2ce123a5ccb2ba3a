use domain::Timestamp;
use platform::Statement;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::CLAIM_MS;
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Begins an attempt and renews the claim for it. `false`: the claim is over, somebody else has the
/// mail or had it, or what it speaks of ended meanwhile; it must not be sent.
pub struct Begin {
    /// The mail.
    pub mail: Uuid,
    /// The claim it is held by.
    pub claim: Uuid,
    /// Now.
    pub at: Timestamp,
}

const BEGIN: &str = "UPDATE outbox SET handed_over_at = ?3, attempts = attempts + 1, \
      due_at = ?3 + ?4 \
    WHERE id = ?1 AND claim = ?2 AND state = 'queued' AND coalesce(expires_at > ?3, 1) \
    RETURNING id";

impl Batch for Begin {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            BEGIN,
            [
                self.mail.to_string().into(),
                self.claim.to_string().into(),
                self.at.as_ms().into(),
                CLAIM_MS.into(),
            ],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.happened()
    }
}

/// How a mail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A server took it.
    Sent,
    /// A server refused it for good.
    Refused,
    /// What it speaks of is over.
    Expired,
    /// No server took it for a day, or none confirmed it.
    GivenUp,
}

impl Ending {
    fn state(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::GivenUp => "given_up",
        }
    }

    fn event(self) -> Event {
        match self {
            Self::Sent => Event::EmailSent,
            Self::Refused | Self::Expired | Self::GivenUp => Event::EmailNotSent,
        }
    }
}

/// Ends a mail, and tells the audit log. Done again it does nothing: the claim is gone then.
pub struct Record {
    /// The mail.
    pub mail: Uuid,
    /// The claim it is held by.
    pub claim: Uuid,
    /// How it ended.
    pub ending: Ending,
    /// The server's words; `None` leaves the last ones.
    pub reply: Option<String>,
    /// The audit entry.
    pub entry: Entry,
}

const ENTRY: &str = insert_audit_entry!(
    "NULL, NULL, u.id, u.username",
    "json_set(?6, '$.emailId', m.id, '$.kind', m.kind, '$.state', ?9, \
       '$.reply', coalesce(?10, m.reply, ''))",
    "FROM outbox m JOIN users u ON u.id = m.user_id \
     WHERE m.id = ?7 AND m.claim = ?8 AND m.state = 'queued'"
);

const END: &str = "UPDATE outbox SET state = ?3, reply = coalesce(?4, reply), ended_at = ?5, \
      claim = NULL \
    WHERE id = ?1 AND claim = ?2 AND state = 'queued'";

impl Batch for Record {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let (mail, claim) = (self.mail.to_string(), self.claim.to_string());
        let (state, reply) = (self.ending.state(), self.reply.clone());
        vec![
            self.entry.statement(
                ENTRY,
                self.ending.event(),
                [mail.as_str().into(), claim.as_str().into(), state.into(), reply.clone().into()],
            ),
            Statement::new(
                END,
                [
                    mail.into(),
                    claim.into(),
                    state.into(),
                    reply.into(),
                    self.entry.at.as_ms().into(),
                ],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()?;
        outcomes.skip()
    }
}

/// Puts mails back for a later attempt.
pub struct Postpone {
    /// The claim they are held by.
    pub claim: Uuid,
    /// Each mail, and when it is due again.
    pub mails: Vec<(Uuid, Timestamp)>,
    /// Why: a server's words, or ours; `None` leaves the last ones.
    pub reply: Option<String>,
    /// Attempts that no [`Begin`] counted.
    pub counts: u32,
    /// Whether a server may have taken them.
    pub unconfirmed: bool,
}

/// Past a day a mail is due at once: it is then given up.
const POSTPONE: &str = "UPDATE outbox SET claim = NULL, handed_over_at = NULL, reply = coalesce(?2, reply), \
      attempts = attempts + ?4, unconfirmed = unconfirmed + ?6, \
      due_at = min(e.value, created_at + ?5) \
    FROM json_each(?3) e \
    WHERE outbox.id = e.key AND claim = ?1 AND state = 'queued'";

impl Batch for Postpone {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let due = self.mails.iter().map(|(mail, due)| (mail.to_string(), json!(due.as_ms())));
        vec![Statement::new(
            POSTPONE,
            [
                self.claim.to_string().into(),
                self.reply.clone().into(),
                due.collect::<Json>().to_string().into(),
                self.counts.into(),
                super::GIVE_UP_MS.into(),
                u32::from(self.unconfirmed).into(),
            ],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()
    }
}
