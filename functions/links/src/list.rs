use axum::extract::Path;
use domain::Timestamp;
use http_api::{AuthorDto, Caller, ListParameters, Listing, Problem, Reply, parse_id};
use serde::Serialize;
use store::one_time_links::{Link, LinkState, List};
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};
use uuid::Uuid;

/// A link as administrators see it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OneTimeLinkDto)]
struct LinkDto {
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    created_by: AuthorDto,
    #[schema(value_type = Option<String>, format = DateTime)]
    redeemed_at: Option<Timestamp>,
    /// Whether it was mailed to the user.
    mailed: bool,
    /// Whether somebody asked for it on the sign-in page, in whose browser alone it works.
    device_bound: bool,
    #[schema(schema_with = states)]
    state: LinkState,
}

fn states() -> Object {
    let states = ["active", "redeemed", "revoked", "expired"];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(states)).into()
}

/// Lists a user's one-time links, newest first.
#[utoipa::path(
    get,
    path = "/api/users/{id}/one-time-access-tokens",
    operation_id = "listOneTimeLinks",
    security(("caller" = ["administrator"])),
    params(
        ListParameters,
    ),
    responses(
        (status = 200, body = Listing<LinkDto>),
        (status = 404, description = "user_not_found"),
    )
)]
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
            mailed: link.mailed,
            device_bound: link.device_bound,
            state: link.state,
        }
    }
}
