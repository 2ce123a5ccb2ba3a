/// Whether the standard claims, or the tokens that carry them, own this key. Keys are compared as
/// they are: claim names are case-sensitive.
pub fn is_reserved_claim(key: &str) -> bool {
    RESERVED.contains(&key)
}

const RESERVED: [&str; 22] = [
    "given_name",
    "family_name",
    "name",
    "email",
    "email_verified",
    "preferred_username",
    "display_name",
    "groups",
    "type",
    "sub",
    "iss",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "client_id",
    "nbf",
    "jti",
];
