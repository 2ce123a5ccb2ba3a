use axum::extract::Path;
use domain::Violation;
use http_api::{Caller, Json, Problem, Reply, parse_id};
use serde::Deserialize;
use store::user_groups::Read;

use crate::read::whole;

/// The body of `PUT /api/user-groups/:id/allowed-oidc-clients`.
#[derive(Deserialize)]
pub(crate) struct OidcClientIdsBody {
    #[serde(rename = "oidcClientIds")]
    oidc_client_ids: Option<Vec<String>>,
}

const NONE_YET: Violation =
    Violation::InvalidFormat { rule: "must be empty: there are no OIDC clients here yet" };

/// `PUT /api/user-groups/:id/allowed-oidc-clients`: there are none to allow, so nothing is written.
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
