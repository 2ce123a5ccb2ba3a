use http::header::IF_MATCH;
use http_api::{Call, Caller, DataKey, Json, Problem, Reply};
use serde_json::{Map, Value};
use store::configuration::{Change, ReadVersioned, Write, Written};

use super::{if_match, read, snapshot, submitted};

/// `PUT /api/application-configuration`. A setting that is not named keeps its value, so that a
/// client that does not know it cannot reset it.
pub(crate) async fn update(
    caller: Caller,
    Json(form): Json<Map<String, Value>>,
) -> Result<Reply, Problem> {
    let (admin, now) = caller.admin_and(ReadVersioned).await?;
    let call = &caller.call;
    let expected = if_match::versions(call.header(IF_MATCH));
    let mut changes = submitted::changes(&form, &now.configuration)?;
    if expected.as_ref().is_some_and(|versions| !versions.contains(&now.version)) {
        return Err(Problem::PreconditionFailed);
    }
    if changes.is_empty() {
        return read::full(&now);
    }
    if changes.iter().any(|change| change.setting.needs_step_up()) {
        admin.step_up(call)?;
    }
    seal(call, &mut changes)?;
    let (origin, entry) = (admin.origin(), admin.entry(call)?);
    match call.run(Write { changes, expected, origin, entry }).await? {
        Written::Done(now) => {
            snapshot::write(call, &now.configuration).await;
            read::full(&now)
        }
        Written::Outdated => Err(Problem::PreconditionFailed),
    }
}

/// From here on no secret is in clear. An empty one is taken away.
fn seal(call: &Call, changes: &mut [Change]) -> Result<(), Problem> {
    let secrets = changes.iter_mut().filter(|change| change.setting.is_secret());
    for Change { setting, value } in secrets.filter(|change| !change.value.is_empty()) {
        *value = DataKey::of(call)?.seal(setting.key, value, call.random()?)?;
    }
    Ok(())
}
