use axum::extract::Path;
use http_api::{Caller, ListParameters, Problem, Reply, Resource, parse_id};
use serde::Serialize;
use store::ldap::{Action, ChangeRecord, ChangesOf};
use utoipa::ToSchema;

use super::wire::{ACTIONS, ChangeDto};

/// A page of changes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ChangeList {
    data: Vec<ChangeDto>,
    /// Where the next page begins, if there is one.
    next_cursor: Option<String>,
}

/// Lists what a run is to change, or has changed, and what it could not.
#[utoipa::path(
    get,
    path = "/api/ldap/runs/{id}/changes",
    operation_id = "listLdapChanges",
    security(("caller" = ["administrator"])),
    params(
        ("pagination[limit]" = Option<u32>, Query, description = "Items a page, 1–100."),
        ("pagination[cursor]" = Option<String>, Query,
            description = "Where an earlier page ended, as its `nextCursor` said."),
        ("filters[action]" = Option<String>, Query, description = "Of one action alone."),
    ),
    responses((status = 200, body = ChangeList), (status = 404, description = "not_found"))
)]
pub(crate) async fn list(
    caller: Caller,
    Path(id): Path<String>,
    parameters: ListParameters,
) -> Result<Reply, Problem> {
    let action = parameters.filter("action").find_map(action);
    let page = parse_id(&id).map(|run| ChangesOf {
        run,
        action,
        after: parameters.cursor.as_deref().and_then(after),
        limit: parameters.limit + 1,
    });
    let (_admin, found) = caller.admin_and(page).await?;
    let found = found.filter(|found| found.run_exists);
    let mut changes = found.ok_or(Problem::NotFound(Resource::LdapRun))?.changes;
    let limit = usize::try_from(parameters.limit).unwrap_or(usize::MAX);
    let more = changes.len() > limit;
    changes.truncate(limit);
    let next_cursor = changes.last().filter(|_| more).map(cursor);
    let data = changes.into_iter().map(ChangeDto::from).collect();
    Reply::ok(&ChangeList { data, next_cursor })
}

fn action(name: &str) -> Option<Action> {
    ACTIONS.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// `create.user.IDENTIFIER`.
fn cursor(last: &ChangeRecord) -> String {
    let action = ACTIONS.iter().find(|it| it.1 == last.action).map_or("", |it| it.0);
    format!("{action}.{}.{}", last.kind, last.ldap_id)
}

fn after(cursor: &str) -> Option<(Action, String, String)> {
    let mut parts = cursor.splitn(3, '.');
    let name = action(parts.next()?)?;
    Some((name, parts.next()?.to_owned(), parts.next()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_on_and_nonsense_leads_to_the_beginning() {
        let parts = after("create.user.a.b=c").map(|it| (it.1, it.2));
        assert_eq!(parts, Some(("user".to_owned(), "a.b=c".to_owned())));
        assert!(
            ["", "create", "create.user", "eat.user.1", "p2"].iter().all(|it| after(it).is_none())
        );
    }
}
