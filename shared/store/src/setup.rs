//! The first administrator.

use platform::Statement;

use crate::audit::{Entry, Event};
use crate::limits::{Admission, Gate};
use crate::sessions::{NewSession, StartedSession};
use crate::sql::{admitted, insert_audit_entry, insert_session, session_duration_ms};
use crate::users::{NewUser, insert_user, state_json};
use crate::{Batch, Outcomes, StoreError};

/// Whether anybody exists yet.
pub struct Pending;

impl Batch for Pending {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            "SELECT json('true') WHERE NOT EXISTS (SELECT 1 FROM users WHERE seq > 0)",
            [],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.happened()
    }
}

/// Makes the first administrator with a session, if nobody exists and the gate lets it through.
///
/// # Atomicity
/// The account is inserted only while the table is empty, so of any number of attempts at once one
/// finds it so. Session and audit entry hang on the account's fresh identifier.
pub struct Complete {
    /// Rate limits.
    pub gate: Gate,
    /// The administrator.
    pub user: NewUser,
    /// Their session.
    pub session: NewSession,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Completed {
    /// The administrator exists and has a session.
    Done(Box<StartedSession>),
    /// Somebody existed already; nothing was written.
    AlreadyDone,
    /// Too many attempts.
    Refused(Admission),
}

const ACCOUNT: &str = insert_user!(concat!(
    "NOT EXISTS (SELECT 1 FROM users WHERE seq > 0) AND ",
    admitted!("?13", "?14")
));

const SESSION: &str = insert_session!("FROM users u WHERE u.id = ?7");

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    concat!("json_set(?6, '$.after', ", state_json!(), ")"),
    "FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?7"
);

impl Batch for Complete {
    type Output = Completed;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let mut statements = self.gate.statements();
        statements.extend([
            self.user.statement(ACCOUNT, self.entry.at, [key, request]),
            self.session.statement(SESSION, [self.user.id.to_string().into()]),
            self.session.note_sign_in(),
            self.entry.statement(
                ENTRY,
                Event::AccountCreated,
                [self.session.id.to_string().into()],
            ),
            self.session.read_back(),
        ]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Completed, StoreError> {
        let admission = self.gate.read(outcomes)?;
        for _ in 0..4 {
            outcomes.skip()?;
        }
        let started = outcomes.one()?;
        Ok(match (started, admission) {
            (Some(started), _) => Completed::Done(Box::new(started)),
            (None, Admission::Admitted) => Completed::AlreadyDone,
            (None, refused) => Completed::Refused(refused),
        })
    }
}
