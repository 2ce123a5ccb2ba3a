//! The tools a build needs: what must be there, and what is fetched.

mod cargo_tools;
mod debian;
mod node;
mod prerequisites;
mod python;

use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use debian::{ensure_active_directory, ensure_openldap, ensure_postfix};
pub(crate) use prerequisites::{check as check_prerequisites, ensure_target};
pub(crate) use python::{ensure as ensure_python, python_tool};

use crate::failure::Failure;

/// What the Workers are compiled for.
pub(crate) const WORKERS_TARGET: &str = "wasm32-unknown-unknown";
/// What the Spin components are compiled for.
pub(crate) const SPIN_TARGET: &str = "wasm32-wasip2";

/// Everything a build of functions and pages needs, installed.
pub(crate) struct Tools {
    root: PathBuf,
    wasm_bindgen: PathBuf,
    worker_build: PathBuf,
}

impl Tools {
    /// Installs what is missing. Nothing is done, and nothing printed, when nothing is.
    pub(crate) fn ensure(root: &Path) -> Result<Self, Failure> {
        prerequisites::check()?;
        prerequisites::ensure_target(root, WORKERS_TARGET)?;
        node::ensure_packages(root)?;
        let wasm_bindgen = cargo_tools::wasm_bindgen(root)?;
        let worker_build = cargo_tools::worker_build()?;
        Ok(Self { root: root.to_path_buf(), wasm_bindgen, worker_build })
    }

    /// `worker-build`, told where its helpers are so that it downloads none.
    pub(crate) fn worker_build(&self) -> Command {
        let mut command = Command::new(&self.worker_build);
        command
            .env("WASM_BINDGEN_BIN", &self.wasm_bindgen)
            .env("WASM_OPT_BIN", node::binary(&self.root, "wasm-opt"))
            .env("ESBUILD_BIN", node::binary(&self.root, "esbuild"))
            .env("PATH", node::path(&self.root));
        command
    }

    pub(crate) fn wasm_opt(&self) -> Command {
        let mut command = Command::new(node::binary(&self.root, "wasm-opt"));
        command.env("PATH", node::path(&self.root));
        command
    }
}

/// The Node that came with the npm packages: wrangler wants a newer one than many systems have.
pub(crate) fn node(root: &Path) -> Command {
    let mut command = Command::new(node::binary(root, "node"));
    command.current_dir(root).env("PATH", node::path(root)).env("WRANGLER_SEND_METRICS", "false");
    command
}

/// An npm script's environment: npm itself from the system, `node` from the packages.
pub(crate) fn npm(root: &Path) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(root).env("PATH", node::path(root));
    command
}

/// Installs the npm packages if the lock file changed.
pub(crate) fn ensure_packages(root: &Path) -> Result<(), Failure> {
    node::ensure_packages(root)
}
