use platform::Statement;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::flag::flag;
use crate::{Batch, Outcomes, StoreError};

/// What the database holds of the users that some entries are, or want to be called like.
pub struct UserOwners {
    /// The run, whose earlier entries count as well.
    pub run: Uuid,
    /// The entries' unique identifiers.
    pub ldap_ids: Vec<String>,
    /// The usernames they might have.
    pub usernames: Vec<String>,
    /// Their addresses, as compared.
    pub email_keys: Vec<String>,
}

/// What was found.
#[derive(Debug)]
pub struct Owners<T> {
    /// Who or what an entry is already.
    pub existing: Vec<T>,
    /// Who has one of the names.
    pub names: Vec<NameOwner>,
    /// Who has one of the addresses.
    pub emails: Vec<NameOwner>,
}

/// A user that came from the directory.
#[derive(Debug, Clone, Deserialize)]
pub struct ExistingUser {
    /// The unique identifier of their entry.
    pub ldap_id: String,
    /// Their identifier.
    pub id: Uuid,
    /// Username.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Whether it is verified.
    #[serde(deserialize_with = "flag")]
    pub email_verified: bool,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The name shown to people.
    pub display_name: String,
    /// Whether they are shut out.
    #[serde(deserialize_with = "flag")]
    pub disabled: bool,
    /// Whether that is because they were gone from the directory.
    #[serde(deserialize_with = "flag")]
    pub gone: bool,
}

/// Who has a name or an address.
#[derive(Debug, Clone, Deserialize)]
pub struct NameOwner {
    /// The name or address, as compared.
    pub key: String,
    /// The unique identifier of the owner's entry; `None`: the directory does not own them.
    pub ldap_id: Option<String>,
    /// What they are called.
    pub name: String,
}

const EXISTING_USERS: &str = "SELECT json_group_array(json_object('ldap_id', u.ldap_id, \
      'id', u.id, 'username', u.username, 'email', u.email, 'email_verified', u.email_verified, \
      'first_name', u.first_name, 'last_name', u.last_name, 'display_name', u.display_name, \
      'disabled', u.disabled, 'gone', coalesce((SELECT e.gone FROM ldap_entries e \
        WHERE e.kind = 'user' AND e.ldap_id = u.ldap_id), 0))) \
    FROM json_each(?1) j CROSS JOIN users u ON u.ldap_id = j.value";

/// Entries of this run count like users: their names will be taken. The indexes are named, because
/// without statistics the primary key's beginning looks as good to the planner, and every entry so far
/// would be read for every name.
const USERNAMES: &str = "SELECT json_group_array(json_object('key', key, 'ldap_id', ldap_id, \
      'name', name)) FROM (\
      SELECT lower(u.username) AS key, u.ldap_id, u.username AS name \
      FROM json_each(?2) j CROSS JOIN users u ON u.username = j.value \
      UNION ALL SELECT lower(c.name), c.ldap_id, c.name FROM json_each(?2) j \
      CROSS JOIN ldap_changes c INDEXED BY ldap_changes_by_name \
        ON c.run_id = ?1 AND c.kind = 'user' AND c.name = j.value \
      WHERE c.action IN ('create', 'update', 'enable'))";

const EMAILS: &str = "SELECT json_group_array(json_object('key', key, 'ldap_id', ldap_id, \
      'name', name)) FROM (\
      SELECT u.email_key AS key, u.ldap_id, u.username AS name \
      FROM json_each(?2) j CROSS JOIN users u ON u.email_key = j.value \
      UNION ALL SELECT c.email_key, c.ldap_id, c.name FROM json_each(?2) j \
      CROSS JOIN ldap_changes c INDEXED BY ldap_changes_by_email \
        ON c.run_id = ?1 AND c.email_key = j.value \
      WHERE c.email_key IS NOT NULL AND c.action IN ('create', 'update', 'enable'))";

impl Batch for UserOwners {
    type Output = Owners<ExistingUser>;

    fn statements(&self) -> Vec<Statement> {
        let run = self.run.to_string();
        let list = |list: &[String]| json!(list).to_string();
        vec![
            Statement::new(EXISTING_USERS, [list(&self.ldap_ids).into()]),
            Statement::new(USERNAMES, [run.as_str().into(), list(&self.usernames).into()]),
            Statement::new(EMAILS, [run.into(), list(&self.email_keys).into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        Ok(Owners { existing: outcomes.list()?, names: outcomes.list()?, emails: outcomes.list()? })
    }
}

/// The same of groups.
pub struct GroupOwners {
    /// The run.
    pub run: Uuid,
    /// The entries' unique identifiers.
    pub ldap_ids: Vec<String>,
    /// The names they want.
    pub names: Vec<String>,
}

/// A group that came from the directory.
#[derive(Debug, Clone, Deserialize)]
pub struct ExistingGroup {
    /// The unique identifier of its entry.
    pub ldap_id: String,
    /// Its identifier.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The name shown to people.
    pub friendly_name: String,
}

const EXISTING_GROUPS: &str = "SELECT json_group_array(json_object('ldap_id', g.ldap_id, \
      'id', g.id, 'name', g.name, 'friendly_name', g.friendly_name)) \
    FROM json_each(?1) j CROSS JOIN user_groups g ON g.ldap_id = j.value";

/// Names of groups differ by case, unlike usernames.
const GROUP_NAMES: &str = "SELECT json_group_array(json_object('key', name, 'ldap_id', ldap_id, \
      'name', name)) FROM (\
      SELECT g.name, g.ldap_id FROM json_each(?2) j CROSS JOIN user_groups g ON g.name = j.value \
      UNION ALL SELECT c.name, c.ldap_id FROM json_each(?2) j \
      CROSS JOIN ldap_changes c INDEXED BY ldap_changes_by_name \
        ON c.run_id = ?1 AND c.kind = 'group' AND c.name = j.value \
      WHERE c.action IN ('create', 'update') AND c.name = j.value COLLATE BINARY)";

impl Batch for GroupOwners {
    type Output = Owners<ExistingGroup>;

    fn statements(&self) -> Vec<Statement> {
        let list = |list: &[String]| json!(list).to_string();
        vec![
            Statement::new(EXISTING_GROUPS, [list(&self.ldap_ids).into()]),
            Statement::new(GROUP_NAMES, [self.run.to_string().into(), list(&self.names).into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        Ok(Owners { existing: outcomes.list()?, names: outcomes.list()?, emails: Vec::new() })
    }
}
