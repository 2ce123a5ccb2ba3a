//! `cargo xtask bench`: figures for people to read, no tests.

use std::process::Command;

use crate::failure::Failure;
use crate::{process, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    if arguments != ["scale"] {
        return Err(Failure::new("there is `cargo xtask bench scale`"));
    }
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root()?);
    process::run(cargo.args(["run", "--quiet", "--package", "postern-suite", "--bin", "scale"]))
}
