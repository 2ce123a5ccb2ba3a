//! The API's description, from the code, beside the pages: `api/openapi.json`.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::functions::FUNCTIONS;
use crate::process::{run, run_quietly};
use crate::stamp::Stamp;

/// Writes it, and its compressed form for a runtime that serves files as they are, unless the code
/// is as it was. (A build of the pages takes both away.)
pub(super) fn write(root: &Path) -> Result<(), Failure> {
    let file = root.join("functions/web/pages/dist/api/openapi.json");
    let stamp = stamp(root);
    if stamp.is_fresh() && file.is_file() {
        return Ok(());
    }
    println!("Writing the API's description");
    stamp.forget()?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["run", "--locked", "--quiet", "--package", "postern-openapi"]);
    run(cargo.arg("--").arg(&file))?;
    run_quietly(Command::new("gzip").args(["-9", "--keep", "--force"]).arg(&file))?;
    stamp.write()
}

fn stamp(root: &Path) -> Stamp {
    let fixed = ["Cargo.toml", "Cargo.lock", "infra/openapi", "shared"].map(|path| root.join(path));
    let functions = FUNCTIONS.iter().filter(|function| !function.is_front_door());
    let sources = functions.map(|function| root.join("functions").join(function.name).join("src"));
    let inputs: Vec<_> = fixed.into_iter().chain(sources).collect();
    Stamp::of(root.join(".postern/stamps/openapi"), &inputs)
}
