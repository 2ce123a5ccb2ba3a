use platform::Statement;
use uuid::Uuid;

use super::{
    Applied, at_hand, at_moment, close, closed, ids_at_hand, know, memberships, on_run, take,
};
use crate::ldap::{Kind, Lease};
use crate::{Batch, Outcomes, StoreError};

/// Applies the next changes of users.
///
/// # What may have happened since the plan
/// Somebody here may have taken a name: the change becomes a conflict. Somebody may have been deleted:
/// nothing is written for them. The last enabled administrator is never disabled or deleted.
pub struct ApplyUsers {
    /// Who works.
    pub lease: Lease,
    /// How many at most.
    pub limit: u32,
}

const USERNAME_TAKEN: &str = concat!(
    "UPDATE ldap_changes AS c \
       INDEXED BY ldap_changes_at_hand SET action = 'conflict', \
       target_id = iif(c.action = 'create', NULL, c.target_id), problem = json_object(\
       'code', 'usernameTaken', 'with', (SELECT u.username FROM users u WHERE u.username = c.name)) \
     WHERE ",
    at_hand!("user", "?1"),
    " AND c.action IN ('create', 'update', 'enable') AND EXISTS (SELECT 1 FROM users u \
       WHERE u.username = c.name AND u.ldap_id IS NOT c.ldap_id)"
);

const EMAIL_TAKEN: &str = concat!(
    "UPDATE ldap_changes AS c \
       INDEXED BY ldap_changes_at_hand SET action = 'conflict', \
       target_id = iif(c.action = 'create', NULL, c.target_id), problem = json_object('code', 'emailTaken', \
       'with', (SELECT u.username FROM users u WHERE u.email_key = c.email_key)) \
     WHERE ",
    at_hand!("user", "?1"),
    " AND c.action IN ('create', 'update', 'enable') AND EXISTS (SELECT 1 FROM users u \
       WHERE u.email_key = c.email_key AND u.ldap_id IS NOT c.ldap_id)"
);

const LAST_ADMIN: &str = concat!(
    "UPDATE ldap_changes AS c \
       INDEXED BY ldap_changes_at_hand SET action = 'conflict', problem = json_object('code', 'lastAdmin') \
     WHERE ",
    at_hand!("user", "?1"),
    " AND c.action IN ('disable', 'delete') AND EXISTS (SELECT 1 FROM users u \
       WHERE u.ldap_id = c.ldap_id AND u.is_admin = 1 AND u.disabled = 0) \
     AND NOT EXISTS (SELECT 1 FROM users a WHERE a.is_admin = 1 AND a.disabled = 0 \
       AND NOT EXISTS (SELECT 1 FROM ldap_changes x WHERE x.run_id = ?1 AND x.kind = 'user' \
         AND x.ldap_id = a.ldap_id AND x.action IN ('disable', 'delete')))"
);

/// Who has the run applied is the actor; the clock is nobody.
const AUDIT: &str = concat!(
    "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, \
       actor_id, actor_username, user_id, username) \
     SELECT c.entry_id, ?2, CASE c.action WHEN 'create' THEN 'ACCOUNT_CREATED' \
         WHEN 'delete' THEN 'USER_DELETED' ELSE 'USER_UPDATED' END, '', '', \
       json_object('ldapRun', c.run_id, 'action', c.action, 'changes', c.changes), \
       coalesce(r.approved_by_id, r.started_by_id), \
       coalesce(r.approved_by_username, r.started_by_username), c.target_id, c.name \
     FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand CROSS JOIN ldap_runs r ON r.id = c.run_id WHERE ",
    at_hand!("user", "?1"),
    " AND c.action NOT IN ('conflict', 'keep') AND (c.action = 'create' \
       OR EXISTS (SELECT 1 FROM users u WHERE u.ldap_id = c.ldap_id))"
);

const UPDATE: &str = concat!(
    "UPDATE users SET username = c.name, email = c.email, email_key = c.email_key, \
       email_verified = c.email IS NOT NULL, first_name = c.first_name, \
       last_name = c.last_name, display_name = c.display_name, \
       disabled = iif(c.action = 'enable', 0, users.disabled), updated_at = ?2 \
     FROM ldap_changes c INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("user", "?1"),
    " AND c.action IN ('update', 'enable') AND users.ldap_id = c.ldap_id"
);

const CREATE: &str = concat!(
    "INSERT INTO users (id, username, email, email_key, email_verified, first_name, last_name, \
       display_name, ldap_id, created_at, updated_at) \
     SELECT c.target_id, c.name, c.email, c.email_key, c.email IS NOT NULL, c.first_name, \
       c.last_name, c.display_name, c.ldap_id, ?2, ?2 FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("user", "?1"),
    " AND c.action = 'create'"
);

/// A week, in milliseconds.
const LINKS: &str = concat!(
    "INSERT INTO one_time_links (id, user_id, token_hash, created_by_id, created_by_username, \
       created_at, expires_at, mailed) \
     SELECT c.link ->> 'id', c.target_id, unhex(c.link ->> 'hash'), \
       coalesce(r.approved_by_id, r.started_by_id, ''), \
       coalesce(r.approved_by_username, r.started_by_username, 'LDAP'), ?2, ?2 + 604800000, 1 \
     FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand CROSS JOIN ldap_runs r ON r.id = c.run_id WHERE ",
    at_hand!("user", "?1"),
    " AND c.action = 'create' AND c.link IS NOT NULL AND c.email IS NOT NULL"
);

const MAILS: &str = concat!(
    "INSERT INTO outbox (id, kind, created_at, expires_at, due_at, data, user_id, to_address, \
       to_name) \
     SELECT c.link ->> 'mail_id', 'oneTimeAccessByAdmin', ?2, ?2 + 604800000, ?2, \
       json_object('linkId', c.link ->> 'id', 'admin', coalesce(r.approved_by_username, \
         r.started_by_username, (SELECT value FROM configuration WHERE key = 'appName'), \
         'Postern')), \
       c.target_id, c.email, c.display_name \
     FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand CROSS JOIN ldap_runs r ON r.id = c.run_id WHERE ",
    at_hand!("user", "?1"),
    " AND c.action = 'create' AND c.link IS NOT NULL AND c.email IS NOT NULL"
);

const DISABLE: &str = concat!(
    "UPDATE users SET disabled = 1, updated_at = ?2 WHERE ldap_id IN ",
    ids_at_hand!("user", "'disable'")
);

/// Nobody who is shut out stays in.
const END_SESSIONS: &str = concat!(
    "DELETE FROM sessions WHERE user_id IN (SELECT u.id FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand \
       CROSS JOIN users u ON u.ldap_id = c.ldap_id WHERE ",
    at_hand!("user", "?1"),
    " AND c.action = 'disable')"
);

const PICTURES: &str = concat!(
    "SELECT json_group_array(json_array(u.id, u.picture_hash)) FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand \
     CROSS JOIN users u ON u.ldap_id = c.ldap_id WHERE u.picture_hash IS NOT NULL AND ",
    at_hand!("user", "?1"),
    " AND c.action = 'delete'"
);

const DELETE: &str =
    concat!("DELETE FROM users WHERE ldap_id IN ", ids_at_hand!("user", "'delete'"));

/// Who is gone and had been disabled otherwise, or deleted here, is not expected back.
const GONE: &str = concat!(
    "UPDATE ldap_entries SET gone = c.action = 'disable', digest = NULL FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("user", "?1"),
    " AND c.digest IS NULL AND c.action = 'disable' \
     AND ldap_entries.kind = 'user' AND ldap_entries.ldap_id = c.ldap_id"
);

const FORGET: &str = concat!(
    "DELETE FROM ldap_entries WHERE kind = 'user' AND ldap_id IN (\
       SELECT c.ldap_id FROM ldap_changes c INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("user", "?1"),
    " AND c.digest IS NULL AND c.action IN ('keep', 'delete'))"
);

impl Batch for ApplyUsers {
    type Output = Applied;

    fn statements(&self) -> Vec<Statement> {
        let lease = &self.lease;
        let mut statements = take(lease, Kind::User, self.limit).to_vec();
        statements.extend([USERNAME_TAKEN, EMAIL_TAKEN, LAST_ADMIN].map(|sql| on_run(lease, sql)));
        statements.extend([AUDIT, UPDATE, CREATE, LINKS, MAILS].map(|sql| at_moment(lease, sql)));
        statements.push(on_run(lease, END_SESSIONS));
        statements.push(at_moment(lease, DISABLE));
        statements.extend([PICTURES, DELETE, GONE, FORGET].map(|sql| on_run(lease, sql)));
        statements.extend(know(lease, Kind::User));
        statements.extend(memberships::of_users(lease));
        statements.extend(close(lease, "user"));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Applied, StoreError> {
        for _ in 0..12 {
            outcomes.skip()?;
        }
        let pictures: Vec<(Uuid, String)> = outcomes.list()?;
        for _ in 0..12 {
            outcomes.skip()?;
        }
        closed(outcomes, pictures)
    }
}
