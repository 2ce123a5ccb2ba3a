use platform::Statement;

use crate::audit::{Entry, Event};
use crate::limits::{Admission, Gate};
use crate::sessions::{NewSession, StartedSession};
use crate::sql::{admitted, insert_audit_entry, insert_session, session_duration_ms};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Turns an active link into a session, once.
///
/// # Atomicity
/// One batch. The deciding statement marks the link with this attempt's session identifier, under
/// the condition that the link is active, its user enabled and the request admitted; session,
/// sign-in time and audit entry hang on that mark. Of a hundred attempts at once one finds its own
/// mark. Killed anywhere, the batch leaves either the link active or the session made.
pub struct Redeem {
    /// Rate limits.
    pub gate: Gate,
    /// SHA-256 of the presented token.
    pub token_hash: SecretHash,
    /// The session to make.
    pub session: NewSession,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Redeemed {
    /// The link is used up and the session made.
    Done(Box<StartedSession>),
    /// The link is active, but its user is disabled; the link stays as it is.
    UserDisabled,
    /// There is no such link, or it is no longer active: the same answer for all.
    Inactive,
    /// Too many attempts; nothing was looked up.
    Refused(Admission),
}

const MARK: &str = concat!(
    "UPDATE one_time_links SET redeemed_at = ?2, session_id = ?3 \
     WHERE token_hash = ?1 AND redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > ?2 \
       AND EXISTS (SELECT 1 FROM users u WHERE u.id = user_id AND u.disabled = 0) AND ",
    admitted!("?4", "?5")
);

const SESSION: &str = insert_session!(
    "FROM one_time_links l JOIN users u ON u.id = l.user_id \
     WHERE l.token_hash = ?7 AND l.session_id = ?1"
);

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?7"
);

/// Somebody presents a link that exists and is not theirs to redeem any more: worth an entry.
const FAILED_ENTRY: &str = insert_audit_entry!(
    "NULL, NULL, u.id, u.username",
    concat!(
        "FROM one_time_links l JOIN users u ON u.id = l.user_id \
         WHERE l.token_hash = ?7 AND coalesce(l.session_id, '') <> ?8 AND ",
        admitted!("?9", "?10")
    )
);

const STATE: &str = concat!(
    "SELECT json('true') FROM one_time_links l JOIN users u ON u.id = l.user_id \
     WHERE l.token_hash = ?1 AND l.redeemed_at IS NULL AND l.revoked_at IS NULL \
       AND l.expires_at > ?2 AND u.disabled = 1 AND ",
    admitted!("?3", "?4")
);

impl Redeem {
    fn decide(&self) -> Statement {
        let (key, request) = self.gate.permit();
        let session = self.session.id.to_string();
        Statement::new(
            MARK,
            [self.token_hash.into(), self.gate.at.as_ms().into(), session.into(), key, request],
        )
    }

    fn entries(&self) -> [Statement; 2] {
        let (key, request) = self.gate.permit();
        let session = self.session.id.to_string();
        [
            self.entry.statement(ENTRY, Event::TokenSignIn, [session.as_str().into()]),
            self.entry.statement(
                FAILED_ENTRY,
                Event::TokenSignInFailed,
                [self.token_hash.into(), session.into(), key, request],
            ),
        ]
    }

    fn state(&self) -> Statement {
        let (key, request) = self.gate.permit();
        let at = self.gate.at.as_ms();
        Statement::new(STATE, [self.token_hash.into(), at.into(), key, request])
    }
}

impl Batch for Redeem {
    type Output = Redeemed;

    fn statements(&self) -> Vec<Statement> {
        let mut statements = self.gate.statements();
        statements.extend([
            self.session.sweep(),
            self.decide(),
            self.session.statement(SESSION, [self.token_hash.into()]),
            self.session.note_sign_in(),
        ]);
        statements.extend(self.entries());
        statements.extend([self.state(), self.session.read_back()]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Redeemed, StoreError> {
        let admission = self.gate.read(outcomes)?;
        for _ in 0..6 {
            outcomes.skip()?;
        }
        let disabled = outcomes.happened()?;
        let started = outcomes.one()?;
        Ok(match (started, admission) {
            (Some(started), _) => Redeemed::Done(Box::new(started)),
            (None, Admission::Admitted) if disabled => Redeemed::UserDisabled,
            (None, Admission::Admitted) => Redeemed::Inactive,
            (None, refused) => Redeemed::Refused(refused),
        })
    }
}
