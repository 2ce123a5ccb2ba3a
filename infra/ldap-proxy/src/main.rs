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

use native_service::Act;

use self::configuration::Configuration;

const USAGE: &str = "\
Usage: ldap-proxy [serve | check] [--config FILE]

  serve   Answer HTTP (the default)
  check   Bind, count, and show three entries of each base DN

Settings come from the environment and from the TOML file; README.md lists them.
";

fn main() -> ExitCode {
    native_service::run(USAGE, Configuration::load, async |act, configuration| match act {
        Act::Serve => server::run(configuration).await,
        Act::Check => check::run(&configuration).await,
    })
}
