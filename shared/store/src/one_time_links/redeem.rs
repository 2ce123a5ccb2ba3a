use platform::{Statement, Value};
use serde::Deserialize;

use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::limits::{Admission, Gate};
use crate::sessions::{NewSession, StartedSession};
use crate::sql::{active_link, admitted, insert_audit_entry, insert_session, session_duration_ms};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Turns an active link into a session, once.
///
/// # Atomicity
/// One batch. The deciding statement marks the link with this attempt's session identifier, under
/// the condition that the link is active, this the browser it is bound to, its user enabled and the
/// request admitted; session, sign-in time and audit entry hang on that mark. Of a hundred attempts at
/// once one finds its own mark. Killed anywhere, the batch leaves either the link active or the session
/// made. Wrong codes are counted in the batch, too, so no number of attempts at once tries a sixth.
pub struct Redeem {
    /// Rate limits.
    pub gate: Gate,
    /// What stands for the link.
    pub presented: Presented,
    /// SHA-256 of the cookie of a browser that asked for a link.
    pub device_hash: Option<SecretHash>,
    /// The session to make.
    pub session: NewSession,
    /// The audit entry.
    pub entry: Entry,
}

/// What stands for a link.
#[derive(Debug, Clone, Copy)]
pub enum Presented {
    /// SHA-256 of its token.
    Token(SecretHash),
    /// What would be stored of the code that was typed, in the browser that it was typed in.
    Code(SecretHash),
}

/// What came of it.
#[derive(Debug)]
pub enum Redeemed {
    /// The link is used up and the session made.
    Done(Box<StartedSession>),
    /// The link is active, but its user is disabled; the link stays as it is.
    UserDisabled,
    /// The link is active, but bound to another browser; it stays as it is.
    OtherDevice,
    /// There is no such link, or it is no longer active: the same answer for all.
    Inactive,
    /// Too many attempts; nothing was looked up.
    Refused(Admission),
}

/// The link that `$hash` stands for. A hash of a token and one of a code are never the same: who
/// could make them so could as well find a token.
macro_rules! presented_link {
    ($hash:literal) => {
        concat!(
            "coalesce((SELECT id FROM one_time_links WHERE token_hash = ",
            $hash,
            "), (SELECT id FROM one_time_links WHERE code_hash = ",
            $hash,
            " AND code_attempts < 5 LIMIT 1))"
        )
    };
}

const MARK: &str = concat!(
    "UPDATE one_time_links AS l SET redeemed_at = ?2, session_id = ?3 WHERE l.id = ",
    presented_link!("?1"),
    " AND ",
    active_link!("l", "?2"),
    " AND (l.device_hash IS NULL OR l.device_hash = ?6) \
      AND EXISTS (SELECT 1 FROM users u WHERE u.id = l.user_id AND u.disabled = 0) AND ",
    admitted!("?4", "?5")
);

const SESSION: &str = insert_session!(concat!(
    "FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = ",
    presented_link!("?7"),
    " AND l.session_id = ?1"
));

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?7"
);

/// Somebody presents a link that exists and is not theirs to redeem, or types a wrong code where one
/// was asked for: worth an entry. `?12` is the browser's, if a code was typed.
const FAILED_ENTRY: &str = insert_audit_entry!(
    "NULL, NULL, u.id, u.username",
    "json_set(?6, '$.reason', CASE \
       WHEN l.token_hash <> ?7 AND l.code_hash IS NOT ?7 THEN 'wrong_code' \
       WHEN l.device_hash IS NOT NULL AND l.device_hash IS NOT ?11 THEN 'other_device' \
       WHEN l.redeemed_at IS NOT NULL THEN 'redeemed' \
       WHEN l.revoked_at IS NOT NULL THEN 'revoked' \
       WHEN l.expires_at <= ?2 THEN 'expired' \
       WHEN u.disabled = 1 THEN 'disabled' ELSE 'too_many_codes' END)",
    concat!(
        "FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = coalesce(\
           (SELECT id FROM one_time_links WHERE token_hash = ?7), \
           (SELECT id FROM one_time_links WHERE code_hash = ?7 LIMIT 1), \
           (SELECT id FROM one_time_links WHERE device_hash = ?12 ORDER BY created_at DESC LIMIT 1)) \
         AND coalesce(l.session_id, '') <> ?8 AND ",
        admitted!("?9", "?10")
    )
);

/// A code is wrong that is no link's of this browser. It counts against each link of the browser
/// that it could have been meant for.
const COUNT: &str = concat!(
    "UPDATE one_time_links AS l SET code_attempts = l.code_attempts + 1 \
     WHERE l.device_hash = ?6 AND l.code_attempts < 5 AND ",
    active_link!("l", "?2"),
    " AND NOT EXISTS (SELECT 1 FROM one_time_links WHERE code_hash = ?1) AND ",
    admitted!("?4", "?5")
);

const STATE: &str = concat!(
    "SELECT json_object('disabled', u.disabled, \
       'other_device', l.device_hash IS NOT NULL AND l.device_hash IS NOT ?5) \
     FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = ",
    presented_link!("?1"),
    " AND ",
    active_link!("l", "?2"),
    " AND ",
    admitted!("?3", "?4")
);

#[derive(Deserialize)]
struct State {
    #[serde(deserialize_with = "flag")]
    disabled: bool,
    #[serde(deserialize_with = "flag")]
    other_device: bool,
}

impl Redeem {
    fn presented(&self) -> Value {
        match self.presented {
            Presented::Token(hash) | Presented::Code(hash) => hash.into(),
        }
    }

    /// The browser, if a code was typed in it.
    fn typed_in(&self) -> Value {
        match self.presented {
            Presented::Token(_) => Value::Null,
            Presented::Code(_) => self.device_hash.into(),
        }
    }

    /// A statement about the link, at this time, in the browser `device`, if admitted.
    fn about_link(&self, sql: &'static str, device: Value) -> Statement {
        let (key, request) = self.gate.permit();
        let (at, session) = (self.gate.at.as_ms(), self.session.id.to_string());
        Statement::new(sql, [self.presented(), at.into(), session.into(), key, request, device])
    }

    fn entries(&self) -> [Statement; 2] {
        let (key, request) = self.gate.permit();
        let session = self.session.id.to_string();
        [
            self.entry.statement(ENTRY, Event::TokenSignIn, [session.as_str().into()]),
            self.entry.statement(
                FAILED_ENTRY,
                Event::TokenSignInFailed,
                [
                    self.presented(),
                    session.into(),
                    key,
                    request,
                    self.device_hash.into(),
                    self.typed_in(),
                ],
            ),
        ]
    }

    fn state(&self) -> Statement {
        let (key, request) = self.gate.permit();
        let at = self.gate.at.as_ms();
        let device = self.device_hash.into();
        Statement::new(STATE, [self.presented(), at.into(), key, request, device])
    }
}

impl Batch for Redeem {
    type Output = Redeemed;

    fn statements(&self) -> Vec<Statement> {
        let mut statements = self.gate.statements();
        statements.extend([
            self.session.sweep(),
            self.about_link(MARK, self.device_hash.into()),
            self.session.statement(SESSION, [self.presented()]),
            self.session.note_sign_in(),
        ]);
        statements.extend(self.entries());
        statements.extend([
            self.about_link(COUNT, self.typed_in()),
            self.state(),
            self.session.read_back(),
        ]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Redeemed, StoreError> {
        let admission = self.gate.read(outcomes)?;
        for _ in 0..7 {
            outcomes.skip()?;
        }
        let state: Option<State> = outcomes.one()?;
        let started = outcomes.one()?;
        Ok(match (started, admission, state) {
            (Some(started), ..) => Redeemed::Done(Box::new(started)),
            (None, refused @ Admission::Refused { .. }, _) => Redeemed::Refused(refused),
            (None, _, Some(State { other_device: true, .. })) => Redeemed::OtherDevice,
            (None, _, Some(State { disabled: true, .. })) => Redeemed::UserDisabled,
            (None, ..) => Redeemed::Inactive,
        })
    }
}
