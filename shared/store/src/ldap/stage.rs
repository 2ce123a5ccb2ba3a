use platform::Statement;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::{Action, Kind, Lease, holds, renew};
use crate::{Batch, Outcomes, StoreError};

/// Stages changes of a reading that is open: they count once it is confirmed. `false`: the lease has
/// gone.
pub struct Stage {
    /// Who works.
    pub lease: Lease,
    /// Of users or groups.
    pub kind: Kind,
    /// What is to change.
    pub changes: Vec<NewChange>,
    /// Members that groups' entries name.
    pub members: Vec<NewMember>,
    /// How many entries this brings the reading on.
    pub read: u64,
}

/// A change to be.
#[derive(Debug, Clone, Serialize)]
pub struct NewChange {
    /// The entry's unique identifier.
    pub ldap_id: String,
    /// Its bucket.
    pub bucket: u16,
    /// What it does.
    pub action: Action,
    /// A fresh identifier, for the audit entry.
    pub entry_id: Uuid,
    /// The user or group that exists, or a fresh identifier for one.
    pub target_id: Option<Uuid>,
    /// Where the entry stands; of one that is gone, empty.
    pub dn: String,
    /// The same, as names are compared.
    pub dn_key: String,
    /// Its digest; `None`: gone.
    pub digest: Option<String>,
    /// Username, or the group's name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The same, as compared.
    pub email_key: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// The name shown to people.
    pub display_name: Option<String>,
    /// Before and after, by field, for people.
    pub changes: Map<String, Json>,
    /// Why it is a conflict, for people.
    pub problem: Option<Json>,
    /// The link that is mailed to a new user.
    pub link: Option<NewUserLink>,
}

/// A one-time link and the mail that carries it, as they will be made.
#[derive(Debug, Clone, Serialize)]
pub struct NewUserLink {
    /// A fresh identifier, of the link.
    pub id: Uuid,
    /// SHA-256 of its token, in hexadecimal.
    pub hash: String,
    /// A fresh identifier, of the mail.
    pub mail_id: Uuid,
}

/// Somebody whom a group's entry names.
#[derive(Debug, Clone, Serialize)]
pub struct NewMember {
    /// The group's unique identifier.
    pub group_id: String,
    /// A DN as names are compared, or a bare name.
    pub member: String,
    /// The username that it names, if it names one.
    pub name: Option<String>,
}

const RENEW: &str = renew!(", done = done + ?4");

const CHANGES: &str = concat!(
    "INSERT OR REPLACE INTO ldap_changes (run_id, kind, ldap_id, bucket, action, entry_id, \
       target_id, dn, dn_key, digest, name, email, email_key, first_name, last_name, \
       display_name, changes, problem, link) \
     SELECT ?1, ?3, value ->> 'ldap_id', value ->> 'bucket', value ->> 'action', \
       value ->> 'entry_id', value ->> 'target_id', value ->> 'dn', value ->> 'dn_key', \
       value ->> 'digest', value ->> 'name', value ->> 'email', value ->> 'email_key', \
       value ->> 'first_name', value ->> 'last_name', value ->> 'display_name', \
       value -> 'changes', nullif(value -> 'problem', 'null'), nullif(value -> 'link', 'null') \
     FROM json_each(?4) WHERE ",
    holds!("?1", "?2")
);

const MEMBERS: &str = concat!(
    "INSERT OR REPLACE INTO ldap_change_members (run_id, group_id, member, name) \
     SELECT ?1, value ->> 'group_id', value ->> 'member', value ->> 'name' \
     FROM json_each(?3) WHERE ",
    holds!("?1", "?2")
);

impl Batch for Stage {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let mut renew = self.lease.parameters().to_vec();
        renew.push(i64::try_from(self.read).unwrap_or(i64::MAX).into());
        let [run, lease, _] = self.lease.parameters();
        let mut statements = vec![Statement::new(RENEW, renew)];
        if !self.changes.is_empty() {
            let changes = json!(self.changes).to_string();
            let kind = self.kind.as_str().into();
            let parameters = [run.clone(), lease.clone(), kind, changes.into()];
            statements.push(Statement::new(CHANGES, parameters));
        }
        if !self.members.is_empty() {
            let members = json!(self.members).to_string();
            statements.push(Statement::new(MEMBERS, [run, lease, members.into()]));
        }
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let happened = outcomes.happened()?;
        for present in [!self.changes.is_empty(), !self.members.is_empty()] {
            if present {
                outcomes.skip()?;
            }
        }
        Ok(happened)
    }
}
