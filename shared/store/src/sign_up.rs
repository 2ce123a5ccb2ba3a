//! People who make an account of their own: the first administrator, and whoever signs up.

use domain::Timestamp;
use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::limits::{Admission, Gate};
use crate::sessions::NewSession;
use crate::sql::{
    admitted, insert_audit_entry, insert_session, session_duration_ms, token_is_active, user_json,
};
use crate::users::{Claim, Conflict, NewUser, Taken, UserRecord, insert_user, state_json};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Makes an account for whoever asks, with a session, if there is a way in for them.
///
/// # Atomicity
/// One batch. The deciding statement inserts the user under a fresh identifier, where the request is
/// admitted, the way is open and nothing is taken; the token's use, memberships, claims, session and
/// audit entry hang on that identifier. Batches are serialised, so of two hundred at once on a token
/// with fifty uses fifty find a use left, and a name that is taken costs none. Killed anywhere, the
/// batch leaves nothing.
pub struct SignUp {
    /// Rate limits.
    pub gate: Gate,
    /// The way in.
    pub way: Way,
    /// The account. `None`: what was asked for cannot be one; only the limits and the way are
    /// checked.
    pub account: Option<NewAccount>,
}

/// What lets somebody make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nobody exists yet.
    Setup,
    /// A sign-up token, by its SHA-256, with a use left.
    Token(SecretHash),
    /// Everybody may, by the configuration.
    Open,
}

/// An account about to be made.
pub struct NewAccount {
    /// The user.
    pub user: NewUser,
    /// Their groups, unless the token has groups of its own; those that do not exist any more are
    /// left out.
    pub default_groups: Vec<Uuid>,
    /// Their custom claims.
    pub claims: Vec<Claim>,
    /// Their session, unless they have to wait.
    pub session: Option<NewSession>,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum SignedUp {
    /// The account exists.
    Done(Box<Made>),
    /// Something is taken; nothing was written.
    Taken(Conflict),
    /// The way is open, but there was no account to make.
    Nobody,
    /// The way is not open: the same answer whatever the account.
    Shut,
    /// Too many attempts.
    Refused(Admission),
}

/// An account just made.
#[derive(Debug, Deserialize)]
pub struct Made {
    /// Whose it is.
    pub user: UserRecord,
    /// When their session ends, if they have one.
    pub session_expires_at: Option<Timestamp>,
}

/// Whether the way `$way` is open. The configuration is asked here as well, so that sign-up that was
/// closed a moment ago is closed.
macro_rules! open {
    ($way:literal, $token:literal, $at:literal) => {
        concat!(
            "CASE ",
            $way,
            " WHEN 'setup' THEN NOT EXISTS (SELECT 1 FROM users WHERE seq > 0) \
              WHEN 'signupToken' THEN EXISTS (SELECT 1 FROM signup_tokens t WHERE t.token_hash = ",
            $token,
            " AND ",
            token_is_active!($at),
            ") ELSE EXISTS (SELECT 1 FROM configuration \
               WHERE key = 'allowUserSignups' AND value = 'open') END"
        )
    };
}

const OPEN: &str = concat!("SELECT json('true') WHERE ", open!("?1", "?2", "?3"));

const USER: &str =
    insert_user!(concat!(admitted!("?14", "?15"), " AND ", open!("?16", "?17", "?12")));

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    concat!(
        "json_set(iif(?8 IS NULL, ?6, json_set(?6, '$.signupTokenId', \
           (SELECT id FROM signup_tokens WHERE token_hash = ?8))), '$.after', ",
        state_json!(),
        ")"
    ),
    "FROM users u WHERE u.id = ?7"
);

const COUNT_USE: &str = "UPDATE signup_tokens SET usage_count = usage_count + 1 \
    WHERE token_hash = ?1 AND EXISTS (SELECT 1 FROM users WHERE id = ?2)";

const NOTE_USE: &str = "INSERT INTO signup_token_uses (token_id, user_id, username, used_at) \
    SELECT t.id, u.id, u.username, u.created_at FROM signup_tokens t CROSS JOIN users u \
    WHERE t.token_hash = ?1 AND u.id = ?2";

/// The token's groups stand in place of the default ones, even when none of them is left.
const MEMBERSHIPS: &str = "WITH wanted AS MATERIALIZED (\
      SELECT g.group_id AS id FROM signup_tokens t \
        CROSS JOIN signup_token_groups g ON g.token_id = t.id WHERE t.token_hash = ?1 \
      UNION SELECT value FROM json_each(?3) WHERE NOT EXISTS \
        (SELECT 1 FROM signup_tokens WHERE token_hash = ?1 AND own_groups = 1)) \
    INSERT INTO user_group_members (user_id, group_id) \
    SELECT u.id, g.id FROM wanted CROSS JOIN user_groups g ON g.id = wanted.id \
    CROSS JOIN users u WHERE u.id = ?2";

const SESSION: &str = insert_session!("FROM users u WHERE u.id = ?7");

const READ_BACK: &str = concat!(
    "SELECT json_object('session_expires_at', (SELECT expires_at FROM sessions WHERE id = ?2), \
     'user', ",
    user_json!(),
    ") FROM users u WHERE u.id = ?1"
);

impl Way {
    /// Its name in the audit log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Token(_) => "signupToken",
            Self::Open => "openSignup",
        }
    }

    fn token(self) -> Value {
        match self {
            Self::Token(hash) => hash.into(),
            Self::Setup | Self::Open => Value::Null,
        }
    }
}

impl SignUp {
    fn open(&self) -> Statement {
        let at = self.gate.at.as_ms();
        Statement::new(OPEN, [self.way.as_str().into(), self.way.token(), at.into()])
    }

    fn decide(&self, account: &NewAccount) -> Statement {
        let (key, request) = self.gate.permit();
        let further = [key, request, self.way.as_str().into(), self.way.token()];
        account.user.statement(USER, self.gate.at, further)
    }
}

impl NewAccount {
    fn id(&self) -> Value {
        self.user.id.to_string().into()
    }

    /// Everything that hangs on the user.
    fn follow(&self, way: Way) -> Vec<Statement> {
        let token = || way.token();
        let groups = serde_json::json!(self.default_groups).to_string();
        let mut statements = vec![
            Statement::new(MEMBERSHIPS, [token(), self.id(), groups.into()]),
            self.entry.statement(ENTRY, Event::AccountCreated, [self.id(), token()]),
            Statement::new(COUNT_USE, [token(), self.id()]),
            Statement::new(NOTE_USE, [token(), self.id()]),
            self.user.claim(&self.entry, &self.claims),
        ];
        if let Some(session) = &self.session {
            statements.extend([
                session.sweep(),
                session.statement(SESSION, [self.id()]),
                session.note_sign_in(),
            ]);
        }
        statements
    }

    fn read_back(&self) -> Statement {
        let session = self.session.as_ref().map(|session| session.id.to_string());
        Statement::new(READ_BACK, [self.id(), session.into()])
    }
}

impl Batch for SignUp {
    type Output = SignedUp;

    fn statements(&self) -> Vec<Statement> {
        let mut statements = self.gate.statements();
        statements.push(self.open());
        if let Some(account) = &self.account {
            statements.extend([account.user.taken(), self.decide(account)]);
            statements.extend(account.follow(self.way));
            statements.push(account.read_back());
        }
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<SignedUp, StoreError> {
        let admission = self.gate.read(outcomes)?;
        let open = outcomes.happened()?;
        let (mut conflict, mut made) = (None, None);
        if let Some(account) = &self.account {
            let taken: Option<Taken> = outcomes.one()?;
            conflict = taken.as_ref().and_then(Taken::conflict);
            for _ in 0..=account.follow(self.way).len() {
                outcomes.skip()?;
            }
            made = outcomes.one()?;
        }
        Ok(match (made, admission) {
            (Some(made), _) => SignedUp::Done(Box::new(made)),
            (None, refused @ Admission::Refused { .. }) => SignedUp::Refused(refused),
            (None, Admission::Admitted) if !open => SignedUp::Shut,
            (None, Admission::Admitted) => conflict.map_or(SignedUp::Nobody, SignedUp::Taken),
        })
    }
}
