//! The relay's command line.

use std::process::ExitCode;

use mail_relay::Configuration;
use native_service::Act;

const USAGE: &str = "\
Usage: mail-relay [serve | check] [--config FILE]

  serve   Answer HTTP (the default)
  check   Connect to the mail server, sign in, and say what it offers

Settings come from the environment and from the TOML file; README.md lists them.
";

fn main() -> ExitCode {
    native_service::run(USAGE, Configuration::load, async |act, configuration| match act {
        Act::Serve => mail_relay::start(configuration).await?.serve().await,
        Act::Check => mail_relay::check(&configuration).await,
    })
}
