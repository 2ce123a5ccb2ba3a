//! `POST /api/users/import`.

mod csv;
mod described;
mod json;
mod outcome;
mod parameters;
mod row;

use axum::body::Bytes;
use axum::extract::{FromRequest as _, RawQuery, Request};
use domain::Violation;
use http::{StatusCode, header};
use http_api::{Admin, Call, Caller, Problem, Reply};
use store::configuration::{Configuration, Read};
use store::users::{Import, ImportRow, ImportRules};

use self::described::RowDto;
use self::outcome::{Report, ReportDto, RowReport};
use self::parameters::Parameters;
use self::row::{Draft, Seen};

/// Most rows of a file.
const MAX_ROWS: usize = 10_000;

const TOO_MANY: Violation = Violation::InvalidFormat { rule: "must be at most 10000" };
const NO_UTF8: Violation = Violation::InvalidFormat { rule: "must be text in UTF-8" };

/// Imports users from a file.
///
/// Up to 5 MB and 10 000 rows, as JSON or as CSV whose first line names the columns. The username
/// finds a user; what a row does not name stays as it is. The reply tells what came of each row,
/// also of rows that are wrong. Making an administrator and changing an administrator's address need
/// step-up.
#[utoipa::path(
    post,
    path = "/api/users/import",
    operation_id = "importUsers",
    security(("caller" = ["administrator"])),
    params(
        ("dryRun" = Option<bool>, Query, description = "Only a trial."),
        ("onConflict" = Option<String>, Query, pattern = "^(skip|update)$",
            description = "Whether a username that exists is passed over (`skip`, the default) or changed."),
        ("mode" = Option<String>, Query, pattern = "^(all|each)$",
            description = "Whether one wrong row stops all (`all`, the default) or each is for itself."),
    ),
    request_body(content((Vec<RowDto> = "application/json"), (String = "text/csv"))),
    responses(
        (status = 200, body = ReportDto),
        (status = 400, description = "validation_failed"),
        (status = 401, description = "reauthentication_required"),
    )
)]
pub(crate) async fn import(
    caller: Caller,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Reply, Problem> {
    let (admin, configuration) = caller.admin_and(Read).await?;
    let parameters = Parameters::parse(query.as_deref().unwrap_or_default())?;
    let drafts = drafts(request).await?;
    let call = &caller.call;
    let makes_administrator = |draft: &Draft| draft.is_admin == Some(true);
    if !parameters.dry_run && drafts.iter().any(makes_administrator) {
        admin.step_up(call)?;
    }
    let (rows, mut report) = check(call, drafts, &configuration)?;
    let batch = batch(call, &admin, &configuration, parameters, rows, &report)?;
    let wants_to_write = batch.apply.is_some();
    let imported = call.run(batch).await?;
    if imported.outcomes.iter().any(|outcome| outcome.problems.contains('s')) {
        admin.step_up(call)?;
    }
    let written = imported.written;
    report.judge(imported.outcomes);
    // What was to be written and was not: whoever imports has ceased to be an administrator.
    if wants_to_write && !written && report.writes(parameters.each) {
        return Err(Problem::Forbidden);
    }
    Reply::ok(&report.finish(parameters))
}

/// The rows of the file.
async fn drafts(request: Request) -> Result<Vec<Draft>, Problem> {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let read: fn(&str, usize) -> Result<Vec<Draft>, Problem> = match essence.as_str() {
        "text/csv" => csv::read,
        "application/json" => json::read,
        _ => return Err(unread("Content-Type must be text/csv or application/json")),
    };
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::RequestBodyTooLarge
        } else {
            unread("The body could not be read")
        }
    })?;
    let text = std::str::from_utf8(&body).map_err(|_| ("file", NO_UTF8))?;
    let drafts = read(text.strip_prefix('\u{feff}').unwrap_or(text), MAX_ROWS + 1)?;
    if drafts.len() > MAX_ROWS {
        return Err(("rows", TOO_MANY).into());
    }
    Ok(drafts)
}

fn unread(expected: &str) -> Problem {
    Problem::InvalidRequestBody { field: String::new(), expected: expected.to_owned() }
}

/// The rows that break no rule of their own, and the report, which knows the others.
fn check(
    call: &Call,
    drafts: Vec<Draft>,
    configuration: &Configuration,
) -> Result<(Vec<ImportRow>, Report), Problem> {
    let (mut rows, mut report) = (Vec::new(), Report::default());
    let mut seen = Seen::default();
    for (place, draft) in (1_u32..).zip(drafts) {
        let ids = (call.new_id()?, call.new_id()?);
        let mut line = RowReport::new(place, draft.username.clone().unwrap_or_default());
        let (groups, is_admin) = (draft.groups.clone(), draft.is_admin);
        match draft.check(place, ids, configuration.require_user_email(), &mut seen) {
            Ok(row) => {
                line.remember(groups, is_admin);
                rows.push(row);
            }
            Err(wrong) => line.refuse(wrong),
        }
        report.rows.push(line);
    }
    Ok((rows, report))
}

fn batch(
    call: &Call,
    admin: &Admin,
    configuration: &Configuration,
    parameters: Parameters,
    rows: Vec<ImportRow>,
    report: &Report,
) -> Result<Import, Problem> {
    let broken = report.rows.len() - rows.len();
    let apply = !parameters.dry_run && (parameters.each || broken == 0);
    Ok(Import {
        id: call.new_id()?,
        rows,
        rules: ImportRules {
            update: parameters.update,
            require_email: configuration.require_user_email(),
            ldap_enabled: configuration.ldap_enabled(),
            stepped_up: parameters.dry_run || admin.step_up(call).is_ok(),
        },
        new_email_verified: configuration.emails_verified(),
        apply: apply.then_some(parameters.each),
        broken: u32::try_from(broken).unwrap_or(u32::MAX),
        default_groups: configuration.default_groups(),
        claims: configuration.default_claims(),
        origin: admin.origin(),
        entry: admin.entry(call)?,
    })
}
