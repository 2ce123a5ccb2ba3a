use axum::extract::Path;
use domain::{Timestamp, device_name};
use http_api::{Caller, Listing, Problem, Reply, Resource, parse_id};
use serde::Serialize;
use store::sessions::{List, Revoke, SessionRecord};
use uuid::Uuid;

/// A session on the wire.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionDto {
    id: Uuid,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
    ip_address: String,
    device: String,
    amr: [String; 1],
    current: bool,
}

/// `GET /api/users/me/sessions`.
pub(crate) async fn list(caller: Caller) -> Result<Reply, Problem> {
    let at = caller.call.now();
    let (signed_in, sessions) = caller.user_and(|secret_hash| List { secret_hash, at }).await?;
    let current = signed_in.session_id();
    let dto = |session: SessionRecord| SessionDto {
        id: session.id,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        expires_at: session.expires_at,
        ip_address: session.ip_address,
        device: device_name(&session.user_agent),
        amr: [session.amr],
        current: Some(session.id) == current,
    };
    Reply::ok(&Listing::whole(sessions.into_iter().map(dto).collect()))
}

/// `DELETE /api/users/me/sessions/:sessionId`.
pub(crate) async fn revoke(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let session = parse_id(&id).ok_or(Problem::NotFound(Resource::Session))?;
    let entry = caller.call.entry()?.with("sessionId", session);
    if caller.call.run(Revoke { session, user: signed_in.user_id(), entry }).await? {
        Ok(Reply::no_content())
    } else {
        Err(Problem::NotFound(Resource::Session))
    }
}
