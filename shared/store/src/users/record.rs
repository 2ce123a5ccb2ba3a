use domain::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::flag::flag;

/// A user as `user_json!` writes it.
#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a user's flags, as they are stored")]
pub struct UserRecord {
    /// Identifier.
    pub id: Uuid,
    /// Username.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Whether the address is known to be theirs.
    #[serde(deserialize_with = "flag")]
    pub email_verified: bool,
    /// First name, may be empty.
    pub first_name: String,
    /// Last name, may be empty.
    pub last_name: String,
    /// The name shown to people.
    pub display_name: String,
    /// Whether they administrate.
    #[serde(deserialize_with = "flag")]
    pub is_admin: bool,
    /// Whether they are shut out.
    #[serde(deserialize_with = "flag")]
    pub disabled: bool,
    /// Whether they signed up and nobody has let them in yet; they are shut out, too.
    #[serde(deserialize_with = "flag")]
    pub awaiting_approval: bool,
    /// Preferred language.
    pub locale: Option<String>,
    /// Identifier in the directory they are synced from.
    pub ldap_id: Option<String>,
    /// When the account came to be.
    pub created_at: Timestamp,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// How many passkeys they have.
    pub passkey_count: u32,
    /// Of the picture they or an administrator gave; `None`: initials.
    pub picture_hash: Option<String>,
    /// What relying parties are told besides the standard claims, by key.
    pub custom_claims: Vec<Claim>,
    /// Groups they belong to.
    pub user_groups: Vec<GroupRecord>,
}

/// A custom claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its name in tokens.
    pub key: String,
    /// Its value; what looks like JSON is issued as JSON.
    pub value: String,
}

/// A group as seen from a user.
#[derive(Debug, Clone, Deserialize)]
pub struct GroupRecord {
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
    /// What relying parties are told of its members, by key; empty, too, where all of them would be
    /// too much (see `brief_groups_json!`).
    pub custom_claims: Vec<Claim>,
}
