use domain::Timestamp;
use http_api::{AuthorDto, GroupDto, Secret, TokenKey};
use serde::Serialize;
use store::signup_tokens::{SignupToken, TokenState};
use subtle::ConstantTimeEq;
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};
use uuid::Uuid;

/// What the token's key makes.
const PURPOSE: &str = "sign-up token";

/// A sign-up token as administrators see it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignupTokenDto {
    id: Uuid,
    /// Empty when it was made under another `SESSION_KEY`: it still works, but is not known here.
    token: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    usage_limit: u32,
    usage_count: u32,
    #[schema(schema_with = states)]
    state: TokenState,
    created_by: AuthorDto,
    /// The groups of whoever signs up with it.
    user_groups: Vec<GroupDto>,
    /// Whether these stand in place of the deployment's default groups, even when none of them is left.
    own_groups: bool,
}

fn states() -> Object {
    let states = ["active", "expired", "usedUp"];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(states)).into()
}

/// The token of an identifier.
pub(crate) fn token_of(key: &TokenKey, id: Uuid) -> Secret {
    key.token(PURPOSE, id)
}

impl SignupTokenDto {
    pub(crate) fn of(record: SignupToken, key: &TokenKey) -> Self {
        let token = token_of(key, record.id);
        let is_known = bool::from(token.hash().as_slice().ct_eq(&record.token_hash));
        Self {
            id: record.id,
            token: if is_known { token.to_text() } else { String::new() },
            created_at: record.created_at,
            expires_at: record.expires_at,
            usage_limit: record.usage_limit,
            usage_count: record.usage_count,
            state: record.state,
            created_by: AuthorDto {
                id: record.created_by_id,
                username: record.created_by_username,
            },
            user_groups: record.user_groups.into_iter().map(GroupDto::from).collect(),
            own_groups: record.own_groups,
        }
    }
}
