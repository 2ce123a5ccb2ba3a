use domain::{Audience, SETTINGS, Setting};
use http::header::ETAG;
use http_api::{Call, Caller, Problem, Reply};
use serde::Serialize;
use store::configuration::{Configuration, Read, ReadVersioned, Versioned};
use store::pictures::ImagesShown;
use utoipa::ToSchema;

use super::MASK;
use super::snapshot::{self, Snapshot};

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
///
/// `images` is a JSON object in text: the hashes of the images that there are, by name. An image
/// that is asked for with its hash as `v` may be kept for good.
#[utoipa::path(
    get,
    path = "/api/application-configuration",
    operation_id = "readPublicConfiguration",
    responses((status = 200, body = Vec<SettingDto<'static>>))
)]
pub(crate) async fn read_public(call: Call) -> Result<Reply, Problem> {
    let Snapshot { settings, images, .. } = public(&call).await?;
    let images = serde_json::to_string(&images).unwrap_or_default();
    let chosen = SETTINGS.iter().filter(|setting| is_public(setting));
    let chosen = chosen.map(|setting| on_wire(&settings, setting));
    let fixed = ["uiConfigDisabled", "tracingEnabled"];
    let fixed = fixed.map(|key| SettingDto { key, kind: "bool", value: "false" });
    let images = SettingDto { key: "images", kind: "string", value: &images };
    Reply::ok(&chosen.chain(fixed).chain([images]).collect::<Vec<_>>())
}

async fn public(call: &Call) -> Result<Snapshot, Problem> {
    if let Some(snapshot) = snapshot::read(call).await {
        return Ok(snapshot);
    }
    let (configuration, images) = call.run((Read, ImagesShown)).await?;
    let snapshot = Snapshot::new(call, &configuration, images);
    snapshot::write(call, &snapshot).await;
    Ok(snapshot)
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
