use domain::Violation;
use http_api::{Caller, ListParameters, Listing, Problem, Reply, UserDto, parse_id};
use store::users::{Cursor, Direction, Filter, List, Sort};
use utoipa::IntoParams;
use uuid::Uuid;

/// What the list can be narrowed to.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, read by `ListParameters`")]
struct UserFilters {
    /// Members of a group.
    #[param(rename = "filters[userGroupId]")]
    group: Option<Uuid>,
    /// Administrators.
    #[param(rename = "filters[isAdmin]")]
    is_admin: Option<bool>,
    /// Disabled users.
    #[param(rename = "filters[disabled]")]
    disabled: Option<bool>,
    /// Users who signed up and wait for approval.
    #[param(rename = "filters[awaitingApproval]")]
    awaiting_approval: Option<bool>,
    /// Users that came from the directory.
    #[param(rename = "filters[isLdap]")]
    is_ldap: Option<bool>,
    /// Users whose address is verified.
    #[param(rename = "filters[emailVerified]")]
    email_verified: Option<bool>,
    /// Users who have a passkey.
    #[param(rename = "filters[hasPasskey]")]
    has_passkey: Option<bool>,
}

/// Lists users.
///
/// Ordered by `createdAt` unless `sort[column]` is one of `username`, `email`, `emailVerified`,
/// `firstName`, `lastName`, `displayName`, `isAdmin`, `disabled`. The search finds parts of
/// username, address and names.
#[utoipa::path(
    get,
    path = "/api/users",
    operation_id = "listUsers",
    security(("caller" = ["administrator"])),
    params(
        ListParameters,
        UserFilters,
    ),
    responses(
        (status = 200, body = Listing<UserDto>),
        (status = 400, description = "validation_failed"),
    )
)]
pub(crate) async fn list(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let query = List {
        page: parameters.page,
        limit: parameters.limit,
        sort: sort(&parameters.sort_column),
        direction: if parameters.descending { Direction::Descending } else { Direction::Ascending },
        search: parameters.search.clone(),
        filter: filter(&parameters),
        after: cursor(&parameters)?,
    };
    let (_admin, page) = caller.admin_and(query).await?;
    let users = page.items.into_iter().map(UserDto::from).collect();
    let next = page.next.as_ref().map(Cursor::to_text);
    Reply::ok(&Listing::page(users, page.total, &parameters).followed_by(next, page.exact))
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

/// A group that does not exist, or is no identifier at all, has no members.
fn filter(parameters: &ListParameters) -> Filter {
    let group = parameters.filter("userGroupId").next();
    Filter {
        group: group.map(|text| parse_id(text).unwrap_or_default()),
        is_admin: parameters.flag("isAdmin"),
        disabled: parameters.flag("disabled"),
        awaiting_approval: parameters.flag("awaitingApproval"),
        is_ldap: parameters.flag("isLdap"),
        email_verified: parameters.flag("emailVerified"),
        has_passkey: parameters.flag("hasPasskey"),
    }
}

fn cursor(parameters: &ListParameters) -> Result<Option<Cursor>, Problem> {
    const RULE: Violation = Violation::InvalidFormat { rule: "must be a nextCursor of this list" };
    let parse = |text: &String| Cursor::parse(text).ok_or(Problem::from(("cursor", RULE)));
    parameters.cursor.as_ref().map(parse).transpose()
}
