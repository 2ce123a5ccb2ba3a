use axum::extract::FromRequestParts;
use domain::Timestamp;
use http::header;
use http::request::Parts;
use platform::Statement;
use store::audit::Entry;
use store::callers::{Check, CheckedCaller, Presented};
use store::users::{Origin, UserRecord};
use store::{Batch, Outcomes, SecretHash};
use uuid::Uuid;

use crate::routes::App;
use crate::{Call, CookieName, Problem, Secret, session_token};

/// A request with whatever credentials it carries, not checked yet. A token that this deployment
/// did not sign costs no database trip.
pub struct Caller {
    /// The request.
    pub call: Call,
    session: Option<SecretHash>,
    api_key: Option<SecretHash>,
}

/// Proof that the request comes from an enabled user, in a live session or by an API key.
#[derive(Debug, Clone)]
pub struct SignedIn {
    caller: CheckedCaller,
    by_api_key: bool,
}

/// Proof that the request comes from an enabled administrator.
#[derive(Debug, Clone)]
pub struct Admin(SignedIn);

/// How long after a passkey was asserted the most consequential acts are allowed.
const STEP_UP_MS: i64 = 5 * 60_000;

impl Caller {
    /// The check alone: one trip.
    ///
    /// # Errors
    /// 401 without a live session or API key, 403 for a disabled user.
    pub async fn user(&self) -> Result<SignedIn, Problem> {
        Ok(self.user_and(|_| ()).await?.0)
    }

    /// The check and a batch that needs it, in one trip. The batch may only read, or write under
    /// conditions that imply the check: it runs whether or not the check succeeds.
    ///
    /// # Errors
    /// 401 without a live session or API key, 403 for a disabled user; what the batch came to is
    /// then lost.
    ///
    /// # Trips
    /// One. A session that has ended does not hide an API key beside it, which takes one more.
    pub async fn user_and<B: Batch>(
        &self,
        batch: impl Fn(SecretHash) -> B + Sync,
    ) -> Result<(SignedIn, B::Output), Problem> {
        let statements = |secret_hash| batch(secret_hash).statements();
        let (signed_in, secret_hash, mut outcomes) = self.checked(&statements).await?;
        Ok((signed_in, batch(secret_hash).read(&mut outcomes)?))
    }

    /// Whoever presents the session or else the API key, and the outcomes of the statements for it.
    /// The same code for all batches.
    async fn checked(
        &self,
        statements: &(dyn Fn(SecretHash) -> Vec<Statement> + Sync),
    ) -> Result<(SignedIn, SecretHash, Outcomes), Problem> {
        let session = self.session.map(Presented::Session);
        let api_key = self.api_key.map(Presented::ApiKey);
        for presented in [session, api_key].into_iter().flatten() {
            let secret_hash = presented.secret_hash();
            match self.check(presented, statements(secret_hash)).await {
                Err(Problem::NotSignedIn) => {}
                checked => return checked.map(|(signed_in, rest)| (signed_in, secret_hash, rest)),
            }
        }
        Err(Problem::NotSignedIn)
    }

    /// The check, and the outcomes of the further statements.
    async fn check(
        &self,
        presented: Presented,
        further: Vec<Statement>,
    ) -> Result<(SignedIn, Outcomes), Problem> {
        let check = Check { presented, at: self.call.now() };
        let mut statements = check.statements();
        statements.extend(further);
        let mut outcomes = self.call.trip(statements).await?;
        let caller = check.read(&mut outcomes)?.ok_or(Problem::NotSignedIn)?;
        if caller.disabled {
            return Err(Problem::UserDisabled);
        }
        let by_api_key = matches!(presented, Presented::ApiKey(_));
        Ok((SignedIn { caller, by_api_key }, outcomes))
    }

    /// Like [`Caller::user_and`], for what only a session may do.
    ///
    /// # Errors
    /// 403 for an API key, without a trip of its own.
    pub async fn browser_and<B: Batch>(
        &self,
        batch: impl FnOnce(SecretHash) -> B,
    ) -> Result<(SignedIn, B::Output), Problem> {
        let refusal = || match self.api_key {
            Some(_) => Problem::ApiKeyAuthNotAllowed,
            None => Problem::NotSignedIn,
        };
        let session = self.session.ok_or_else(refusal)?;
        let batch = batch(session);
        match self.check(Presented::Session(session), batch.statements()).await {
            Err(Problem::NotSignedIn) => Err(refusal()),
            Err(problem) => Err(problem),
            Ok((signed_in, mut outcomes)) => Ok((signed_in, batch.read(&mut outcomes)?)),
        }
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
        let (admin, _, mut outcomes) = self.checked_admin(&|_| batch.statements()).await?;
        Ok((admin, batch.read(&mut outcomes)?))
    }

    /// Like [`Caller::admin_and`], for a batch about the administrator themselves.
    ///
    /// # Errors
    /// As [`Caller::admin_and`].
    pub async fn admin_by<B: Batch>(
        &self,
        batch: impl Fn(SecretHash) -> B + Sync,
    ) -> Result<(Admin, B::Output), Problem> {
        let statements = |secret_hash| batch(secret_hash).statements();
        let (admin, secret_hash, mut outcomes) = self.checked_admin(&statements).await?;
        Ok((admin, batch(secret_hash).read(&mut outcomes)?))
    }

    async fn checked_admin(
        &self,
        statements: &(dyn Fn(SecretHash) -> Vec<Statement> + Sync),
    ) -> Result<(Admin, SecretHash, Outcomes), Problem> {
        let (signed_in, secret_hash, outcomes) = self.checked(statements).await?;
        if !signed_in.caller.is_admin {
            return Err(Problem::Forbidden);
        }
        Ok((Admin(signed_in), secret_hash, outcomes))
    }
}

impl SignedIn {
    /// Who it is.
    pub fn user_id(&self) -> Uuid {
        self.caller.user_id
    }

    /// Their username.
    pub fn username(&self) -> &str {
        &self.caller.username
    }

    /// Whether they administrate.
    pub fn is_admin(&self) -> bool {
        self.caller.is_admin
    }

    /// The session, unless the request comes by an API key.
    pub fn session_id(&self) -> Option<Uuid> {
        (!self.by_api_key).then_some(self.caller.id)
    }

    /// The user, as author of an act.
    pub fn origin(&self) -> Origin {
        Origin { actor_id: self.caller.user_id, actor_username: self.caller.username.clone() }
    }

    /// An audit entry of this request, which names the API key it came by, if it did.
    ///
    /// # Errors
    /// 500 when the random generator fails.
    pub fn entry(&self, call: &Call) -> Result<Entry, Problem> {
        let entry = call.entry()?;
        Ok(if self.by_api_key { entry.with("apiKeyId", self.caller.id) } else { entry })
    }

    /// Step-up before a further passkey, for sessions that a passkey began: whoever finds such a
    /// session open must not be able to make themselves a way in. A session by a link or by set-up
    /// is the way in itself.
    ///
    /// # Errors
    /// 401 `reauthentication_required`.
    pub fn step_up_to_register(&self, call: &Call) -> Result<(), Problem> {
        if self.caller.verified_at.is_some() { self.step_up(call) } else { Ok(()) }
    }

    /// Step-up: a passkey was asserted in this session within the last five minutes. Who has no
    /// passkey to assert may with a session that young. API keys are exempt.
    ///
    /// # Errors
    /// 401 `reauthentication_required`.
    pub fn step_up(&self, call: &Call) -> Result<(), Problem> {
        let caller = &self.caller;
        let proved_at = match (caller.verified_at, caller.has_passkey) {
            (Some(verified_at), _) => Some(verified_at),
            (None, false) => Some(caller.created_at),
            (None, true) => None,
        };
        let recent = |at: Timestamp| call.now() <= at.plus_ms(STEP_UP_MS);
        if self.by_api_key || proved_at.is_some_and(recent) {
            Ok(())
        } else {
            Err(Problem::ReauthenticationRequired)
        }
    }
}

impl Admin {
    /// Step-up before a way in that is no passkey is made for an administrator, oneself included:
    /// whoever finds a session open could let themselves in by it, and a session by a link may
    /// register a passkey.
    ///
    /// # Errors
    /// 401 `reauthentication_required`.
    pub fn step_up_to_let_in(&self, call: &Call, user: &UserRecord) -> Result<(), Problem> {
        if user.is_admin { self.step_up(call) } else { Ok(()) }
    }
}

/// An administrator may whatever a user may.
impl std::ops::Deref for Admin {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

/// The session token: from the cookie, else from `Authorization` after any scheme.
fn token(call: &Call) -> Option<&str> {
    let bearer = || {
        let value = call.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
        value.split_once(' ').map(|(_, token)| token.trim())
    };
    call.cookie(CookieName::AccessToken).or_else(bearer)
}

/// The secret of a session token that this deployment signed.
fn session(call: &Call) -> Option<SecretHash> {
    let secret = session_token::verify(call.deployment(), token(call)?, call.now())?;
    Some(secret.hash())
}

fn api_key(call: &Call) -> Option<SecretHash> {
    let key = call.headers().get("x-api-key")?.to_str().ok()?;
    Some(Secret::from_text(key)?.hash())
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let call = Call::from_request_parts(parts, app).await?;
        let (session, api_key) = (session(&call), api_key(&call));
        Ok(Self { call, session, api_key })
    }
}
