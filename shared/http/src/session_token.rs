use domain::Timestamp;
use jwt_simple::algorithms::{HS256Key, MACLike};
use jwt_simple::claims::Claims;
use jwt_simple::common::VerificationOptions;
use jwt_simple::prelude::{Duration, UnixTimeStamp};
use serde::{Deserialize, Serialize};
use store::sessions::StartedSession;

use crate::{Deployment, Fault, Problem, Secret};

/// What a session token says besides the registered claims of RFC 7519. Readers must not trust it:
/// every request asks the session's row.
#[derive(Serialize, Deserialize)]
struct SessionClaims {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "isAdmin", skip_serializing_if = "std::ops::Not::not", default)]
    is_admin: bool,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    amr: Vec<String>,
}

const KIND: &str = "access-token";

/// Signs the token that a session's cookie carries. Its `jti` is the session's secret, so a stolen
/// database has no token and a stolen key has no session.
pub(crate) fn sign(
    deployment: &Deployment,
    session: &StartedSession,
    amr: &str,
    secret: &Secret,
    at: Timestamp,
) -> Result<String, Problem> {
    let claims = SessionClaims {
        kind: KIND.to_owned(),
        is_admin: session.user.is_admin,
        amr: Some(amr.to_owned()).filter(|amr| !amr.is_empty()).into_iter().collect(),
    };
    let mut claims = Claims::with_custom_claims(claims, Duration::from_secs(0))
        .with_issuer(&deployment.app_url)
        .with_audience(&deployment.app_url)
        .with_subject(session.user.id)
        .with_jwt_id(secret.to_text());
    claims.issued_at = Some(unix(at));
    claims.invalid_before = None;
    claims.expires_at = Some(unix(session.expires_at));
    key(deployment).authenticate(claims).map_err(|_| Problem::Internal(Fault::Signing))
}

/// The secret in a token that this deployment signed and that has not expired.
pub(crate) fn verify(deployment: &Deployment, token: &str, at: Timestamp) -> Option<Secret> {
    let options = VerificationOptions {
        artificial_time: Some(unix(at)),
        time_tolerance: Some(Duration::from_secs(0)),
        allowed_issuers: Some([deployment.app_url.clone()].into()),
        max_token_length: Some(2048),
        ..VerificationOptions::default()
    };
    let claims = key(deployment).verify_token::<SessionClaims>(token, Some(options)).ok()?;
    Secret::from_text(&claims.jwt_id.filter(|_| claims.custom.kind == KIND)?)
}

fn key(deployment: &Deployment) -> HS256Key {
    HS256Key::from_bytes(&deployment.session_key)
}

fn unix(at: Timestamp) -> UnixTimeStamp {
    UnixTimeStamp::from_secs(u64::try_from(at.as_seconds()).unwrap_or(0))
}
