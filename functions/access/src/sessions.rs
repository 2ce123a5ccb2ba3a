use axum::extract::Path;
use domain::{Timestamp, device_name};
use http_api::{Caller, Listing, Problem, Reply, Resource, SignedIn, parse_id};
use serde::Serialize;
use store::sessions::{List, ListOfUser, Revoke, RevokeAll, SessionRecord};
use utoipa::ToSchema;
use uuid::Uuid;

/// A session on the wire.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionDto {
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    last_seen_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    ip_address: String,
    device: String,
    amr: Vec<String>,
    current: bool,
}

impl SessionDto {
    fn new(session: SessionRecord, current: Option<Uuid>) -> Self {
        Self {
            id: session.id,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
            ip_address: session.ip_address,
            device: device_name(&session.user_agent),
            amr: Some(session.amr).filter(|amr| !amr.is_empty()).into_iter().collect(),
            current: Some(session.id) == current,
        }
    }
}

/// Lists one's own sessions.
#[utoipa::path(
    get,
    path = "/api/users/me/sessions",
    operation_id = "listOwnSessions",
    security(("caller" = [])),
    responses((status = 200, body = Listing<SessionDto>))
)]
pub(crate) async fn list(caller: Caller) -> Result<Reply, Problem> {
    let at = caller.call.now();
    let (signed_in, sessions) = caller.user_and(|secret_hash| List { secret_hash, at }).await?;
    listing(sessions, &signed_in)
}

/// Lists a user's sessions.
#[utoipa::path(
    get,
    path = "/api/users/{id}/sessions",
    operation_id = "listSessionsOfUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 200, body = Listing<SessionDto>),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn list_of_user(
    caller: Caller,
    Path(user): Path<String>,
) -> Result<Reply, Problem> {
    let at = caller.call.now();
    let query = parse_id(&user).map(|user| ListOfUser { user, at });
    let (admin, sessions) = caller.admin_and(query).await?;
    listing(sessions.flatten().ok_or(Problem::UserNotFound)?, &admin)
}

fn listing(sessions: Vec<SessionRecord>, signed_in: &SignedIn) -> Result<Reply, Problem> {
    let current = signed_in.session_id();
    let dto = |session| SessionDto::new(session, current);
    Reply::ok(&Listing::whole(sessions.into_iter().map(dto).collect()))
}

/// Ends a session of one's own.
#[utoipa::path(
    delete,
    path = "/api/users/me/sessions/{sessionId}",
    operation_id = "endOwnSession",
    security(("caller" = [])),
    responses(
        (status = 204),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn revoke(caller: Caller, Path(session): Path<String>) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    end(&caller, &signed_in, Some(signed_in.user_id()), &session).await
}

/// Ends a session of a user.
#[utoipa::path(
    delete,
    path = "/api/users/{id}/sessions/{sessionId}",
    operation_id = "endSessionOfUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn revoke_of_user(
    caller: Caller,
    Path((user, session)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    end(&caller, &admin, parse_id(&user), &session).await
}

async fn end(
    caller: &Caller,
    by: &SignedIn,
    user: Option<Uuid>,
    session: &str,
) -> Result<Reply, Problem> {
    let unknown = Problem::NotFound(Resource::Session);
    let (Some(user), Some(session)) = (user, parse_id(session)) else { return Err(unknown) };
    let entry = by.entry(&caller.call)?.with("sessionId", session);
    if caller.call.run(Revoke { session, user, origin: by.origin(), entry }).await? {
        Ok(Reply::no_content())
    } else {
        Err(unknown)
    }
}

/// Ends all of one's own sessions but the one that asks.
#[utoipa::path(
    delete,
    path = "/api/users/me/sessions",
    operation_id = "endOtherSessions",
    security(("caller" = [])),
    responses(
        (status = 204),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn revoke_others(caller: Caller) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    end_all(&caller, &signed_in, Some(signed_in.user_id()), signed_in.session_id()).await
}

/// Ends all sessions of a user.
///
/// The administrator's own, too, if it is theirs.
#[utoipa::path(
    delete,
    path = "/api/users/{id}/sessions",
    operation_id = "endSessionsOfUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn revoke_all(caller: Caller, Path(user): Path<String>) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    end_all(&caller, &admin, parse_id(&user), None).await
}

async fn end_all(
    caller: &Caller,
    by: &SignedIn,
    user: Option<Uuid>,
    except: Option<Uuid>,
) -> Result<Reply, Problem> {
    let user = user.ok_or(Problem::UserNotFound)?;
    let (origin, entry) = (by.origin(), by.entry(&caller.call)?);
    if caller.call.run(RevokeAll { user, except, origin, entry }).await? {
        Ok(Reply::no_content())
    } else {
        Err(Problem::UserNotFound)
    }
}
