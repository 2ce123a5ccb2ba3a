use platform::{Statement, Value};
use serde_json::{Value as Json, json};

use super::super::update::state_json;
use super::Import;
use crate::audit::Event;
use crate::{Outcomes, StoreError};

/// The entry of the whole decides. `?7`–`?8` who imports, `?9` the import, `?10` broken rows that were
/// not staged, `?11` whether good rows are taken beside bad ones.
const DECIDE: &str = "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, \
      data, actor_id, actor_username) \
    SELECT ?1, ?2, ?3, ?4, ?5, json_set(?6, '$.created', c.created || '', '$.updated', \
      c.updated || '', '$.skipped', c.skipped || '', '$.errors', (c.errors + ?10) || ''), ?7, ?8 \
    FROM (SELECT coalesce(sum(outcome = 'create'), 0) AS created, coalesce(sum(outcome = 'update'), 0) AS updated, \
      coalesce(sum(outcome = 'skip'), 0) AS skipped, coalesce(sum(outcome = 'error'), 0) AS errors, \
      coalesce(sum(instr(problems, 's')), 0) AS unproved \
      FROM import_rows WHERE import_id = ?9) c \
    WHERE c.created + c.updated > 0 AND (?11 = 1 OR c.errors + ?10 = 0) AND c.unproved = 0 \
      AND EXISTS (SELECT 1 FROM users WHERE id = ?7 AND is_admin = 1 AND disabled = 0) \
    RETURNING id";

/// The rows with an outcome, once it is decided. `?1` the import, `?2` the entry that decides.
macro_rules! decided_rows {
    ($outcomes:literal) => {
        concat!(
            "import_rows r CROSS JOIN audit_entries e ON e.id = ?2 \
             WHERE r.import_id = ?1 AND r.outcome IN (",
            $outcomes,
            ")"
        )
    };
}

/// An entry for each user, by whoever imports; `?3` what they have in common, `?4` and `?5` the
/// events.
const ENTRIES: &str = concat!(
    "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, actor_id, \
       actor_username, user_id, username) \
     SELECT r.entry_id, e.created_at, iif(r.outcome = 'create', ?4, ?5), e.ip_address, \
       e.user_agent, iif(r.outcome = 'create', ?3, json_set(?3, '$.before', (SELECT ",
    state_json!(),
    " FROM users u WHERE u.id = r.user_id))), e.actor_id, e.actor_username, r.user_id, \
       coalesce((SELECT u.username FROM users u WHERE u.id = r.user_id), r.username) FROM ",
    decided_rows!("'create', 'update'")
);

const CREATE: &str = concat!(
    "INSERT INTO users (id, username, email, email_key, email_verified, first_name, last_name, \
       display_name, is_admin, disabled, locale, created_at, updated_at) \
     SELECT r.user_id, r.username, nullif(r.email, ''), r.email_key, \
       coalesce(r.email_verified, 0), coalesce(r.first_name, ''), coalesce(r.last_name, ''), \
       coalesce(r.display_name, \
         substr(trim(trim(coalesce(r.first_name, '')) || ' ' || trim(coalesce(r.last_name, ''))), \
           1, 100)), \
       coalesce(r.is_admin, 0), coalesce(r.disabled, 0), nullif(r.locale, ''), e.created_at, \
       e.created_at FROM ",
    decided_rows!("'create'"),
    " ORDER BY r.place"
);

/// The username is how a row finds its user, so it stays as it is.
const UPDATE: &str = concat!(
    "UPDATE users SET email_verified = coalesce(r.email_verified, iif(r.email IS NULL \
         OR r.email_key IS users.email_key, users.email_verified, ?3)), \
       email = iif(r.email IS NULL, users.email, nullif(r.email, '')), \
       email_key = iif(r.email IS NULL, users.email_key, r.email_key), \
       first_name = coalesce(r.first_name, users.first_name), \
       last_name = coalesce(r.last_name, users.last_name), \
       display_name = coalesce(r.display_name, users.display_name), \
       is_admin = coalesce(r.is_admin, users.is_admin), \
       disabled = coalesce(r.disabled, users.disabled), \
       locale = iif(r.locale IS NULL, users.locale, nullif(r.locale, '')), \
       updated_at = e.created_at FROM ",
    decided_rows!("'update'"),
    " AND users.id = r.user_id"
);

const LEAVE_GROUPS: &str = concat!(
    "DELETE FROM user_group_members WHERE (user_id, group_id) IN (\
       SELECT m.user_id, m.group_id FROM (SELECT r.user_id, r.groups FROM ",
    decided_rows!("'update'"),
    " AND r.groups IS NOT NULL) r CROSS JOIN user_group_members m ON m.user_id = r.user_id \
     CROSS JOIN user_groups g ON g.id = m.group_id \
     WHERE g.name NOT IN (SELECT value FROM json_each(r.groups)))"
);

const JOIN_GROUPS: &str = concat!(
    "INSERT OR IGNORE INTO user_group_members (user_id, group_id) \
     SELECT r.user_id, g.id FROM (SELECT r.user_id, r.groups FROM ",
    decided_rows!("'create', 'update'"),
    " AND r.groups IS NOT NULL) r CROSS JOIN json_each(r.groups) n \
     CROSS JOIN user_groups g ON g.name = n.value"
);

/// `?3` groups by the configuration.
const JOIN_DEFAULT_GROUPS: &str = concat!(
    "INSERT OR IGNORE INTO user_group_members (user_id, group_id) \
     SELECT r.user_id, g.id FROM (SELECT r.user_id FROM ",
    decided_rows!("'create'"),
    " AND coalesce(r.groups, '[]') = '[]') r CROSS JOIN json_each(?3) n \
     CROSS JOIN user_groups g ON g.id = n.value"
);

/// `?3` claims by the configuration.
const CLAIMS: &str = concat!(
    "INSERT OR IGNORE INTO user_claims (user_id, key, value) \
     SELECT r.user_id, json_extract(n.value, '$.key'), json_extract(n.value, '$.value') \
     FROM (SELECT r.user_id FROM ",
    decided_rows!("'create'"),
    ") r CROSS JOIN json_each(?3) n"
);

const NOTE_AFTER: &str = concat!(
    "UPDATE audit_entries SET data = json_set(data, '$.after', (SELECT ",
    state_json!(),
    " FROM users u WHERE u.id = audit_entries.user_id)) WHERE id IN (SELECT r.entry_id FROM ",
    decided_rows!("'create', 'update'"),
    ")"
);

/// Nobody who is shut out stays in.
const END_SESSIONS: &str = concat!(
    "DELETE FROM sessions WHERE user_id IN (SELECT r.user_id FROM ",
    decided_rows!("'update'"),
    " AND r.disabled = 1)"
);

/// How many statements a decision has.
const STATEMENTS: usize = 10;

/// The decision and what hangs on it; nothing for a trial.
pub(super) fn statements(import: &Import) -> Vec<Statement> {
    let Some(each) = import.apply else { return Vec::new() };
    let (id, entry) = (import.id.to_string(), import.entry.id.to_string());
    let decided =
        |sql: &'static str| Statement::new(sql, [id.clone().into(), entry.clone().into()]);
    let with = |sql: &'static str, third: Value| {
        Statement::new(sql, [id.clone().into(), entry.clone().into(), third])
    };
    let mut entries = with(ENTRIES, facts(import).into());
    entries
        .parameters
        .extend([Event::AccountCreated, Event::UserUpdated].map(|event| event.as_str().into()));
    let statements: [Statement; STATEMENTS] = [
        decide(import, each),
        entries,
        decided(CREATE),
        with(UPDATE, import.new_email_verified.into()),
        decided(LEAVE_GROUPS),
        decided(JOIN_GROUPS),
        with(JOIN_DEFAULT_GROUPS, json!(import.default_groups).to_string().into()),
        with(CLAIMS, json!(import.claims).to_string().into()),
        decided(NOTE_AFTER),
        decided(END_SESSIONS),
    ];
    statements.into()
}

/// Whether it was decided to write.
pub(super) fn read(import: &Import, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
    if import.apply.is_none() {
        return Ok(false);
    }
    let written = outcomes.happened()?;
    for _ in 1..STATEMENTS {
        outcomes.skip()?;
    }
    Ok(written)
}

fn decide(import: &Import, each: bool) -> Statement {
    import.entry.statement(
        DECIDE,
        Event::UsersImported,
        [
            import.origin.actor_id.to_string().into(),
            import.origin.actor_username.as_str().into(),
            import.id.to_string().into(),
            import.broken.into(),
            each.into(),
        ],
    )
}

/// What the entries of the users have in common.
fn facts(import: &Import) -> String {
    let entry = import.entry.clone();
    Json::Object(entry.with("method", "import").with("importId", import.entry.id).data).to_string()
}
