use http_api::{Caller, ListParameters, Listing, Paging, Problem, Reply, Sorting};
use store::audit::{Filter, List, Page, People, Whose};

use super::entry::EntryDto;
use super::filter::{EntryFilters, PeopleFilters, cursor, filter};

/// Lists what was done by or to whoever asks, the newest first.
#[utoipa::path(
    get,
    path = "/api/audit-logs",
    operation_id = "listOwnAuditLog",
    security(("caller" = [])),
    params(
        Paging,
        Sorting,
        EntryFilters,
    ),
    responses(
        (status = 200, body = Listing<EntryDto>),
        (status = 400, description = "validation_failed"),
    )
)]
pub(crate) async fn own(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let filter = filter(&parameters);
    let batch = |secret_hash| {
        let Filter { events, from, to, .. } = filter.as_ref().ok()?.clone();
        let (users, actors, whose) = (Vec::new(), Vec::new(), Whose::Presenter(secret_hash));
        Some(list(Filter { whose, events, users, actors, from, to }, &parameters))
    };
    let (_user, page) = caller.user_and(batch).await?;
    filter?;
    reply(page, parameters)
}

/// Lists what was done, the newest first.
#[utoipa::path(
    get,
    path = "/api/audit-logs/all",
    operation_id = "listAuditLog",
    security(("caller" = ["administrator"])),
    params(
        Paging,
        Sorting,
        EntryFilters,
        PeopleFilters,
    ),
    responses(
        (status = 200, body = Listing<EntryDto>),
        (status = 400, description = "validation_failed"),
    )
)]
pub(crate) async fn all(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let filter = filter(&parameters);
    let batch = filter.as_ref().ok().map(|filter| list(filter.clone(), &parameters));
    let (_admin, page) = caller.admin_and(batch).await?;
    // What cannot be read is told to those alone who may ask at all.
    filter?;
    reply(page, parameters)
}

/// Lists the names of OIDC clients in the audit log: there are none.
#[utoipa::path(
    get,
    path = "/api/audit-logs/filters/client-names",
    operation_id = "listAuditLogClients",
    security(("caller" = ["administrator"])),
    responses((status = 200, body = Vec<String>))
)]
pub(crate) async fn client_names(caller: Caller) -> Result<Reply, Problem> {
    caller.admin().await?;
    Reply::ok(&[(); 0])
}

/// Lists whom recent entries of the audit log speak of: usernames by identifier.
#[utoipa::path(
    get,
    path = "/api/audit-logs/filters/users",
    operation_id = "listAuditLogUsers",
    security(("caller" = ["administrator"])),
    responses((status = 200, body = BTreeMap<String, String>))
)]
pub(crate) async fn people(caller: Caller) -> Result<Reply, Problem> {
    let (_admin, people) = caller.admin_and(People).await?;
    Reply::ok(&people)
}

/// Time is the one order that an index serves under every filter; others are passed over, and so is
/// their direction. The newest come first unless somebody asks otherwise.
fn list(filter: Filter, parameters: &ListParameters) -> List {
    List {
        filter,
        page: parameters.page,
        limit: parameters.limit,
        descending: parameters.descending || parameters.sort_column != "createdAt",
        cursor: cursor(parameters),
    }
}

fn reply(page: Option<Page>, mut parameters: ListParameters) -> Result<Reply, Problem> {
    let Some(page) = page else { return Err(Problem::Forbidden) };
    if cursor(&parameters).is_some() {
        parameters.page = 1;
    }
    let items = page.items.into_iter().map(EntryDto::from).collect();
    let next = page.next.map(|cursor| cursor.to_string());
    let listing = Listing::page(items, page.total, &parameters);
    Reply::ok(&listing.followed_by(next, page.total_is_exact))
}
