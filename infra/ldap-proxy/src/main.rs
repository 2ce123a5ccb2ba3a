//! Answers HTTP with what an LDAP directory holds, from beside the directory.
//!
//! **In scope**: reading, paged and to the end; digests, so that what has not changed is not sent;
//! refusing whatever lies outside the configured base DNs and attributes; saying for certain whether
//! an answer is whole.
//!
//! **Not in scope**: writing to the directory, checking passwords, any idea of users and groups.
//!
//! The protocol's types are in `shared/ldap-proxy-client`, its description in `README.md`.

mod allowed;
mod answer;
mod canonical;
mod check;
mod configuration;
mod directory;
mod failures;
mod filter;
mod identifier;
mod metrics;
mod reading;
mod server;

use std::process::ExitCode;

use tracing::level_filters::LevelFilter;

use self::configuration::{Configuration, Refused};

const USAGE: &str = "\
Usage: ldap-proxy [serve | check] [--config FILE]

  serve   Answer HTTP (the default)
  check   Bind, count, and show three entries of each base DN

Settings come from the environment and from the TOML file; README.md lists them.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (command, file) = match arguments[..] {
        [] => ("serve", None),
        [command @ ("serve" | "check")] => (command, None),
        ["--config", file] => ("serve", Some(file)),
        [command @ ("serve" | "check"), "--config", file] => (command, Some(file)),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    tracing_subscriber::fmt().with_max_level(LevelFilter::INFO).with_writer(std::io::stderr).init();
    match Configuration::load(file.map(std::path::Path::new)) {
        Ok(configuration) => run(command, configuration),
        Err(Refused(complaints)) => {
            for complaint in complaints {
                eprintln!("error: {complaint}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, configuration: Configuration) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        match command {
            "check" => check::run(&configuration).await,
            _ => server::run(configuration).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
