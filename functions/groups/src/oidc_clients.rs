use axum::extract::Path;
use domain::Violation;
use http_api::{Caller, Json, Problem, Reply, UserGroupDto, parse_id};
use serde::Deserialize;
use store::user_groups::Read;
use utoipa::ToSchema;

use crate::read::whole;

/// OIDC clients.
#[derive(Deserialize, ToSchema)]
pub(crate) struct OidcClientIdsBody {
    #[serde(rename = "oidcClientIds")]
    #[schema(required, nullable = false, max_items = 0)]
    oidc_client_ids: Option<Vec<String>>,
}

const NONE_YET: Violation =
    Violation::InvalidFormat { rule: "must be empty: there are no OIDC clients here yet" };

/// Replaces the OIDC clients that a group may use.
///
/// There are none yet, so the list must be empty and nothing is written.
#[utoipa::path(
    put,
    path = "/api/user-groups/{id}/allowed-oidc-clients",
    operation_id = "replaceAllowedClients",
    security(("caller" = ["administrator"])),
    request_body = OidcClientIdsBody,
    responses(
        (status = 200, body = UserGroupDto),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn replace(
    caller: Caller,
    Path(id): Path<String>,
    Json(body): Json<OidcClientIdsBody>,
) -> Result<Reply, Problem> {
    let (_admin, group) = caller.admin_and(parse_id(&id).map(Read)).await?;
    match body.oidc_client_ids.as_deref() {
        None => Err(("oidcClientIds", Violation::Required).into()),
        Some([]) => whole(group.flatten()),
        Some(_) => Err(("oidcClientIds", NONE_YET).into()),
    }
}
