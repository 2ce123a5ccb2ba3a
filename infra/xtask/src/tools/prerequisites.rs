use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{output_of, run};

/// A program that must be there before anything else works, and how to get it.
struct Prerequisite {
    program: &'static str,
    ask: &'static str,
    install: &'static str,
}

const PREREQUISITES: [Prerequisite; 5] = [
    Prerequisite {
        program: "cargo",
        ask: "--version",
        install: "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh",
    },
    Prerequisite {
        program: "rustup",
        ask: "--version",
        install: "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh",
    },
    Prerequisite {
        program: "cc",
        ask: "--version",
        install: "apt-get install build-essential   (macOS: xcode-select --install)",
    },
    Prerequisite {
        program: "node",
        ask: "--version",
        install: "apt-get install nodejs, or https://nodejs.org",
    },
    Prerequisite { program: "npm", ask: "--version", install: "apt-get install npm" },
];

const OLDEST_NODE: u32 = 20;

/// Names every missing program together with the command that installs it.
pub(crate) fn check() -> Result<(), Failure> {
    let mut missing: Vec<String> = PREREQUISITES
        .iter()
        .filter(|needed| output_of(Command::new(needed.program).arg(needed.ask)).is_none())
        .map(|needed| format!("  {} is missing: {}", needed.program, needed.install))
        .collect();
    if let Some(version) = output_of(Command::new("node").arg("--version"))
        && major(&version) < OLDEST_NODE
    {
        missing.push(format!(
            "  node {version} is too old, {OLDEST_NODE} is needed: https://nodejs.org"
        ));
    }
    if missing.is_empty() { Ok(()) } else { Err(Failure::new(format!("\n{}", missing.join("\n")))) }
}

fn major(version: &str) -> u32 {
    version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Adds the WASM target to the toolchain that builds this repository.
pub(crate) fn ensure_target(root: &Path, target: &str) -> Result<(), Failure> {
    let mut list = Command::new("rustup");
    list.current_dir(root).args(["target", "list", "--installed"]);
    if output_of(&mut list).is_some_and(|targets| targets.lines().any(|line| line == target)) {
        return Ok(());
    }
    println!("Adding the Rust target {target}");
    run(Command::new("rustup").current_dir(root).args(["target", "add", target]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!(major("v20.20.2"), 20);
        assert_eq!(major("nonsense"), 0);
    }
}
