use domain::Timestamp;
use serde::Serialize;
use store::user_groups::GroupWithMembers;
use store::users::Claim;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ClaimDto, UserDto};

/// A group with its members on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserGroupDto {
    id: Uuid,
    friendly_name: String,
    name: String,
    #[schema(value_type = Vec<ClaimDto>)]
    custom_claims: Vec<Claim>,
    ldap_id: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// How many belong to it; `users` may be fewer.
    user_count: u32,
    /// Whether the directory owns it now: its next sync overwrites what is changed here.
    ldap_managed: bool,
    users: Vec<UserDto>,
    /// There are no OIDC clients here yet.
    #[schema(value_type = Vec<String>)]
    allowed_oidc_clients: [(); 0],
}

impl From<GroupWithMembers> for UserGroupDto {
    fn from(GroupWithMembers { group, users }: GroupWithMembers) -> Self {
        Self {
            id: group.id,
            friendly_name: group.friendly_name,
            name: group.name,
            custom_claims: group.custom_claims,
            ldap_id: group.ldap_id,
            created_at: group.created_at,
            user_count: group.user_count,
            ldap_managed: group.ldap_managed,
            users: users.into_iter().map(UserDto::from).collect(),
            allowed_oidc_clients: [],
        }
    }
}
