//! `cargo xtask lint`: formatting, clippy on the host and for WASM, svelte-check, tidy.

use std::path::Path;
use std::process::Command;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::functions::{FUNCTIONS, Function};
use crate::runtime::Runtime;
use crate::{process, spin_host, tidy, tools, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let runtimes = Runtime::all_of(&Arguments::parse(arguments, &["runtime"], &[])?)?;
    all(&workspace::root()?, &runtimes)
}

/// Stops at the first tool that finds something; the cheapest come first.
pub(crate) fn all(root: &Path, runtimes: &[Runtime]) -> Result<(), Failure> {
    tools::check_prerequisites()?;
    tidy::check(root)?;
    process::run(cargo(root).args(["fmt", "--all", "--check"]))?;
    clippy(root, &["--workspace", "--exclude", spin_host::PACKAGE, "--all-targets"])?;
    for runtime in runtimes {
        match runtime {
            Runtime::Workers => clippy_wasm(root, tools::WORKERS_TARGET, &[])?,
            Runtime::Spin => clippy_wasm(root, tools::SPIN_TARGET, &[spin_host::FIXTURE])?,
        }
    }
    tools::ensure_packages(root)?;
    process::run(tools::npm(root).args(["run", "--silent", "check", "-w", "functions/web/pages"]))?;
    if runtimes.contains(&Runtime::Spin) {
        clippy(root, &[&spin_host::SELECTED[..], &["--all-targets"]].concat())?;
    }
    Ok(())
}

/// The adapters and what runs over them, as each runtime compiles them.
fn clippy_wasm(root: &Path, target: &str, also: &[&str]) -> Result<(), Failure> {
    tools::ensure_target(root, target)?;
    // The shared crates are named as well, because clippy reports only on packages that are.
    let shared = ["platform", "domain", "store", "http", "webauthn"];
    let packages = FUNCTIONS.iter().map(Function::package);
    let packages: Vec<String> = packages
        .chain(shared.map(|name| format!("postern-{name}")))
        .chain(["ldap-rs-proxy-client", "postern-mail-relay-client"].map(str::to_owned))
        .chain(also.iter().map(ToString::to_string))
        .collect();
    let mut selection = vec!["--lib", "--target", target];
    selection.extend(packages.iter().flat_map(|package| ["--package", package.as_str()]));
    clippy(root, &selection)
}

fn clippy(root: &Path, selection: &[&str]) -> Result<(), Failure> {
    let mut clippy = cargo(root);
    process::run(clippy.args(["clippy", "--quiet"]).args(selection).args(["--", "-D", "warnings"]))
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root);
    cargo
}
