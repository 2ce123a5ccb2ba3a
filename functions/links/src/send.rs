use axum::extract::Path;
use domain::Ttl;
use http_api::{Caller, Json, Problem, Reply, TokenKey, parse_id};
use store::one_time_links::{MailedLink, Send, Sending};
use store::outbox::Kind;

use crate::mint::{DEFAULT_TTL, MintBody};

/// Mails a one-time link to a user.
///
/// It lives 15 minutes unless the body says otherwise, and works in any browser.
#[utoipa::path(
    post,
    path = "/api/users/{id}/one-time-access-email",
    operation_id = "mailOneTimeLink",
    security(("caller" = ["administrator"])),
    request_body = MintBody,
    responses(
        (status = 204),
        (status = 400, description = "validation_failed"),
        (status = 403, description = "one_time_access_disabled"),
        (status = 404, description = "user_not_found"),
        (status = 409, description = "user_email_not_set"),
    )
)]
pub(crate) async fn send(
    caller: Caller,
    Path(user): Path<String>,
    Json(body): Json<MintBody>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let ttl = Ttl::parse(body.ttl.as_ref(), DEFAULT_TTL).map_err(|v| ("ttl", v))?;
    let user = parse_id(&user).ok_or(Problem::UserNotFound)?;
    let id = call.new_id()?;
    let expires_at = call.now().plus_ms(ttl.as_ms());
    let until = expires_at.to_rfc3339().unwrap_or_default();
    let batch = Send {
        link: MailedLink {
            id,
            token_hash: TokenKey::of(call)?.one_time_link(id).hash(),
            expires_at,
        },
        user,
        origin: admin.origin(),
        mail: call.mail(Kind::OneTimeAccessByAdmin)?.with("linkId", id).until(expires_at),
        entry: admin.entry(call)?.with("linkId", id).with("expiresAt", until),
    };
    match call.run(batch).await? {
        Sending::Queued => {
            call.wake_dispatcher().await;
            Ok(Reply::no_content())
        }
        Sending::Disabled => Err(Problem::OneTimeAccessDisabled),
        Sending::Unknown => Err(Problem::UserNotFound),
        Sending::NoAddress => Err(Problem::UserEmailNotSet),
    }
}
