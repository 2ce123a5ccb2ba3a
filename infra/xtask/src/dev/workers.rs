//! The built Workers in workerd, through infra/dev/serve.mjs.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::{Map, Value, json};

use super::migrations;
use super::secrets::Secrets;
use super::server::{Options, complaints, own_group};
use crate::failure::Failure;
use crate::functions::{FUNCTIONS, Function};
use crate::tools;

/// Migrates the local D1 and starts workerd.
pub(super) fn spawn(
    root: &Path,
    options: &Options,
    url: &str,
    secrets: &Secrets,
) -> Result<Child, Failure> {
    migrations::apply(root, &options.state)?;
    let mut node = tools::node(root);
    node.arg("infra/dev/serve.mjs").arg(configuration(root, options, url, secrets).to_string());
    // Miniflare leaves there what the Email Service would have sent.
    let temporary = temporary(&options.state);
    std::fs::create_dir_all(&temporary).map_err(Failure::during(temporary.display()))?;
    node.env("TMPDIR", temporary);
    node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(complaints(options)?);
    own_group(&mut node);
    node.spawn().map_err(Failure::during("starting infra/dev/serve.mjs"))
}

pub(super) fn temporary(state: &Path) -> PathBuf {
    state.join("tmp")
}

fn configuration(root: &Path, options: &Options, url: &str, secrets: &Secrets) -> Value {
    let vars: Map<String, Value> = FUNCTIONS
        .iter()
        .map(|function| (function.name.to_owned(), vars(function, options, url, secrets)))
        .collect();
    json!({
        "root": root,
        "port": options.port,
        "state": options.state,
        "functions": FUNCTIONS.iter().map(|function| function.name).collect::<Vec<_>>(),
        "vars": vars,
    })
}

fn vars(function: &Function, options: &Options, url: &str, secrets: &Secrets) -> Value {
    let mut vars = Map::new();
    if !function.is_front_door() {
        vars.insert("APP_URL".to_owned(), url.into());
        if !options.rate_limits {
            vars.insert("RATE_LIMITS".to_owned(), "off".into());
        }
    }
    if function.name == "email" && options.send_email {
        vars.insert("MAIL_TRANSPORT".to_owned(), "send_email".into());
    }
    for secret in function.secrets {
        let value = match *secret {
            "SETUP_TOKEN" => &secrets.setup_token,
            "DATA_KEY" => &secrets.data_key,
            "LDAP_PROXY_SECRET" => match &options.ldap_proxy {
                Some(proxy) => {
                    vars.insert("LDAP_PROXY_URL".to_owned(), proxy.url.as_str().into());
                    &proxy.secret
                }
                None => continue,
            },
            "MAIL_RELAY_SECRET" => match &options.mail_relay {
                Some(relay) => {
                    vars.insert("MAIL_TRANSPORT".to_owned(), "relay".into());
                    vars.insert("MAIL_RELAY_URL".to_owned(), relay.url.as_str().into());
                    &relay.secret
                }
                None => continue,
            },
            _ => &secrets.session_key,
        };
        vars.insert((*secret).to_owned(), value.as_str().into());
    }
    vars.into()
}
