use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::limits::{Admission, Gate};
use crate::outbox::{NewMail, insert_mail};
use crate::sql::{admitted, insert_audit_entry, switched_on};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Queues a mail with which a user proves their address. To whom that is done already, none goes.
///
/// # Atomicity
/// One batch. The proof is kept under the condition that the request is admitted and the feature on;
/// mail and audit entry hang on its fresh identifier, and a mail about the one before is not sent any more.
pub struct Send {
    /// Rate limits.
    pub gate: Gate,
    /// A fresh identifier.
    pub id: Uuid,
    /// SHA-256 of the token that is derived from it.
    pub token_hash: SecretHash,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whose address it is.
    pub user: Uuid,
    /// The mail.
    pub mail: NewMail,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Sending {
    /// The mail is queued, or the address is proved already.
    Done,
    /// Addresses are not verified by mail here.
    Disabled,
    /// The user has no address.
    NoAddress,
    /// Too many requests.
    Refused(Admission),
}

const PROOF: &str = concat!(
    "INSERT INTO email_verifications (user_id, id, token_hash, email_key, expires_at) \
     SELECT u.id, ?2, ?3, u.email_key, ?4 FROM users u \
     WHERE u.id = ?1 AND u.email_key IS NOT NULL AND u.email_verified = 0 AND ",
    switched_on!("emailVerificationEnabled"),
    " AND ",
    admitted!("?5", "?6"),
    " ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, token_hash = excluded.token_hash, \
       email_key = excluded.email_key, expires_at = excluded.expires_at"
);

const MAIL: &str = insert_mail!(
    "u.id, u.email, u.display_name",
    "FROM email_verifications v JOIN users u ON u.id = v.user_id WHERE v.user_id = ?6 AND v.id = ?7"
);

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "json_set(?6, '$.email', u.email)",
    "FROM email_verifications v JOIN users u ON u.id = v.user_id WHERE v.user_id = ?7 AND v.id = ?8"
);

const STATE: &str = concat!(
    "SELECT json_object('enabled', ",
    switched_on!("emailVerificationEnabled"),
    ", 'has_address', email_key IS NOT NULL) FROM users WHERE id = ?1"
);

#[derive(Deserialize)]
struct State {
    #[serde(deserialize_with = "flag")]
    enabled: bool,
    #[serde(deserialize_with = "flag")]
    has_address: bool,
}

impl Batch for Send {
    type Output = Sending;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let (id, user) = (self.id.to_string(), self.user.to_string());
        let mut statements = self.gate.statements();
        statements.extend([
            Statement::new(
                PROOF,
                [
                    user.as_str().into(),
                    id.as_str().into(),
                    self.token_hash.into(),
                    self.expires_at.as_ms().into(),
                    key,
                    request,
                ],
            ),
            self.mail.statement(MAIL, [user.as_str().into(), id.as_str().into()]),
            self.entry.statement(
                ENTRY,
                Event::EmailVerificationRequested,
                [user.as_str().into(), id.into()],
            ),
            Statement::new(STATE, [user.into()]),
        ]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Sending, StoreError> {
        let admission = self.gate.read(outcomes)?;
        for _ in 0..3 {
            outcomes.skip()?;
        }
        let state: Option<State> = outcomes.one()?;
        Ok(match (admission, state) {
            (refused @ Admission::Refused { .. }, _) => Sending::Refused(refused),
            (_, Some(State { enabled: true, has_address: true })) => Sending::Done,
            (_, Some(State { enabled: true, .. })) => Sending::NoAddress,
            (_, _) => Sending::Disabled,
        })
    }
}
