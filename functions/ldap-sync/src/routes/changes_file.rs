use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http_api::{Call, Caller, Problem, Resource, parse_id};
use store::ldap::{Action, ChangeRecord, ChangesOf};
use uuid::Uuid;

use super::wire::ChangeDto;

/// Rows of a trip.
const ROWS: u32 = 2_000;

/// Exports what a run is to change, or has changed, as a table.
#[utoipa::path(
    get,
    path = "/api/ldap/runs/{id}/changes.csv",
    operation_id = "exportLdapChanges",
    security(("caller" = ["administrator"])),
    responses(
        (status = 200, content((String = "text/csv")), headers(("Content-Disposition" = String))),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn export(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    caller.admin().await?;
    let run = parse_id(&id).ok_or(Problem::NotFound(Resource::LdapRun))?;
    let first = page(&caller.call, run, None).await?;
    let file = File { call: caller.call, run, next: Next::Heading(first) };
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"ldap-changes.csv\""),
    ];
    Ok((headers, Body::from_stream(stream::unfold(file, piece))).into_response())
}

/// A table on its way, a trip at a time, however many changes there are. On Workers it is sent when it is
/// whole: streams are 4 KB that this function does not have (decision 9).
struct File {
    call: Call,
    run: Uuid,
    next: Next,
}

enum Next {
    /// The heading, and the first page, which is there.
    Heading(Vec<ChangeRecord>),
    /// The page after this change.
    After(Place),
    Nothing,
}

type Place = (Action, String, String);

async fn piece(mut file: File) -> Option<(Result<String, BrokenOff>, File)> {
    let (mut text, changes) = match std::mem::replace(&mut file.next, Next::Nothing) {
        Next::Nothing => return None,
        Next::Heading(changes) => (HEADING.to_owned(), changes),
        Next::After(place) => match page(&file.call, file.run, Some(place)).await {
            Ok(changes) => (String::new(), changes),
            Err(_) => return Some((Err(BrokenOff), file)),
        },
    };
    if let Some(last) = changes.last().filter(|_| changes.len() as u64 == u64::from(ROWS)) {
        file.next = Next::After((last.action, last.kind.clone(), last.ldap_id.clone()));
    }
    text.extend(changes.into_iter().map(|change| line(&ChangeDto::from(change))));
    Some((Ok(text), file))
}

const HEADING: &str = "kind,action,name,ldapId,dn,changes,problem\r\n";

/// The database did not answer in the middle of a file.
#[derive(Debug)]
struct BrokenOff;

impl std::fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the file broke off")
    }
}

impl std::error::Error for BrokenOff {}

async fn page(call: &Call, run: Uuid, after: Option<Place>) -> Result<Vec<ChangeRecord>, Problem> {
    let page = call.run(ChangesOf { run, action: None, after, limit: ROWS }).await?;
    if page.run_exists { Ok(page.changes) } else { Err(Problem::NotFound(Resource::LdapRun)) }
}

/// RFC 4180. What a spreadsheet would take for a formula is text.
fn line(change: &ChangeDto) -> String {
    let cells = change.cells().map(|cell| {
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    });
    cells.join(",") + "\r\n"
}
