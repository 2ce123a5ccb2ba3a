use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use super::port::free_port;
use crate::artifacts;
use crate::dev::{Companion, Options, Server};
use crate::failure::Failure;
use crate::process::run;
use crate::runtime::Runtime;
use crate::spin_host;

/// Whether the server counts attempts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Limits {
    On,
    Off,
}

/// How mail leaves the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mail {
    Directly,
    ByRelay,
    /// Workers alone.
    ByService,
}

/// Serves a Postern with an empty database on a free port for as long as `work` takes.
pub(super) fn with_server(
    root: &Path,
    runtime: Runtime,
    limits: Limits,
    mail: Mail,
    work: impl FnOnce(&Server) -> Result<(), Failure>,
) -> Result<(), Failure> {
    artifacts::everything(root, runtime)?;
    let state = Scratch::new(root)?;
    let options = Options {
        runtime,
        port: free_port()?,
        state: state.0.clone(),
        setup_token: None,
        rate_limits: limits == Limits::On,
        reset: true,
        mail_port: free_port()?,
        mail_relay: (mail == Mail::ByRelay).then(companion).transpose()?,
        send_email: mail == Mail::ByService,
        ldap_proxy: Some(companion()?),
        log: Some(state.log()),
    };
    let server = Server::start(root, &options).map_err(|failure| state.shown(failure))?;
    println!("Testing {} on {}", server.url, runtime.name());
    work(&server).map_err(|failure| state.shown(failure))?;
    let _ = std::fs::remove_file(state.log());
    Ok(())
}

/// One test target of the suite, pointed at `server`.
pub(super) fn suite(root: &Path, server: &Server, target: &str) -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--quiet", "-p", "postern-suite", "--test", target]);
    cargo.env("POSTERN_URL", &server.url).env("POSTERN_SETUP_TOKEN", &server.setup_token);
    if let Some(proxy) = &server.ldap_proxy {
        cargo.env("POSTERN_LDAP_PROXY_URL", &proxy.url);
        cargo.env("POSTERN_LDAP_PROXY_SECRET", &proxy.secret);
    }
    if let Some(relay) = &server.mail_relay {
        cargo.env("POSTERN_MAIL_RELAY_URL", &relay.url);
        cargo.env("POSTERN_MAIL_RELAY_SECRET", &relay.secret);
    }
    if let Some(folder) = &server.sent_mail {
        cargo.env("POSTERN_SENT_MAIL", folder);
    }
    run(&mut cargo)
}

/// What Spin alone can suffer, in the project's own host, which the tests start and kill.
pub(super) fn spin_faults(root: &Path) -> Result<(), Failure> {
    println!("Testing faults on {}", Runtime::Spin.name());
    let host = spin_host::ensure(root)?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--quiet", "-p", "postern-suite", "--test", "spin"]);
    run(cargo.env("POSTERN_SPIN_HOST", host))
}

/// Where the server will look for a program beside it, which the tests bring along.
fn companion() -> Result<Companion, Failure> {
    let url = format!("http://127.0.0.1:{}", free_port()?);
    Ok(Companion { url, secret: "a secret of the tests, long enough".to_owned() })
}

/// A folder of this run alone that goes with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(root: &Path) -> Result<Self, Failure> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = root.join(".postern/tests").join(format!("{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(Failure::during(folder.display()))?;
        Ok(Self(folder))
    }

    fn log(&self) -> PathBuf {
        self.0.with_extension("log")
    }

    /// A failure with what the server complained of meanwhile.
    fn shown(&self, failure: Failure) -> Failure {
        let log = self.log();
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        let complaints: Vec<_> = said.lines().filter(|line| is_complaint(line)).collect();
        let last = complaints.len().saturating_sub(40);
        let shown = complaints[last..].join("\n");
        failure.showing(&format!("The server, {}:\n{shown}\n", log.display()))
    }
}

/// Anything but the line of a request that was answered.
fn is_complaint(line: &str) -> bool {
    !line.starts_with('{') || line.contains("\"status\":5")
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
