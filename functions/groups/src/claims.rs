use axum::extract::Path;
use domain::{ClaimInput, ClaimsRefusal, CustomClaims};
use http_api::{Caller, Json, Problem, Reply, parse_id};
use serde::Deserialize;
use store::custom_claims::{Owner, Set, Suggestions};
use store::users::Claim;

use crate::UNKNOWN_GROUP;

/// A claim of the bare array that is the body.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ClaimBody {
    key: Option<String>,
    value: Option<String>,
}

/// `GET /api/custom-claims/suggestions`.
pub(crate) async fn suggestions(caller: Caller) -> Result<Reply, Problem> {
    let (_admin, keys) = caller.admin_and(Suggestions).await?;
    Reply::ok(&keys)
}

/// `PUT /api/custom-claims/user/:userId`.
pub(crate) async fn of_user(
    caller: Caller,
    Path(user): Path<String>,
    Json(body): Json<Vec<ClaimBody>>,
) -> Result<Reply, Problem> {
    replace(caller, parse_id(&user).map(Owner::User), Problem::UserNotFound, &body).await
}

/// `PUT /api/custom-claims/user-group/:userGroupId`.
pub(crate) async fn of_group(
    caller: Caller,
    Path(group): Path<String>,
    Json(body): Json<Vec<ClaimBody>>,
) -> Result<Reply, Problem> {
    replace(caller, parse_id(&group).map(Owner::Group), UNKNOWN_GROUP, &body).await
}

async fn replace(
    caller: Caller,
    owner: Option<Owner>,
    unknown: Problem,
    body: &[ClaimBody],
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let inputs = body.iter().map(|claim| ClaimInput {
        key: claim.key.as_deref().unwrap_or_default(),
        value: claim.value.as_deref().unwrap_or_default(),
    });
    let claims = CustomClaims::parse(inputs).map_err(refused)?;
    let reply: Vec<Claim> = claims.iter().map(owned).collect();
    let Some(owner) = owner else { return Err(unknown) };
    let batch = Set { owner, claims, origin: admin.origin(), entry: admin.entry(call)? };
    if call.run(batch).await? { Reply::ok(&reply) } else { Err(unknown) }
}

fn owned((key, value): (&str, &str)) -> Claim {
    Claim { key: key.to_owned(), value: value.to_owned() }
}

fn refused(refusal: ClaimsRefusal) -> Problem {
    match refusal {
        ClaimsRefusal::Fields(fields) => Problem::ValidationFailed(fields),
        ClaimsRefusal::Reserved(key) => Problem::ReservedClaim { key },
        ClaimsRefusal::Duplicate(key) => Problem::DuplicateClaim { key },
    }
}
