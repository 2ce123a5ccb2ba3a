//! Programs of the workspace that tests start.

use std::path::PathBuf;
use std::process::Command;

/// A program, built by the cargo that runs this test and in the same profile: cargo tells only the
/// program's own package where it is.
pub fn built(package: &str, program: &str) -> PathBuf {
    let this = std::env::current_exe().unwrap();
    // TARGET/debug/deps/test-0123, or TARGET/debug/program.
    let folder = this.ancestors().skip(1).find(|folder| !folder.ends_with("deps")).unwrap();
    let profile = if folder.ends_with("release") { "bench" } else { "dev" };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--package", package]);
    cargo.args(["--profile", profile, "--target-dir"]).arg(folder.parent().unwrap());
    assert!(cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap().success());
    folder.join(program)
}
