use http_api::{Caller, ListParameters, Listing, Problem, Reply, UserDto};
use store::users::{Direction, List, Sort};

/// `GET /api/users`.
pub(crate) async fn list(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let query = List {
        page: parameters.page,
        limit: parameters.limit,
        sort: sort(&parameters.sort_column),
        direction: if parameters.descending { Direction::Descending } else { Direction::Ascending },
        search: parameters.search.clone(),
    };
    let (_admin, page) = caller.admin_and(query).await?;
    let users = page.items.into_iter().map(UserDto::from).collect();
    Reply::ok(&Listing::page(users, page.total, &parameters))
}

/// Unknown columns are passed over, as the contract says: the list is then in order of creation.
fn sort(column: &str) -> Sort {
    match column {
        "username" => Sort::Username,
        "email" => Sort::Email,
        "emailVerified" => Sort::EmailVerified,
        "firstName" => Sort::FirstName,
        "lastName" => Sort::LastName,
        "displayName" => Sort::DisplayName,
        "isAdmin" => Sort::IsAdmin,
        "disabled" => Sort::Disabled,
        _ => Sort::CreatedAt,
    }
}
