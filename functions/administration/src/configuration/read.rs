use domain::{Audience, SETTINGS, Setting};
use http::header::ETAG;
use http_api::{Call, Caller, Problem, Reply};
use serde::Serialize;
use store::configuration::{Configuration, Read, ReadVersioned, Versioned};
use utoipa::ToSchema;

use super::{MASK, snapshot};

/// A setting on the wire.
#[derive(Serialize, ToSchema)]
struct SettingDto<'a> {
    key: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    value: &'a str,
}

/// A setting on the wire, for administrators.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FullSettingDto<'a> {
    #[serde(flatten)]
    setting: SettingDto<'a>,
    is_public: bool,
}

/// Reads what pages need before anybody signs in.
#[utoipa::path(
    get,
    path = "/api/application-configuration",
    operation_id = "readPublicConfiguration",
    responses((status = 200, body = Vec<SettingDto<'static>>))
)]
pub(crate) async fn read_public(call: Call) -> Result<Reply, Problem> {
    let configuration = public(&call).await?;
    let chosen = SETTINGS.iter().filter(|setting| is_public(setting));
    let chosen = chosen.map(|setting| on_wire(&configuration, setting));
    let fixed = ["uiConfigDisabled", "tracingEnabled"];
    let fixed = fixed.map(|key| SettingDto { key, kind: "bool", value: "false" });
    Reply::ok(&chosen.chain(fixed).collect::<Vec<_>>())
}

async fn public(call: &Call) -> Result<Configuration, Problem> {
    if let Some(configuration) = snapshot::read(call).await {
        return Ok(configuration);
    }
    let configuration = call.run(Read).await?;
    snapshot::write(call, &configuration).await;
    Ok(configuration)
}

/// Reads every setting.
///
/// A secret that is set reads `XXXXXXXXXX`. The entity tag is the configuration's version.
#[utoipa::path(
    get,
    path = "/api/application-configuration/all",
    operation_id = "readConfiguration",
    security(("caller" = ["administrator"])),
    responses((status = 200, body = Vec<FullSettingDto<'static>>, headers(("ETag" = String))))
)]
pub(crate) async fn read_all(caller: Caller) -> Result<Reply, Problem> {
    let (_admin, now) = caller.admin_and(ReadVersioned).await?;
    full(&now)
}

/// Every setting, with the version as entity tag.
pub(super) fn full(now: &Versioned) -> Result<Reply, Problem> {
    let settings = SETTINGS.iter().map(|setting| FullSettingDto {
        setting: on_wire(&now.configuration, setting),
        is_public: is_public(setting),
    });
    let tag = format!("\"{}\"", now.version);
    Ok(Reply::ok(&settings.collect::<Vec<_>>())?.with_header(ETAG, &tag))
}

fn is_public(setting: &Setting) -> bool {
    setting.audience == Audience::Everybody
}

/// A secret is only said to be there: nothing is opened for it.
fn on_wire<'a>(configuration: &'a Configuration, setting: &'a Setting) -> SettingDto<'a> {
    let value = configuration.value(setting);
    let is_masked = setting.is_secret() && !value.is_empty();
    let value = if is_masked { MASK } else { value };
    SettingDto { key: setting.key, kind: setting.kind(), value }
}
