use http_api::{Call, Policy, Problem, Reply, UserDto, started_session};
use store::sessions::{Amr, StartedSession};
use store::sign_up::{NewAccount, SignUp, SignedUp, Way};
use store::users::{Access, Claim, NewUser};
use uuid::Uuid;

/// Somebody who wants an account.
pub(crate) struct Applicant {
    pub(crate) user: NewUser,
    pub(crate) default_groups: Vec<Uuid>,
    pub(crate) claims: Vec<Claim>,
}

/// How they come in.
pub(crate) struct Entrance {
    pub(crate) way: Way,
    pub(crate) limits: Policy,
    pub(crate) amr: Amr,
    /// What to say when the way is not open.
    pub(crate) shut: Problem,
}

/// Makes the account, with a session unless it has to wait for approval.
///
/// Limits are told before the way, the way before what is wrong with the applicant, and that before
/// what is taken: nobody learns of names who could not use them.
pub(crate) async fn make(
    call: &Call,
    entrance: Entrance,
    applicant: Result<Applicant, Problem>,
) -> Result<Reply, Problem> {
    let Entrance { way, limits, amr, shut } = entrance;
    let gate = limits.gate(call)?;
    let (session, secret) = call.new_session(amr)?;
    let entry = call.entry()?.with("method", way.as_str());
    let (account, refusal) = match applicant {
        Ok(Applicant { user, default_groups, claims }) => {
            let session = (user.access == Access::Enabled).then_some(session);
            (Some(NewAccount { user, default_groups, claims, session, entry }), None)
        }
        Err(problem) => (None, Some(problem)),
    };
    let made = match call.run(SignUp { gate, way, account }).await? {
        SignedUp::Done(made) => *made,
        SignedUp::Taken(conflict) => return Err(conflict.into()),
        SignedUp::Nobody => return Err(refusal.unwrap_or(shut)),
        SignedUp::Shut => return Err(shut),
        SignedUp::Refused(admission) => return Err(admission.into()),
    };
    let user = made.user;
    match made.session_expires_at {
        Some(expires_at) => {
            started_session(call, StartedSession { expires_at, user }, amr, &secret)
        }
        None => Reply::ok(&UserDto::from(user)),
    }
}
