//! `cargo xtask migrate spin --db FILE`: the migrations of `infra/migrations`, each applied once, on
//! the SQLite file behind a Spin deployment. `--sql` prints a script that does the same.
//!
//! `infra/migrate` does it, because it has SQLite and xtask is not to compile one.

use std::path::Path;
use std::process::Command;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::{process, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments, &["db", "after"], &["sql"])?;
    if arguments.words != ["spin"] {
        return Err(Failure::new("say what to migrate: cargo xtask migrate spin --db FILE"));
    }
    let root = workspace::root()?;
    if arguments.switch("sql") {
        return print(&root, arguments.option("after"));
    }
    let database = arguments.option("db").unwrap_or(".spin/sqlite_db.db");
    process::run(&mut on(&root, Path::new(database))?)
}

/// Brings `database`, made if missing, up to date, without a word.
pub(crate) fn spin(root: &Path, database: &Path) -> Result<(), Failure> {
    process::run_quietly(&mut on(root, database)?)
}

fn on(root: &Path, database: &Path) -> Result<Command, Failure> {
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder).map_err(Failure::during(folder.display()))?;
    }
    let mut program = program(root);
    program.arg("--db").arg(database);
    Ok(program)
}

fn print(root: &Path, after: Option<&str>) -> Result<(), Failure> {
    let mut program = program(root);
    program.arg("--sql");
    if let Some(after) = after {
        program.args(["--after", after]);
    }
    process::run(&mut program)
}

/// Not in the repository's folder: the database's path is relative to the caller's.
fn program(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--manifest-path"]).arg(root.join("Cargo.toml"));
    cargo.args(["--package", "postern-migrate", "--"]).arg(root.join("infra/migrations"));
    cargo
}
