use domain::{EmailAddress, Profile, Timestamp};
use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::update::state_json;
use super::{Claim, UserRecord};
use crate::audit::{Entry, Event};
use crate::sql::{insert_audit_entry, user_json};
use crate::{Batch, Outcomes, StoreError};

/// A user about to be made.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// A fresh identifier, or the one the caller asked for.
    pub id: Uuid,
    /// Names and address.
    pub profile: Profile,
    /// Whether the address is known to be theirs.
    pub email_verified: bool,
    /// Whether they administrate.
    pub is_admin: bool,
    /// Whether they may come in.
    pub access: Access,
    /// Preferred language.
    pub locale: Option<String>,
}

/// Whether a new user may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// They may.
    Enabled,
    /// They are shut out.
    Disabled,
    /// They are shut out until an administrator enables them.
    AwaitingApproval,
}

/// Who makes the account.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The administrator.
    pub actor_id: Uuid,
    /// Their username.
    pub actor_username: String,
}

/// An administrator makes an account: all of it or, when a name is taken, nothing.
pub struct Create {
    /// The account.
    pub user: NewUser,
    /// Its groups; those that do not exist refuse the whole.
    pub groups: Vec<Uuid>,
    /// Further groups, by the configuration; those that do not exist any more are left out.
    pub default_groups: Vec<Uuid>,
    /// Its custom claims.
    pub claims: Vec<Claim>,
    /// Who makes it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of making an account.
#[derive(Debug)]
pub enum Created {
    /// It exists now.
    Done(Box<UserRecord>),
    /// Something is taken; nothing was written.
    Taken(Conflict),
    /// These groups do not exist; nothing was written.
    UnknownGroups(Vec<Uuid>),
}

/// What is taken. When several are, the address is named first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// The e-mail address.
    Email,
    /// The username.
    Username,
    /// The identifier.
    Id,
}

#[derive(Deserialize)]
pub(crate) struct Taken {
    email: u8,
    username: u8,
    id: u8,
}

impl Taken {
    pub(crate) fn conflict(&self) -> Option<Conflict> {
        match (self.email, self.username, self.id) {
            (0, 0, 0) => None,
            (0, 0, _) => Some(Conflict::Id),
            (0, _, _) => Some(Conflict::Username),
            _ => Some(Conflict::Email),
        }
    }
}

impl NewUser {
    fn email_key(&self) -> Value {
        self.profile.email.as_ref().map(EmailAddress::key).into()
    }

    /// Which of the user's unique values another user has. Decoded as [`Taken`].
    pub(crate) fn taken(&self) -> Statement {
        Statement::new(
            "SELECT json_object(\
               'email', EXISTS (SELECT 1 FROM users WHERE email_key = ?1), \
               'username', EXISTS (SELECT 1 FROM users WHERE username = ?2), \
               'id', EXISTS (SELECT 1 FROM users WHERE id = ?3))",
            [self.email_key(), self.profile.username.as_str().into(), self.id.to_string().into()],
        )
    }

    /// Gives the user custom claims, once the entry of their making is there.
    pub(crate) fn claim(&self, entry: &Entry, claims: &[Claim]) -> Statement {
        self.hung_on(entry, CLAIMS, serde_json::json!(claims).to_string())
    }

    fn hung_on(&self, entry: &Entry, sql: &'static str, list: String) -> Statement {
        Statement::new(sql, [self.id.to_string().into(), list.into(), entry.id.to_string().into()])
    }

    pub(crate) fn statement<const N: usize>(
        &self,
        sql: &'static str,
        at: Timestamp,
        further: [Value; N],
    ) -> Statement {
        let mut parameters: Vec<Value> = vec![
            self.id.to_string().into(),
            self.profile.username.as_str().into(),
            self.profile.email.as_ref().map(EmailAddress::as_str).into(),
            self.email_key(),
            self.email_verified.into(),
            self.profile.first_name.as_str().into(),
            self.profile.last_name.as_str().into(),
            self.profile.display_name.as_str().into(),
            self.is_admin.into(),
            (self.access != Access::Enabled).into(),
            self.locale.as_deref().into(),
            at.as_ms().into(),
            (self.access == Access::AwaitingApproval).into(),
        ];
        parameters.extend(further);
        Statement::new(sql, parameters)
    }
}

/// Inserts a user where the condition holds and nothing unique is taken. `?1`–`?13` are
/// [`NewUser::statement`]'s.
macro_rules! insert_user {
    ($condition:expr) => {
        concat!(
            "INSERT INTO users (id, username, email, email_key, email_verified, first_name, \
             last_name, display_name, is_admin, disabled, locale, created_at, updated_at, \
             awaiting_approval) \
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13 \
             WHERE NOT EXISTS (SELECT 1 FROM users WHERE email_key = ?4) \
               AND NOT EXISTS (SELECT 1 FROM users WHERE username = ?2) \
               AND NOT EXISTS (SELECT 1 FROM users WHERE id = ?1) AND ",
            $condition
        )
    };
}

pub(crate) use insert_user;

/// The entry is the deciding statement: the account and its memberships hang on it.
const DECIDE: &str = insert_audit_entry!(
    "?7, ?8, ?9, ?10",
    "WHERE NOT EXISTS (SELECT 1 FROM users WHERE email_key = ?11) \
       AND NOT EXISTS (SELECT 1 FROM users WHERE username = ?10) \
       AND NOT EXISTS (SELECT 1 FROM users WHERE id = ?9) \
       AND NOT EXISTS (SELECT 1 FROM json_each(?12) WHERE NOT EXISTS \
         (SELECT 1 FROM user_groups g WHERE g.id = value)) \
     RETURNING id"
);

/// Which groups of a JSON list do not exist.
pub(crate) const UNKNOWN_GROUPS: &str = "SELECT json_group_array(value) FROM json_each(?1) \
    WHERE NOT EXISTS (SELECT 1 FROM user_groups g WHERE g.id = value)";

const MEMBERSHIPS: &str = "INSERT INTO user_group_members (user_id, group_id) \
    SELECT DISTINCT ?1, g.id FROM json_each(?2) CROSS JOIN user_groups g ON g.id = value \
    WHERE EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)";

const CLAIMS: &str = "INSERT OR IGNORE INTO user_claims (user_id, key, value) \
    SELECT ?1, json_extract(value, '$.key'), json_extract(value, '$.value') FROM json_each(?2) \
    WHERE EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)";

const NOTE_AFTER: &str = concat!(
    "UPDATE audit_entries SET data = json_set(data, '$.after', (SELECT ",
    state_json!(),
    " FROM users u WHERE u.id = audit_entries.user_id)) WHERE id = ?1"
);

impl Create {
    fn groups_json(&self) -> String {
        serde_json::json!(self.groups).to_string()
    }

    fn memberships(&self) -> Statement {
        let groups: Vec<&Uuid> = self.groups.iter().chain(&self.default_groups).collect();
        self.user.hung_on(&self.entry, MEMBERSHIPS, serde_json::json!(groups).to_string())
    }

    fn decide(&self) -> Statement {
        let user = &self.user;
        self.entry.statement(
            DECIDE,
            Event::AccountCreated,
            [
                self.origin.actor_id.to_string().into(),
                self.origin.actor_username.as_str().into(),
                user.id.to_string().into(),
                user.profile.username.as_str().into(),
                user.email_key(),
                self.groups_json().into(),
            ],
        )
    }
}

impl Batch for Create {
    type Output = Created;

    fn statements(&self) -> Vec<Statement> {
        let entry = self.entry.id.to_string();
        let id = self.user.id.to_string();
        vec![
            self.user.taken(),
            Statement::new(UNKNOWN_GROUPS, [self.groups_json().into()]),
            self.decide(),
            self.user.statement(
                insert_user!("EXISTS (SELECT 1 FROM audit_entries WHERE id = ?14)"),
                self.entry.at,
                [entry.as_str().into()],
            ),
            self.memberships(),
            Statement::new(NOTE_AFTER, [entry.into()]),
            self.user.claim(&self.entry, &self.claims),
            Statement::new(
                concat!("SELECT ", user_json!(), " FROM users u WHERE u.id = ?1"),
                [id.into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Created, StoreError> {
        let taken: Option<Taken> = outcomes.one()?;
        let unknown_groups: Vec<Uuid> = outcomes.list()?;
        let done = outcomes.happened()?;
        for _ in 0..4 {
            outcomes.skip()?;
        }
        let user: Option<UserRecord> = outcomes.one()?;
        if let (true, Some(user)) = (done, user) {
            return Ok(Created::Done(Box::new(user)));
        }
        match taken.as_ref().and_then(Taken::conflict) {
            Some(conflict) => Ok(Created::Taken(conflict)),
            None => Ok(Created::UnknownGroups(unknown_groups)),
        }
    }
}
