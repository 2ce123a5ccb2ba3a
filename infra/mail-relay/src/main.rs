//! The relay's command line.

use std::path::Path;
use std::process::ExitCode;

use mail_relay::{Configuration, Refused};
use tracing::level_filters::LevelFilter;

const USAGE: &str = "\
Usage: mail-relay [serve | check] [--config FILE]

  serve   Answer HTTP (the default)
  check   Connect to the mail server, sign in, and say what it offers

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
    match Configuration::load(file.map(Path::new)) {
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
            "check" => mail_relay::check(&configuration).await,
            _ => mail_relay::start(configuration).await?.serve().await,
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
