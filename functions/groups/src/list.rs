use http_api::{Caller, GroupDto, ListParameters, Listing, Problem, Reply};
use store::user_groups::{List, Sort};

/// Lists groups.
///
/// Ordered by `createdAt` unless `sort[column]` is one of `name`, `friendlyName`, `userCount`. The
/// search finds parts of the name.
#[utoipa::path(
    get,
    path = "/api/user-groups",
    operation_id = "listGroups",
    security(("caller" = ["administrator"])),
    params(
        ListParameters,
    ),
    responses((status = 200, body = Listing<GroupDto>))
)]
pub(crate) async fn list(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let query = List {
        page: parameters.page,
        limit: parameters.limit,
        sort: sort(&parameters.sort_column),
        descending: parameters.descending,
        search: parameters.search.clone(),
    };
    let (_admin, page) = caller.admin_and(query).await?;
    let groups = page.items.into_iter().map(GroupDto::from).collect();
    Reply::ok(&Listing::page(groups, page.total, &parameters))
}

/// Unknown columns are passed over, as the contract says: the list is then in order of creation.
fn sort(column: &str) -> Sort {
    match column {
        "name" => Sort::Name,
        "friendlyName" => Sort::FriendlyName,
        "userCount" => Sort::UserCount,
        _ => Sort::CreatedAt,
    }
}
