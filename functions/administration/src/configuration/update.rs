use http::header::IF_MATCH;
use http_api::{Call, Caller, DataKey, Json, Problem, Reply};
use serde_json::{Map, Value};
use store::configuration::{Change, ReadVersioned, Write, Written};
use store::pictures::ImagesShown;

use super::snapshot::{self, Snapshot};
#[cfg(not(target_family = "wasm"))]
use super::{described::ConfigurationBody, read::FullSettingDto};
use super::{if_match, read, submitted};

/// Changes settings.
///
/// A setting that is not named keeps its value; an empty one takes its default; `XXXXXXXXXX` leaves
/// a secret as it is. Settings of mail and of the directory need step-up.
#[cfg_attr(not(target_family = "wasm"), utoipa::path(
    put,
    path = "/api/application-configuration",
    operation_id = "updateConfiguration",
    security(("caller" = ["administrator"])),
    params(
        ("If-Match" = Option<String>, Header, description = "The versions that may be changed; left out: any."),
    ),
    request_body = ConfigurationBody,
    responses(
        (status = 200, body = Vec<FullSettingDto<'static>>, headers(("ETag" = String))),
        (status = 400, description = "validation_failed"),
        (status = 401, description = "reauthentication_required"),
        (status = 412, description = "precondition_failed"),
    )
))]
pub(crate) async fn update(
    caller: Caller,
    Json(form): Json<Map<String, Value>>,
) -> Result<Reply, Problem> {
    let (admin, now) = caller.admin_and(ReadVersioned).await?;
    let call = &caller.call;
    let expected = if_match::versions(call.header(&IF_MATCH).as_deref());
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
    let write = Write { changes, expected, origin, entry };
    let (written, images) = call.run((write, ImagesShown)).await?;
    match written {
        Written::Done(now) => {
            let snapshot = Snapshot::new(call, &now.configuration, images);
            snapshot::write(call, &snapshot).await;
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
