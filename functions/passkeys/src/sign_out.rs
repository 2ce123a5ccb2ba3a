use http_api::{Caller, Cookie, CookieName, Problem, Reply};
use store::sessions::SignOut;

/// Ends the session and takes the cookie back.
#[utoipa::path(
    post,
    path = "/api/webauthn/logout",
    operation_id = "signOut",
    security(("caller" = [])),
    responses((status = 204, headers(("Set-Cookie" = String))))
)]
pub(crate) async fn sign_out(caller: Caller) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let call = &caller.call;
    if let Some(session) = signed_in.session_id() {
        call.run(SignOut { session, entry: signed_in.entry(call)? }).await?;
    }
    let cleared = Cookie::clear(CookieName::AccessToken);
    Ok(Reply::no_content().with_cookie(&cleared, call.deployment()))
}
