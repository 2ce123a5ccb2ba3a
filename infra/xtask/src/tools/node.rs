use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process::run_quietly;
use crate::stamp::Stamp;

/// A program that an npm package brought.
pub(super) fn binary(root: &Path, name: &str) -> PathBuf {
    root.join("node_modules/.bin").join(name)
}

/// PATH with the npm packages' programs, their `node` among them, first.
pub(super) fn path(root: &Path) -> OsString {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(root.join("node_modules/.bin")).chain(env::split_paths(&inherited));
    env::join_paths(paths).unwrap_or(inherited)
}

/// `npm ci`, unless the packages in place are those of the lock file.
pub(super) fn ensure_packages(root: &Path) -> Result<(), Failure> {
    let stamp = Stamp::of(root.join("node_modules/.postern"), &[root.join("package-lock.json")]);
    if stamp.is_fresh() {
        return Ok(());
    }
    println!("Installing npm packages");
    let mut npm = Command::new("npm");
    run_quietly(npm.current_dir(root).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    stamp.write()
}
