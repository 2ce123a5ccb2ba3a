//! `cargo xtask mail-preview [DIR]`: every mail as files, for people to look at.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::{process, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let root = workspace::root()?;
    let folder = match arguments {
        [] => workspace::target(&root).join("mail-preview"),
        [folder] if !folder.starts_with('-') => PathBuf::from(folder),
        _ => return Err(Failure::new("there is `cargo xtask mail-preview [DIR]`")),
    };
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--manifest-path"]).arg(root.join("Cargo.toml"));
    cargo.args(["--package", "postern-mail", "--example", "preview", "--"]);
    process::run(cargo.arg(folder))
}
