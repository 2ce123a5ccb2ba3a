use domain::Timestamp;
use http::HeaderName;
use http::header::CONTENT_DISPOSITION;
use http_api::{Caller, ListParameters, Problem, Reply};
use store::audit::{EntryRecord, Export};

use super::entry::EntryDto;
use super::filter::{EntryFilters, PeopleFilters, cursor, filter};

const NEXT_CURSOR: HeaderName = HeaderName::from_static("x-next-cursor");

/// Exports the newest entries of the audit log as a file.
///
/// Where there are more than one file holds, `X-Next-Cursor` says where the next one begins.
#[utoipa::path(
    get,
    path = "/api/audit-logs/export",
    operation_id = "exportAuditLog",
    security(("caller" = ["administrator"])),
    params(
        EntryFilters,
        PeopleFilters,
        ("pagination[cursor]" = Option<String>, Query,
            description = "Where an earlier file ended, as its `X-Next-Cursor` said."),
        ("format" = Option<String>, Query, description = "`json`; anything else is CSV."),
    ),
    responses(
        (status = 200, content((Vec<EntryDto> = "application/json"), (String = "text/csv")),
            headers(("Content-Disposition" = String), ("X-Next-Cursor" = String))),
        (status = 400, description = "validation_failed"),
    )
)]
pub(crate) async fn export(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let filter = filter(&parameters)?;
    let as_json = parameters.format.as_deref() == Some("json");
    let format = if as_json { "json" } else { "csv" };
    let batch = Export {
        filter,
        cursor: cursor(&parameters),
        origin: admin.origin(),
        entry: admin.entry(call)?.with("format", format),
    };
    let exported = call.run(batch).await?;
    let reply = if as_json {
        let items: Vec<_> = exported.items.into_iter().map(EntryDto::from).collect();
        Reply::ok(&items)?
    } else {
        Reply::bytes("text/csv; charset=utf-8", csv(exported.items).into_bytes())
    };
    let name = format!("attachment; filename=\"audit-log.{format}\"");
    let reply = reply.with_header(CONTENT_DISPOSITION, &name);
    Ok(match exported.next {
        Some(next) => reply.with_header(NEXT_CURSOR, &next.to_string()),
        None => reply,
    })
}

const HEAD: &str =
    "id,createdAt,event,userID,username,actorID,actorUsername,ipAddress,device,data\r\n";

/// RFC 4180.
fn csv(entries: Vec<EntryRecord>) -> String {
    let mut text = HEAD.to_owned();
    for entry in entries.into_iter().map(EntryDto::from) {
        let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let cells = [
            entry.id.to_string(),
            Timestamp::to_rfc3339(entry.created_at).unwrap_or_default(),
            entry.event,
            id(entry.user_id),
            entry.username.unwrap_or_default(),
            id(entry.actor_id),
            entry.actor_username.unwrap_or_default(),
            entry.ip_address,
            entry.device,
            serde_json::to_string(&entry.data).unwrap_or_default(),
        ];
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            push_cell(&mut text, cell);
        }
        text.push_str("\r\n");
    }
    text
}

/// Quotes a cell where it must be. A spreadsheet takes some first characters for a formula, which
/// could send away what stands beside it; an apostrophe before them makes it text.
fn push_cell(text: &mut String, cell: &str) {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if cell.contains(['"', ',', '\r', '\n']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut written = String::new();
        push_cell(&mut written, text);
        written
    }

    #[test]
    fn a_cell_is_quoted_where_it_must_be() {
        assert_eq!(cell("a b"), "a b");
        assert_eq!(cell("{\"a\":\"1,2\"}"), "\"{\"\"a\"\":\"\"1,2\"\"}\"");
        assert_eq!(cell("a\r\nb"), "\"a\r\nb\"");
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@SUM(1,2)"), "\"'@SUM(1,2)\"");
        assert_eq!(cell("=\"x\""), "\"'=\"\"x\"\"\"");
        for text in ["+1", "-1", "\tx", "\r=1"] {
            assert!(cell(text).trim_start_matches('"').starts_with('\''), "{text:?}");
        }
    }
}
