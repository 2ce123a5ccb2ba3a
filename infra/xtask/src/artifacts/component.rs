//! Spin components, to `target/spin`, where spin.toml finds them.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::custom_sections::stripped;
use super::stamp;
use crate::failure::Failure;
use crate::functions::Function;
use crate::process::run;
use crate::stamp::Stamp;
use crate::tools::{self, SPIN_TARGET};
use crate::workspace;

/// Builds the Spin components of those of `functions` whose sources changed.
pub(super) fn build(root: &Path, functions: &[&Function]) -> Result<(), Failure> {
    let stale: Vec<(&Function, Stamp)> = functions
        .iter()
        .map(|function| (*function, stamp(root, function, "spin")))
        .filter(|(function, stamp)| !stamp.is_fresh() || !output(root, function).is_file())
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = stale.iter().map(|(function, _)| function.name).collect();
    println!("Building components: {}", names.join(", "));
    tools::ensure_target(root, SPIN_TARGET)?;
    stale.iter().try_for_each(|(_, stamp)| stamp.forget())?;
    compile(root, &stale)?;
    stale.iter().try_for_each(|(function, stamp)| collect(root, function, stamp))
}

/// Where spin.toml finds a component, wherever Cargo puts what it builds.
pub(crate) fn output(root: &Path, function: &Function) -> PathBuf {
    root.join("target/spin").join(format!("{}.wasm", function.name))
}

/// One cargo call for all of them, so that the links run side by side. Symbols go here alone: the
/// Workers' tools need them in the same profile.
fn compile(root: &Path, stale: &[(&Function, Stamp)]) -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["build", "--locked", "--release", "--quiet", "--lib"]);
    cargo.args(["--target", SPIN_TARGET]).env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    for (function, _) in stale {
        cargo.args(["--package", &function.package()]);
    }
    run(&mut cargo)
}

fn collect(root: &Path, function: &Function, stamp: &Stamp) -> Result<(), Failure> {
    let file = format!("{}.wasm", function.package().replace('-', "_"));
    let built = workspace::target(root).join(SPIN_TARGET).join("release").join(file);
    let output = output(root, function);
    let folder = output.parent().unwrap_or(root);
    std::fs::create_dir_all(folder).map_err(Failure::during(folder.display()))?;
    let component = std::fs::read(&built).map_err(Failure::during(built.display()))?;
    let component = stripped(&component)
        .ok_or_else(|| Failure::new(format!("{} is no component", built.display())))?;
    std::fs::write(&output, component).map_err(Failure::during(output.display()))?;
    stamp.write()
}
