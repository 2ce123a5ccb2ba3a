//! `cargo xtask tidy`: the invariants of docs/ARCHITECTURE.md that a tool can see.
//!
//! Each check is a pure function from files to complaints, tested with a sample that breaks it.

mod files;
mod layers;
mod leftovers;
mod length;
mod machine;
mod mailing;
mod migrations;
mod names;
mod platform;
mod readmes;
mod secrets;
mod sql;

use std::path::Path;

use self::files::File;
use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::workspace;

type Check = fn(&[File]) -> Vec<String>;

const CHECKS: [(&str, Check); 11] = [
    ("a vendor's SDK stays in shared/platform", platform::check),
    ("SQL stays in shared/store and infra/migrations", sql::check),
    ("layers point down", layers::check),
    ("files stay short", length::check),
    ("nothing is left undone", leftovers::check),
    ("crates are named after what they do", names::check),
    ("every crate says what it is", readmes::check),
    ("no machine's paths, no private keys", machine::check),
    ("released migrations never change", migrations::check),
    ("each function has its own secrets alone", secrets::check),
    ("who causes mail wakes the dispatcher", mailing::check),
];

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments, &[], &["release-migrations"])?;
    let root = workspace::root()?;
    if arguments.switch("release-migrations") {
        workspace::write(&root.join(migrations::LIST), &migrations::list(&files::read_all(&root)))?;
    }
    check(&root)
}

/// Runs every check, then fails if one had something to say.
pub(crate) fn check(root: &Path) -> Result<(), Failure> {
    let files = files::read_all(root);
    let mut count = 0;
    for (invariant, check) in CHECKS {
        let complaints = check(&files);
        count += complaints.len();
        for complaint in complaints {
            println!("tidy: {invariant}: {complaint}");
        }
    }
    match count {
        0 => Ok(()),
        count => Err(Failure::new(format!("tidy found {count} breaches"))),
    }
}
