use http_api::{Call, Problem, Reply};
use serde::Serialize;
use store::configuration::{PUBLIC, Read};

/// A setting on the wire.
#[derive(Serialize)]
struct Setting<'a> {
    key: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    value: &'a str,
}

/// `GET /api/application-configuration`: what pages need before anybody signs in.
pub(crate) async fn read_public(call: Call) -> Result<Reply, Problem> {
    let configuration = call.run(Read).await?;
    let chosen = PUBLIC.iter().map(|setting| Setting {
        key: setting.key,
        kind: setting.kind,
        value: configuration.public(setting),
    });
    let fixed = ["uiConfigDisabled", "tracingEnabled"].map(|key| Setting {
        key,
        kind: "bool",
        value: "false",
    });
    Reply::ok(&chosen.chain(fixed).collect::<Vec<_>>())
}
