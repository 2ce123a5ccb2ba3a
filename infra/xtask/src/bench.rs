//! `cargo xtask bench`: figures for people to read, no tests.

use std::process::Command;

use crate::failure::Failure;
use crate::{process, tools, workspace};

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root()?);
    match arguments[..] {
        ["mail", "--relay"] => {
            let bench = ["--package", "postern-suite", "--bin", "mail", "--", "--relay"];
            cargo.args(["run", "--quiet"]).args(bench)
        }
        [name @ ("scale" | "mail")] => {
            cargo.args(["run", "--quiet", "--package", "postern-suite", "--bin", name])
        }
        ["ldap"] => {
            tools::ensure_openldap()?;
            // What the proxy and the functions take is measured, so neither is built for debugging.
            cargo.args(["run", "--quiet", "--profile", "bench", "--package", "postern-suite"]);
            cargo.args(["--bin", "ldap"])
        }
        ["ldap-proxy"] => {
            tools::ensure_openldap()?;
            cargo.args(["bench", "--quiet", "--package", "postern-ldap-proxy", "--bench", "scale"])
        }
        _ => {
            return Err(Failure::new(
                "there are the benches `scale`, `mail`, `ldap` and `ldap-proxy`",
            ));
        }
    };
    process::run(&mut cargo)
}
