//! `cargo xtask lint`: formatting, clippy on the host and for WASM, svelte-check, tidy.

use std::path::Path;
use std::process::Command;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::functions::FUNCTIONS;
use crate::process;
use crate::{tidy, tools, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    Arguments::parse(arguments, &[], &[])?;
    all(&workspace::root()?)
}

/// Stops at the first tool that finds something; the cheapest come first.
pub(crate) fn all(root: &Path) -> Result<(), Failure> {
    tools::check_prerequisites()?;
    tidy::check(root)?;
    process::run(cargo(root).args(["fmt", "--all", "--check"]))?;
    process::run(cargo(root).args([
        "clippy",
        "--quiet",
        "--workspace",
        "--exclude",
        "postern-spin-host",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    clippy_wasm(root, tools::WORKERS_TARGET)?;
    clippy_wasm(root, tools::SPIN_TARGET)?;
    tools::ensure_packages(root)?;
    process::run(tools::npm(root).args(["run", "--silent", "check", "-w", "functions/web/pages"]))
}

/// The adapters and what runs over them, as each runtime compiles them.
fn clippy_wasm(root: &Path, target: &str) -> Result<(), Failure> {
    tools::ensure_target(root, target)?;
    let mut clippy = cargo(root);
    clippy.args(["clippy", "--quiet", "--lib", "--target", target]);
    for function in &FUNCTIONS {
        clippy.args(["--package", &function.package()]);
    }
    // Named as well, because clippy reports only on packages that are.
    for package in ["platform", "domain", "store", "http", "webauthn"] {
        clippy.args(["--package", &format!("postern-{package}")]);
    }
    process::run(clippy.args(["--", "-D", "warnings"]))
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root);
    cargo
}
