use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use super::stamp;
use crate::failure::Failure;
use crate::functions::Function;
use crate::process::{run, run_quietly};
use crate::stamp::Stamp;
use crate::tools::Tools;

/// Builds those of `functions` whose sources changed.
pub(super) fn build(root: &Path, tools: &Tools, functions: &[&Function]) -> Result<(), Failure> {
    let stale: Vec<(&Function, Stamp)> = functions
        .iter()
        .map(|function| (*function, stamp(root, function, "workers")))
        .filter(|(function, stamp)| !stamp.is_fresh() || !wasm(root, function).is_file())
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = stale.iter().map(|(function, _)| function.name).collect();
    println!("Building functions: {}", names.join(", "));
    stale.iter().try_for_each(|(_, stamp)| stamp.forget())?;
    compile(root, &stale)?;
    finish_all(root, tools, &stale)
}

/// One cargo call for all of them, so that the dependencies compile once and the links in parallel.
fn compile(root: &Path, stale: &[(&Function, Stamp)]) -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["build", "--locked", "--release", "--quiet"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--lib"]);
    for (function, _) in stale {
        cargo.args(["--package", &function.package()]);
    }
    run(&mut cargo)
}

/// worker-build for each: bindings, wasm-opt, bundle. Two at a time: wasm-opt uses one core.
fn finish_all(root: &Path, tools: &Tools, stale: &[(&Function, Stamp)]) -> Result<(), Failure> {
    let waiting = Mutex::new(stale.iter());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = || {
        while let Some((function, stamp)) = next() {
            finish(root, tools, function)?;
            stamp.write()?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let other = scope.spawn(work);
        let mine = work();
        other.join().unwrap_or_else(|_| Err(Failure::new("a build thread panicked"))).and(mine)
    })
}

fn finish(root: &Path, tools: &Tools, function: &Function) -> Result<(), Failure> {
    let folder = root.join("functions").join(function.name);
    run_quietly(tools.worker_build().current_dir(&folder).arg("--release"))?;
    // worker-build keeps every function's name, an eighth of what is transferred; the log has the
    // place of a panic without them. Nor does anybody read which tools made it.
    let wasm = wasm(root, function);
    let strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
    run_quietly(tools.wasm_opt().arg("--all-features").args(strip).arg(&wasm).arg("-o").arg(&wasm))
}

/// What is deployed.
pub(crate) fn wasm(root: &Path, function: &Function) -> PathBuf {
    root.join("functions").join(function.name).join("build/index_bg.wasm")
}
