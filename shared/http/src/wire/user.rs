use domain::Timestamp;
use serde::Serialize;
use store::user_groups::UserGroup;
use store::users::{Claim, GroupRecord, UserRecord};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ClaimDto;

/// A user on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a user's flags, as clients know them")]
pub struct UserDto {
    id: Uuid,
    username: String,
    email: Option<String>,
    email_verified: bool,
    first_name: String,
    last_name: String,
    display_name: String,
    is_admin: bool,
    locale: Option<String>,
    #[schema(value_type = Vec<ClaimDto>)]
    custom_claims: Vec<Claim>,
    user_groups: Vec<GroupDto>,
    ldap_id: Option<String>,
    disabled: bool,
    /// Whether they signed up and wait for an administrator to enable them.
    awaiting_approval: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_sign_in_at: Option<Timestamp>,
    passkey_count: u32,
    /// After a change: the fields that were wished to be something else and stayed as they were.
    #[schema(value_type = Vec<String>, required = false, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    ignored_fields: Option<Vec<&'static str>>,
}

impl UserDto {
    /// The same user with the fields of a change that were left as they were.
    #[must_use]
    pub fn ignoring(mut self, fields: Vec<&'static str>) -> Self {
        self.ignored_fields = Some(fields);
        self
    }
}

/// A group without its members on the wire: in a list, or inside a user.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupDto {
    id: Uuid,
    name: String,
    friendly_name: String,
    #[schema(value_type = Vec<ClaimDto>)]
    custom_claims: Vec<Claim>,
    user_count: u32,
    ldap_id: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<UserRecord> for UserDto {
    fn from(user: UserRecord) -> Self {
        Self {
            id: user.id,
            username: user.username,
            email: user.email,
            email_verified: user.email_verified,
            first_name: user.first_name,
            last_name: user.last_name,
            display_name: user.display_name,
            is_admin: user.is_admin,
            locale: user.locale,
            custom_claims: user.custom_claims,
            user_groups: user.user_groups.into_iter().map(GroupDto::from).collect(),
            ldap_id: user.ldap_id,
            disabled: user.disabled,
            awaiting_approval: user.awaiting_approval,
            created_at: user.created_at,
            last_sign_in_at: user.last_sign_in_at,
            passkey_count: user.passkey_count,
            ignored_fields: None,
        }
    }
}

impl From<GroupRecord> for GroupDto {
    fn from(group: GroupRecord) -> Self {
        Self {
            id: group.id,
            name: group.name,
            friendly_name: group.friendly_name,
            custom_claims: group.custom_claims,
            // By the contract a group inside a user does not count its members.
            user_count: 0,
            ldap_id: group.ldap_id,
            created_at: group.created_at,
        }
    }
}

impl From<UserGroup> for GroupDto {
    fn from(group: UserGroup) -> Self {
        Self {
            id: group.id,
            name: group.name,
            friendly_name: group.friendly_name,
            custom_claims: group.custom_claims,
            user_count: group.user_count,
            ldap_id: group.ldap_id,
            created_at: group.created_at,
        }
    }
}
