//! The built components, in Spin where it is installed, else in the project's own test host.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::secrets::Secrets;
use super::server::{Options, complaints, own_group};
use super::spin_cli;
use crate::failure::Failure;
use crate::{migrate, spin_host};

/// Where Spin keeps the database `default` in a state folder.
const DATABASE: &str = "sqlite_db.db";

/// Migrates the database and starts the host.
pub(super) fn spawn(
    root: &Path,
    options: &Options,
    url: &str,
    secrets: &Secrets,
) -> Result<Child, Failure> {
    let database = options.state.join(DATABASE);
    migrate::spin(root, &database)?;
    let mut command = if spin_cli::is_usable() {
        spin_cli::up(root, &options.state)
    } else {
        own_host(root, &database)?
    };
    command.current_dir(root).arg("--listen").arg(format!("127.0.0.1:{}", options.port));
    let directory = options.ldap_proxy.iter().flat_map(|proxy| {
        [("ldap_proxy_url", proxy.url.as_str()), ("ldap_proxy_secret", proxy.secret.as_str())]
    });
    let relay = options.mail_relay.iter().flat_map(|relay| {
        [
            ("mail_transport", "relay"),
            ("mail_relay_url", relay.url.as_str()),
            ("mail_relay_secret", relay.secret.as_str()),
        ]
    });
    let variables = variables(options, url, secrets).into_iter();
    for (name, value) in variables.chain(directory).chain(relay) {
        command.arg("--variable").arg(format!("{name}={value}"));
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(complaints(options)?);
    own_group(&mut command);
    command.spawn().map_err(Failure::during("starting the Spin host"))
}

fn own_host(root: &Path, database: &Path) -> Result<Command, Failure> {
    let mut host = Command::new(spin_host::ensure(root)?);
    host.arg("--manifest").arg(root.join("spin.toml")).arg("--db").arg(database);
    Ok(host)
}

fn variables<'a>(
    options: &Options,
    url: &'a str,
    secrets: &'a Secrets,
) -> [(&'static str, &'a str); 7] {
    [
        ("app_url", url),
        ("session_key", &secrets.session_key),
        ("data_key", &secrets.data_key),
        ("setup_token", &secrets.setup_token),
        ("schedule_key", &secrets.schedule_key),
        // Any mail server of this machine, a test's as well as one that catches mail.
        ("mail_server", "127.0.0.1:*"),
        ("rate_limits", if options.rate_limits { "on" } else { "off" }),
    ]
}
