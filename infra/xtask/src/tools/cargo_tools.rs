use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process::run;
use crate::workspace;

const WORKER_BUILD: &str = "0.8.7";

/// The wasm-bindgen program, which must be of exactly the library's version.
pub(super) fn wasm_bindgen(root: &Path) -> Result<PathBuf, Failure> {
    let lock = workspace::read(&root.join("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock does not name wasm-bindgen"))?;
    ensure("wasm-bindgen", "wasm-bindgen-cli", version)
}

pub(super) fn worker_build() -> Result<PathBuf, Failure> {
    ensure("worker-build", "worker-build", WORKER_BUILD)
}

/// The program in the cache, compiled first if need be. (From crates.io rather than as a release's
/// binary: the registry is checked by hash and is reachable wherever cargo is.)
fn ensure(program: &str, package: &str, version: &str) -> Result<PathBuf, Failure> {
    let home = workspace::cache()?.join("tools").join(format!("{program}-{version}"));
    let path = home.join("bin").join(program);
    if path.is_file() {
        return Ok(path);
    }
    println!("Compiling {program} {version}, once for this machine (some minutes)");
    let mut cargo = Command::new("cargo");
    cargo.args(["install", "--quiet", package, "--version", version, "--root"]).arg(&home);
    // Not into the workspace's target directory, whose lock and profiles are not meant for it.
    cargo.env_remove("CARGO_TARGET_DIR").current_dir(std::env::temp_dir());
    run(&mut cargo)?;
    Ok(path)
}

/// The version of `package` in a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let head = format!("name = \"{package}\"\nversion = \"");
    let (_, rest) = lock.split_once(&head)?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
