use axum::extract::Path;
use domain::Timestamp;
use http_api::{Caller, ListParameters, Listing, Problem, Reply, Resource, parse_id};
use serde::Serialize;
use store::signup_tokens::Uses;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who signed up, and when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SignupTokenUseDto)]
struct UseDto {
    /// The user, who may be gone.
    user_id: Uuid,
    /// Their username then.
    username: String,
    #[schema(value_type = String, format = DateTime)]
    used_at: Timestamp,
}

/// Lists who signed up with a token, the latest first.
#[utoipa::path(
    get,
    path = "/api/signup-tokens/{id}/uses",
    operation_id = "listSignupTokenUses",
    security(("caller" = ["administrator"])),
    params(
        ListParameters,
    ),
    responses(
        (status = 200, body = Listing<UseDto>),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn uses(
    caller: Caller,
    Path(id): Path<String>,
    parameters: ListParameters,
) -> Result<Reply, Problem> {
    let (page, limit) = (parameters.page, parameters.limit);
    let query = parse_id(&id).map(|token| Uses { token, page, limit });
    let (_admin, found) = caller.admin_and(query).await?;
    let found = found.flatten().ok_or(Problem::NotFound(Resource::SignupToken))?;
    let uses = found.items.into_iter().map(|used| UseDto {
        user_id: used.user_id,
        username: used.username,
        used_at: used.used_at,
    });
    Reply::ok(&Listing::page(uses.collect(), found.total, &parameters))
}
