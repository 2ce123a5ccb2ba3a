use http_api::{Caller, ListParameters, Listing, Problem, Reply};
use store::api_keys::{List, Sort};

use super::ApiKeyDto;

/// `GET /api/api-keys`: one's own.
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
