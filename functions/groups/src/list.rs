use domain::Violation;
use http_api::{Caller, GroupDto, ListParameters, Listing, Problem, Reply};
use store::user_groups::{Cursor, List, Sort};

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
    responses(
        (status = 200, body = Listing<GroupDto>),
        (status = 400, description = "validation_failed"),
    )
)]
pub(crate) async fn list(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let query = List {
        page: parameters.page,
        limit: parameters.limit,
        sort: sort(&parameters.sort_column),
        descending: parameters.descending,
        search: parameters.search.clone(),
        after: read_cursor(&parameters, Cursor::parse)?,
    };
    let (_admin, page) = caller.admin_and(query).await?;
    let groups = page.items.into_iter().map(GroupDto::from).collect();
    let next = page.next.as_ref().map(Cursor::to_text);
    Reply::ok(&Listing::page(groups, page.total, &parameters).followed_by(next, true))
}

/// Where an earlier page ended.
///
/// # Errors
/// 400 for text that no page ever gave.
pub(crate) fn read_cursor<T>(
    parameters: &ListParameters,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    const RULE: Violation = Violation::InvalidFormat { rule: "must be a nextCursor of this list" };
    let parse = |text: &String| parse(text).ok_or(Problem::from(("cursor", RULE)));
    parameters.cursor.as_ref().map(parse).transpose()
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
