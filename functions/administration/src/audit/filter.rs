use domain::{Timestamp, Violation, Violations};
use http_api::{ListParameters, Problem};
use store::audit::{Cursor, Filter, Whose};
use utoipa::IntoParams;
use uuid::Uuid;

/// What the audit log can be narrowed to.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, read by `ListParameters`")]
pub(super) struct EntryFilters {
    /// A kind of act.
    #[param(rename = "filters[event]")]
    event: Option<String>,
    /// From when on.
    #[param(rename = "filters[from]", format = DateTime)]
    from: Option<String>,
    /// Until when.
    #[param(rename = "filters[to]", format = DateTime)]
    to: Option<String>,
}

/// Of whom everybody's audit log may tell.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "described here, read by `ListParameters`")]
pub(super) struct PeopleFilters {
    /// To whom something was done.
    #[param(rename = "filters[userID]")]
    user: Option<Uuid>,
    /// Who did it.
    #[param(rename = "filters[actorID]")]
    actor: Option<Uuid>,
}

/// The entries that a query asks for. Where somebody was and by which client is not known here, so
/// `location` and `clientName` are passed over like any unknown column.
///
/// # Errors
/// 400 when a time cannot be read: left out, it would let through what was not asked for.
pub(super) fn filter(parameters: &ListParameters) -> Result<Filter, Problem> {
    let values = |column: &str| -> Vec<String> {
        parameters.filter(column).filter(|value| !value.is_empty()).map(str::to_owned).collect()
    };
    // Identifiers are stored in lower case.
    let people = |column| values(column).iter().map(|id| id.to_ascii_lowercase()).collect();
    let mut violations = Violations::default();
    let mut time = |column| violations.check(column, moment(parameters, column)).flatten();
    let (from, to) = (time("from"), time("to"));
    let violations = violations.into_vec();
    if !violations.is_empty() {
        return Err(violations.into());
    }
    Ok(Filter {
        whose: Whose::Everybody,
        events: values("event"),
        users: people("userID"),
        actors: people("actorID"),
        from,
        to,
    })
}

fn moment(parameters: &ListParameters, column: &str) -> Result<Option<Timestamp>, Violation> {
    let rule = "must be a time such as 2026-11-22T09:30:00Z";
    let given = parameters.filter(column).find(|value| !value.is_empty());
    let read = |text| Timestamp::from_rfc3339(text).ok_or(Violation::InvalidFormat { rule });
    given.map(read).transpose()
}

/// Where an earlier page ended. Text that no page ever gave is passed over.
pub(super) fn cursor(parameters: &ListParameters) -> Option<Cursor> {
    parameters.cursor.as_deref().and_then(Cursor::parse)
}
