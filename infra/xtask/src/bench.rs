//! `cargo xtask bench`: figures for people to read, no tests.

use std::process::Command;

use crate::failure::Failure;
use crate::{process, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let [name @ ("scale" | "mail")] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]
    else {
        return Err(Failure::new(
            "there are `cargo xtask bench scale` and `cargo xtask bench mail`",
        ));
    };
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root()?);
    process::run(cargo.args(["run", "--quiet", "--package", "postern-suite", "--bin", name]))
}
