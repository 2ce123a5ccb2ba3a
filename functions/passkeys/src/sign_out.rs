use http_api::{Caller, Cookie, CookieName, Problem, Reply};
use store::sessions::SignOut;

/// `POST /api/webauthn/logout`: ends the session and takes the cookie back.
pub(crate) async fn sign_out(caller: Caller) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let call = &caller.call;
    if let Some(session) = signed_in.session_id() {
        call.run(SignOut { session, entry: signed_in.entry(call)? }).await?;
    }
    let cleared = Cookie::clear(CookieName::AccessToken);
    Ok(Reply::no_content().with_cookie(&cleared, call.deployment()))
}
