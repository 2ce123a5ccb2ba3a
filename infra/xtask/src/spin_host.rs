//! The project's own Spin host (`tests/spin-host`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::{process, workspace};

pub(crate) const PACKAGE: &str = "postern-spin-host";

/// The component that its tests run.
pub(crate) const FIXTURE: &str = "postern-spin-fixture";

/// How cargo is told to compile it, always: its own profile, because unoptimised it would take
/// minutes to compile a component, and one selection, so that the engine is built once.
pub(crate) const SELECTED: [&str; 4] = ["--profile", "spin-host", "--package", PACKAGE];

/// The host, built if need be (at first for some minutes).
pub(crate) fn ensure(root: &Path) -> Result<PathBuf, Failure> {
    let mut cargo = Command::new("cargo");
    process::run(cargo.current_dir(root).args(["build", "--quiet"]).args(SELECTED))?;
    Ok(workspace::target(root).join("spin-host").join(PACKAGE))
}
