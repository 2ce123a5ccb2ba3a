//! `cargo xtask migrate spin --db FILE`: the migrations of `infra/migrations`, each applied once, on
//! the SQLite file behind a Spin deployment.
//!
//! The Spin host does it, because it has SQLite and xtask is not to compile one.

use std::path::Path;
use std::process::Command;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::{process, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments, &["db"], &[])?;
    if arguments.words != ["spin"] {
        return Err(Failure::new("say what to migrate: cargo xtask migrate spin --db FILE"));
    }
    let database = arguments.option("db").unwrap_or(".spin/sqlite_db.db");
    spin(&workspace::root()?, Path::new(database))
}

/// Brings `database`, made if missing, up to date.
pub(crate) fn spin(root: &Path, database: &Path) -> Result<(), Failure> {
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder).map_err(Failure::during(folder.display()))?;
    }
    let mut host = spin_host();
    host.arg("migrate").arg("--db").arg(database);
    process::run(host.arg("--migrations").arg(root.join("infra/migrations")))
}

/// The Spin host, built if need be, with its own profile: unoptimised it would take minutes to
/// compile a component.
pub(crate) fn spin_host() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--profile", "spin-host", "-p", "postern-spin-host", "--"]);
    cargo
}
