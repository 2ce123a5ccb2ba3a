use axum::extract::FromRequestParts;
use http::header;
use http::request::Parts;
use store::sessions::{Check, CheckedSession};
use store::users::Origin;
use store::{Batch, SecretHash};
use uuid::Uuid;

use crate::routes::App;
use crate::{Call, CookieName, Problem, session_token};

/// A request with whatever credentials it carries, not checked yet. A token that this deployment
/// did not sign costs no database trip.
pub struct Caller {
    /// The request.
    pub call: Call,
    session: Option<SecretHash>,
}

/// Proof that the request carries a live session of an enabled user.
#[derive(Debug, Clone)]
pub struct SignedIn {
    session: CheckedSession,
}

/// Proof that the request carries a live session of an enabled administrator.
#[derive(Debug, Clone)]
pub struct Admin {
    session: CheckedSession,
}

impl Caller {
    /// The session check alone: one trip.
    ///
    /// # Errors
    /// 401 without a live session, 403 for a disabled user.
    pub async fn user(&self) -> Result<SignedIn, Problem> {
        Ok(self.user_and(|_| ()).await?.0)
    }

    /// The session check and a batch that needs it, in one trip. The batch may only read, or write
    /// under conditions that imply the check: it runs whether or not the check succeeds.
    ///
    /// # Errors
    /// 401 without a live session, 403 for a disabled user; what the batch came to is then lost.
    pub async fn user_and<B: Batch>(
        &self,
        batch: impl FnOnce(SecretHash) -> B,
    ) -> Result<(SignedIn, B::Output), Problem> {
        let secret_hash = self.session.ok_or(Problem::NotSignedIn)?;
        let check = Check { secret_hash, at: self.call.now() };
        let (session, output) = self.call.run((check, batch(secret_hash))).await?;
        let session = session.ok_or(Problem::NotSignedIn)?;
        if session.disabled {
            return Err(Problem::UserDisabled);
        }
        Ok((SignedIn { session }, output))
    }

    /// Like [`Caller::user`], for administrators.
    ///
    /// # Errors
    /// 403 for everybody else.
    pub async fn admin(&self) -> Result<Admin, Problem> {
        Ok(self.admin_and(()).await?.0)
    }

    /// Like [`Caller::user_and`], for administrators.
    ///
    /// # Errors
    /// 403 for everybody else.
    pub async fn admin_and<B: Batch>(&self, batch: B) -> Result<(Admin, B::Output), Problem> {
        let (SignedIn { session }, output) = self.user_and(|_| batch).await?;
        if !session.is_admin {
            return Err(Problem::Forbidden);
        }
        Ok((Admin { session }, output))
    }
}

impl SignedIn {
    /// Whose session it is.
    pub fn user_id(&self) -> Uuid {
        self.session.user_id
    }

    /// Their username.
    pub fn username(&self) -> &str {
        &self.session.username
    }

    /// The session.
    pub fn session_id(&self) -> Uuid {
        self.session.id
    }
}

impl Admin {
    /// The administrator, as author of an act.
    pub fn origin(&self) -> Origin {
        Origin { actor_id: self.session.user_id, actor_username: self.session.username.clone() }
    }
}

/// The session token: from the cookie, else from `Authorization` after any scheme.
fn presented(call: &Call) -> Option<&str> {
    let bearer = || {
        let value = call.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
        value.split_once(' ').map(|(_, token)| token.trim())
    };
    call.cookie(CookieName::AccessToken).or_else(bearer)
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let call = Call::from_request_parts(parts, app).await?;
        let session = presented(&call)
            .and_then(|token| session_token::verify(call.deployment(), token, call.now()))
            .map(|secret| secret.hash());
        Ok(Self { call, session })
    }
}
