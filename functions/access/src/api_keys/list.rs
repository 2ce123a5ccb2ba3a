use http_api::{Caller, ListParameters, Listing, Paging, Problem, Reply, Sorting};
use store::api_keys::{List, Sort};

use super::ApiKeyDto;

/// Lists one's own API keys.
///
/// Ordered by `createdAt` unless `sort[column]` is one of `name`, `expiresAt`, `lastUsedAt`.
#[utoipa::path(
    get,
    path = "/api/api-keys",
    operation_id = "listApiKeys",
    security(("caller" = [])),
    params(
        Paging,
        Sorting,
    ),
    responses((status = 200, body = Listing<ApiKeyDto>))
)]
pub(crate) async fn list(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let sort = match parameters.sort_column.as_str() {
        "name" => Sort::Name,
        "expiresAt" => Sort::ExpiresAt,
        "lastUsedAt" => Sort::LastUsedAt,
        _ => Sort::CreatedAt,
    };
    let query = |secret_hash| List {
        secret_hash,
        page: parameters.page,
        limit: parameters.limit,
        sort,
        descending: parameters.descending,
    };
    let (_signed_in, keys) = caller.user_and(query).await?;
    let items = keys.items.into_iter().map(ApiKeyDto::from).collect();
    Reply::ok(&Listing::page(items, keys.total, &parameters))
}
