use domain::{EmailAddress, Profile};
use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::create::Taken;
use super::guard::{Guard, keeps_an_administrator};
use super::{Conflict, Origin, UserRecord};
use crate::audit::{Entry, Event};
use crate::sql::{insert_audit_entry, user_json};
use crate::{Batch, Outcomes, StoreError};

/// Changes a user: all of it or, when something stands against it, nothing.
pub struct Update {
    /// Whom.
    pub user: Uuid,
    /// To what.
    pub change: Change,
    /// Who changes it.
    pub origin: Origin,
    /// The audit entry; the values before come from the row.
    pub entry: Entry,
}

/// What a user becomes.
#[derive(Debug, Clone)]
pub enum Change {
    /// Everything is replaced.
    Everything {
        /// Names and address.
        profile: Profile,
        /// Whether the address is known to be theirs. `None`: as it was, unless it is another
        /// address, which then counts as `new_email_verified` says.
        email_verified: Option<bool>,
        /// Whether an address that has changed counts as verified.
        new_email_verified: bool,
        /// Whether they administrate. `None`: as it was.
        is_admin: Option<bool>,
        /// Whether they are shut out, which ends their sessions. `None`: as it was.
        disabled: Option<bool>,
        /// Preferred language.
        locale: Option<String>,
    },
    /// Only the preferred language, because the rest is somebody else's to change.
    Locale(Option<String>),
}

/// What came of it.
#[derive(Debug)]
pub enum Updated {
    /// As it is now.
    Done(Box<UserRecord>),
    /// Something is taken; nothing was written.
    Taken(Conflict),
    /// A guard stands against it; nothing was written.
    Refused(Guard),
    /// There is no such user.
    Unknown,
}

/// What the entry keeps of a user, as text: enough to undo by hand, nothing secret.
macro_rules! before_json {
    () => {
        "(json_object('username', u.username, 'email', u.email, \
         'emailVerified', json(iif(u.email_verified, 'true', 'false')), \
         'firstName', u.first_name, 'lastName', u.last_name, 'displayName', u.display_name, \
         'isAdmin', json(iif(u.is_admin, 'true', 'false')), \
         'disabled', json(iif(u.disabled, 'true', 'false')), 'locale', u.locale) || '')"
    };
}

/// What an entry keeps of `users u`: their record and their groups.
macro_rules! state_json {
    () => {
        concat!(
            "(json_set(",
            crate::users::before_json!(),
            ", '$.groups', json((SELECT json_group_array(g.name) FROM user_group_members m \
              CROSS JOIN user_groups g ON g.id = m.group_id WHERE m.user_id = u.id))) || '')"
        )
    };
}
pub(crate) use {before_json, state_json};

/// The entry decides. `?7`–`?8` who acts, `?9` whom, `?10` address and `?11` username wished for,
/// `?12` administrator and `?13` disabled wished for.
const DECIDE: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    concat!(
        "FROM users u WHERE u.id = ?9 \
           AND NOT EXISTS (SELECT 1 FROM users o WHERE o.email_key = ?10 AND o.id <> ?9) \
           AND NOT EXISTS (SELECT 1 FROM users o WHERE o.username = ?11 AND o.id <> ?9) AND ",
        keeps_an_administrator!("?9", "coalesce(?12, u.is_admin)", "coalesce(?13, u.disabled)"),
        " AND ",
        super::guard::spares_oneself!(
            "?7",
            "coalesce(?12, u.is_admin)",
            "coalesce(?13, u.disabled)"
        ),
        " RETURNING id"
    )
);

const TAKEN: &str = "SELECT json_object(\
    'email', EXISTS (SELECT 1 FROM users WHERE email_key = ?1 AND id <> ?3), \
    'username', EXISTS (SELECT 1 FROM users WHERE username = ?2 AND id <> ?3), 'id', 0)";

const NOTE_BEFORE: &str = concat!(
    "UPDATE audit_entries SET data = json_set(data, '$.before', (SELECT ",
    before_json!(),
    " FROM users u WHERE u.id = audit_entries.user_id)) WHERE id = ?1"
);

const EVERYTHING: &str = "UPDATE users SET username = ?3, email = ?4, \
    email_verified = coalesce(?6, iif(email_key IS ?5, email_verified, ?7)), email_key = ?5, \
    first_name = ?8, last_name = ?9, display_name = ?10, is_admin = coalesce(?11, is_admin), \
    disabled = coalesce(?12, disabled), locale = ?13, updated_at = ?14 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

const LOCALE: &str = "UPDATE users SET locale = ?3, updated_at = ?4 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

const NOTE_AFTER: &str = concat!(
    "UPDATE audit_entries SET data = json_set(data, '$.after', (SELECT ",
    before_json!(),
    " FROM users u WHERE u.id = audit_entries.user_id)) WHERE id = ?1"
);

/// Nobody who is shut out stays in.
const END_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = ?1 \
    AND EXISTS (SELECT 1 FROM users WHERE id = ?1 AND disabled = 1)";

const READ_BACK: &str = concat!("SELECT ", user_json!(), " FROM users u WHERE u.id = ?1");

#[derive(Deserialize)]
struct State {
    guard: Option<Guard>,
}

impl Update {
    fn wished(&self) -> [Value; 4] {
        match &self.change {
            Change::Everything { profile, is_admin, disabled, .. } => [
                profile.email.as_ref().map(EmailAddress::key).into(),
                profile.username.as_str().into(),
                (*is_admin).into(),
                (*disabled).into(),
            ],
            Change::Locale(_) => [Value::Null, Value::Null, Value::Null, Value::Null],
        }
    }

    fn write(&self) -> Statement {
        let (id, entry) = (self.user.to_string(), self.entry.id.to_string());
        let at = self.entry.at.as_ms();
        match &self.change {
            Change::Locale(locale) => Statement::new(
                LOCALE,
                [id.into(), entry.into(), locale.as_deref().into(), at.into()],
            ),
            Change::Everything {
                profile,
                email_verified,
                new_email_verified,
                is_admin,
                disabled,
                locale,
            } => Statement::new(
                EVERYTHING,
                [
                    id.into(),
                    entry.into(),
                    profile.username.as_str().into(),
                    profile.email.as_ref().map(EmailAddress::as_str).into(),
                    profile.email.as_ref().map(EmailAddress::key).into(),
                    (*email_verified).into(),
                    (*new_email_verified).into(),
                    profile.first_name.as_str().into(),
                    profile.last_name.as_str().into(),
                    profile.display_name.as_str().into(),
                    (*is_admin).into(),
                    (*disabled).into(),
                    locale.as_deref().into(),
                    at.into(),
                ],
            ),
        }
    }
}

impl Batch for Update {
    type Output = Updated;

    fn statements(&self) -> Vec<Statement> {
        let (id, entry) = (self.user.to_string(), self.entry.id.to_string());
        let actor = self.origin.actor_id.to_string();
        let [email, username, is_admin, disabled] = self.wished();
        vec![
            Statement::new(TAKEN, [email.clone(), username.clone(), id.as_str().into()]),
            Statement::new(
                super::guard::STATE,
                [id.as_str().into(), actor.as_str().into(), is_admin.clone(), disabled.clone()],
            ),
            self.entry.statement(
                DECIDE,
                Event::UserUpdated,
                [
                    actor.into(),
                    self.origin.actor_username.as_str().into(),
                    id.as_str().into(),
                    email,
                    username,
                    is_admin,
                    disabled,
                ],
            ),
            Statement::new(NOTE_BEFORE, [entry.as_str().into()]),
            self.write(),
            Statement::new(NOTE_AFTER, [entry.into()]),
            Statement::new(END_SESSIONS, [id.as_str().into()]),
            Statement::new(READ_BACK, [id.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Updated, StoreError> {
        let taken: Option<Taken> = outcomes.one()?;
        let state: Option<State> = outcomes.one()?;
        let done = outcomes.happened()?;
        for _ in 0..4 {
            outcomes.skip()?;
        }
        let user: Option<UserRecord> = outcomes.one()?;
        let Some(user) = user else { return Ok(Updated::Unknown) };
        if done {
            return Ok(Updated::Done(Box::new(user)));
        }
        match (state.and_then(|state| state.guard), taken.as_ref().and_then(Taken::conflict)) {
            (Some(guard), _) => Ok(Updated::Refused(guard)),
            (None, Some(conflict)) => Ok(Updated::Taken(conflict)),
            (None, None) => Ok(Updated::Unknown),
        }
    }
}
