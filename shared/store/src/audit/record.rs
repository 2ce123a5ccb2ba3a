use std::collections::BTreeMap;

use domain::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::Cursor;

/// An entry of the audit log.
#[derive(Debug, Deserialize)]
pub struct EntryRecord {
    /// Identifier.
    pub id: Uuid,
    /// When.
    pub created_at: Timestamp,
    /// What happened.
    pub event: String,
    /// From which address; empty where it is not known.
    pub ip_address: String,
    /// By which browser, as it calls itself.
    pub user_agent: String,
    /// Whom it was done to, if to somebody.
    pub user_id: Option<Uuid>,
    /// Their username then.
    pub username: Option<String>,
    /// Who did it, if that is known.
    pub actor_id: Option<Uuid>,
    /// Their username then.
    pub actor_username: Option<String>,
    /// Further facts.
    pub data: BTreeMap<String, String>,
    seq: i64,
}

impl EntryRecord {
    /// The place behind this entry.
    pub fn cursor(&self) -> Cursor {
        Cursor { created_at: self.created_at, seq: self.seq }
    }
}

/// An entry as JSON; needs `audit_entries a` in scope. Decoded as [`EntryRecord`].
macro_rules! entry_json {
    () => {
        "json_object('id', a.id, 'created_at', a.created_at, 'event', a.event, \
           'ip_address', a.ip_address, 'user_agent', a.user_agent, 'user_id', a.user_id, \
           'username', a.username, 'actor_id', a.actor_id, \
           'actor_username', a.actor_username, 'data', json(a.data), 'seq', a.seq)"
    };
}

pub(super) use entry_json;
