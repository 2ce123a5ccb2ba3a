use domain::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::flag::flag;
use crate::users::{Claim, UserRecord};

/// A group as `group_json!` writes it.
#[derive(Debug, Clone, Deserialize)]
pub struct UserGroup {
    /// Identifier.
    pub id: Uuid,
    /// Name for machines.
    pub name: String,
    /// Name for people.
    pub friendly_name: String,
    /// Identifier in the directory it is synced from.
    pub ldap_id: Option<String>,
    /// When it came to be.
    pub created_at: Timestamp,
    /// How many belong to it.
    pub user_count: u32,
    /// Whether the directory owns it now.
    #[serde(deserialize_with = "flag")]
    pub ldap_managed: bool,
    /// What relying parties are told of its members, by key.
    pub custom_claims: Vec<Claim>,
}

/// A group and its first members by username.
#[derive(Debug)]
pub struct GroupWithMembers {
    /// The group.
    pub group: UserGroup,
    /// Its members.
    pub users: Vec<UserRecord>,
}

/// True while the directory owns the group; needs `user_groups g` in scope.
macro_rules! ldap_managed {
    () => {
        "(g.ldap_id IS NOT NULL AND EXISTS (\
           SELECT 1 FROM configuration WHERE key = 'ldapEnabled' AND value = 'true'))"
    };
}

/// A group as JSON; needs `user_groups g` in scope. Decoded by [`UserGroup`].
macro_rules! group_json {
    () => {
        concat!(
            "json_object('id', g.id, 'name', g.name, 'friendly_name', g.friendly_name, \
             'ldap_id', g.ldap_id, 'created_at', g.created_at, 'user_count', g.user_count, \
             'ldap_managed', ",
            crate::user_groups::record::ldap_managed!(),
            ", 'custom_claims', json((\
               SELECT json_group_array(json_object('key', k.key, 'value', k.value)) \
               FROM user_group_claims k WHERE k.group_id = g.id)))"
        )
    };
}

/// A group as audit entries tell it: text, so that it stays a string among the facts.
macro_rules! group_facts {
    () => {
        "'' || json_object('friendlyName', g.friendly_name, 'name', g.name)"
    };
}

pub(crate) use ldap_managed;
pub(super) use {group_facts, group_json};
