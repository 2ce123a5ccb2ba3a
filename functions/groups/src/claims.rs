use axum::extract::Path;
use domain::{ClaimInput, ClaimsRefusal, CustomClaims};
use http_api::{Caller, ClaimDto, Json, Problem, Reply, parse_id};
use serde::Deserialize;
use store::custom_claims::{Owner, Set, Suggestions};
use store::users::Claim;
use utoipa::ToSchema;

use crate::UNKNOWN_GROUP;

/// A custom claim to set.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct ClaimBody {
    #[schema(required, nullable = false, min_length = 1)]
    key: Option<String>,
    #[schema(required, nullable = false, min_length = 1)]
    value: Option<String>,
}

/// Lists the keys of custom claims, the most used first.
#[utoipa::path(
    get,
    path = "/api/custom-claims/suggestions",
    operation_id = "suggestClaimKeys",
    security(("caller" = ["administrator"])),
    responses((status = 200, body = Vec<String>))
)]
pub(crate) async fn suggestions(caller: Caller) -> Result<Reply, Problem> {
    let (_admin, keys) = caller.admin_and(Suggestions).await?;
    Reply::ok(&keys)
}

/// Replaces the custom claims of a user.
#[utoipa::path(
    put,
    path = "/api/custom-claims/user/{userId}",
    operation_id = "replaceClaimsOfUser",
    security(("caller" = ["administrator"])),
    request_body = Vec<ClaimBody>,
    responses(
        (status = 200, body = Vec<ClaimDto>),
        (status = 400, description = "validation_failed reserved_claim duplicate_claim"),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn of_user(
    caller: Caller,
    Path(user): Path<String>,
    Json(body): Json<Vec<ClaimBody>>,
) -> Result<Reply, Problem> {
    replace(caller, parse_id(&user).map(Owner::User), Problem::UserNotFound, &body).await
}

/// Replaces the custom claims of a group.
#[utoipa::path(
    put,
    path = "/api/custom-claims/user-group/{userGroupId}",
    operation_id = "replaceClaimsOfGroup",
    security(("caller" = ["administrator"])),
    request_body = Vec<ClaimBody>,
    responses(
        (status = 200, body = Vec<ClaimDto>),
        (status = 400, description = "validation_failed reserved_claim duplicate_claim"),
        (status = 404, description = "not_found"),
    )
)]
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
