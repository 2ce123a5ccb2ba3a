use axum::extract::Path;
use domain::Timestamp;
use http_api::{Caller, ListParameters, Listing, Problem, Reply, parse_id};
use serde::Serialize;
use store::one_time_links::{Link, LinkState, List};
use uuid::Uuid;

/// A link as administrators see it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LinkDto {
    id: Uuid,
    created_at: Timestamp,
    expires_at: Timestamp,
    created_by: AuthorDto,
    redeemed_at: Option<Timestamp>,
    state: LinkState,
}

#[derive(Serialize)]
struct AuthorDto {
    id: Uuid,
    username: String,
}

/// `GET /api/users/:id/one-time-access-tokens`, newest first.
pub(crate) async fn list(
    caller: Caller,
    Path(user): Path<String>,
    parameters: ListParameters,
) -> Result<Reply, Problem> {
    let query = parse_id(&user).map(|user| List {
        user,
        page: parameters.page,
        limit: parameters.limit,
        at: caller.call.now(),
    });
    let (_admin, links) = caller.admin_and(query).await?;
    let links = links.flatten().ok_or(Problem::UserNotFound)?;
    let items = links.items.into_iter().map(LinkDto::from).collect();
    Reply::ok(&Listing::page(items, links.total, &parameters))
}

impl From<Link> for LinkDto {
    fn from(link: Link) -> Self {
        Self {
            id: link.id,
            created_at: link.created_at,
            expires_at: link.expires_at,
            created_by: AuthorDto { id: link.created_by_id, username: link.created_by_username },
            redeemed_at: link.redeemed_at,
            state: link.state,
        }
    }
}
