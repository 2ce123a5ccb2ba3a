use domain::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::flag::flag;
use crate::hex::hex;
use crate::users::GroupRecord;

/// A sign-up token as `token_json!` writes it.
#[derive(Debug, Deserialize)]
pub struct SignupToken {
    /// Identifier, from which the token is derived.
    pub id: Uuid,
    /// SHA-256 of the token.
    #[serde(deserialize_with = "hex")]
    pub token_hash: Vec<u8>,
    /// Who made it.
    pub created_by_id: Uuid,
    /// Their username then.
    pub created_by_username: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// How many people may sign up with it.
    pub usage_limit: u32,
    /// How many did.
    pub usage_count: u32,
    /// What has become of it.
    pub state: TokenState,
    /// The groups that whoever signs up with it belongs to.
    pub user_groups: Vec<GroupRecord>,
    /// Whether they stand in place of the default ones, even when none of them is left.
    #[serde(deserialize_with = "flag")]
    pub own_groups: bool,
}

/// What has become of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenState {
    /// Somebody may sign up with it.
    Active,
    /// Its time is over, whether or not it was used up.
    Expired,
    /// As many as may have signed up with it.
    UsedUp,
}

/// A token as JSON at a moment; needs `signup_tokens t` in scope. Decoded by [`SignupToken`].
macro_rules! token_json {
    ($at:literal) => {
        concat!(
            "json_object('id', t.id, 'token_hash', hex(t.token_hash), \
             'created_by_id', t.created_by_id, 'created_by_username', t.created_by_username, \
             'created_at', t.created_at, 'expires_at', t.expires_at, \
             'usage_limit', t.usage_limit, 'usage_count', t.usage_count, \
             'state', CASE WHEN t.expires_at <= ",
            $at,
            " THEN 'expired' WHEN t.usage_count >= t.usage_limit THEN 'usedUp' ELSE 'active' END, \
             'own_groups', t.own_groups, 'user_groups', ",
            crate::sql::brief_groups_json!(
                "signup_token_groups m JOIN user_groups g ON g.id = m.group_id \
                 WHERE m.token_id = t.id"
            ),
            ")"
        )
    };
}

/// What audit entries tell of a token, added to `?6`; needs `signup_tokens t` in scope. Never the
/// token, and of many groups the first hundred.
macro_rules! token_facts {
    () => {
        "json_set(?6, '$.signupTokenId', t.id, \
           '$.expiresAt', strftime('%Y-%m-%dT%H:%M:%fZ', t.expires_at / 1000.0, 'unixepoch'), \
           '$.usageLimit', CAST(t.usage_limit AS TEXT), \
           '$.usageCount', CAST(t.usage_count AS TEXT), \
           '$.userGroupIds', (SELECT '' || json_group_array(group_id) FROM (\
             SELECT group_id FROM signup_token_groups WHERE token_id = t.id LIMIT 100)))"
    };
}

pub(super) use {token_facts, token_json};
