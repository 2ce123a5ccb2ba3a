//! `cargo xtask dev`: everything between a clean checkout and a running Postern.

mod companion;
mod migrations;
mod schedule;
mod secrets;
mod server;
mod spin;
mod spin_cli;
mod workers;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

pub(crate) use companion::Companion;
pub(crate) use server::{Options, Server};

use crate::arguments::Arguments;
use crate::artifacts;
use crate::failure::Failure;
use crate::runtime::Runtime;
use crate::workspace;

/// How often a running server is looked at, and how often that makes a minute.
const NAP: Duration = Duration::from_millis(50);
const NAPS_A_MINUTE: u64 = 1_200;

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let root = workspace::root()?;
    let options = options(&root, arguments)?;
    server::check_port(options.port)?;
    artifacts::everything(&root, options.runtime)?;
    let ended = on_signal()?;
    let mut server = Server::start(&root, &options)?;
    println!("Ready on {}", server.url);
    println!("Set up the first administrator: {}", server.setup_url());
    for nap in 1_u64.. {
        if ended.load(Ordering::Relaxed) {
            break;
        }
        server.check()?;
        if nap.is_multiple_of(NAPS_A_MINUTE) {
            server.strike();
        }
        thread::sleep(NAP);
    }
    println!("Stopping");
    Ok(())
}

fn options(root: &Path, arguments: &[String]) -> Result<Options, Failure> {
    let known = [
        "runtime",
        "port",
        "state",
        "setup-token",
        "rate-limits",
        "mail-port",
        "mail-relay",
        "ldap-proxy",
    ];
    let arguments = Arguments::parse(arguments, &known, &["reset", "send-email"])?;
    let runtime = Runtime::of(&arguments)?;
    let rate_limits = match arguments.option("rate-limits") {
        None | Some("on") => true,
        Some("off") => false,
        Some(other) => {
            return Err(Failure::new(format!("--rate-limits is on or off, not {other}")));
        }
    };
    let state = arguments
        .option("state")
        .map_or_else(|| root.join(".postern/state").join(runtime.name()), PathBuf::from);
    Ok(Options {
        runtime,
        port: port(&arguments, "port", "8787")?,
        state: std::path::absolute(&state).map_err(Failure::during(state.display()))?,
        setup_token: arguments.option("setup-token").map(str::to_owned),
        rate_limits,
        reset: arguments.switch("reset"),
        mail_port: port(&arguments, "mail-port", "25")?,
        mail_relay: Companion::of(&arguments, "mail-relay", "MAIL_RELAY_SECRET")?,
        send_email: arguments.switch("send-email"),
        ldap_proxy: Companion::of(&arguments, "ldap-proxy", "LDAP_PROXY_SECRET")?,
        log: None,
    })
}

fn port(arguments: &Arguments, option: &str, default: &str) -> Result<u16, Failure> {
    let port = arguments.option(option).unwrap_or(default);
    port.parse().map_err(|_| Failure::new(format!("`{port}` is not a port")))
}

/// A flag that Ctrl-C, SIGTERM and a closed terminal raise.
fn on_signal() -> Result<Arc<AtomicBool>, Failure> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&ended))
            .map_err(Failure::during("listening for signals"))?;
    }
    Ok(ended)
}
