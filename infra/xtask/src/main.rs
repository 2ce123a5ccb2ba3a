//! One command for everything: `cargo xtask dev`, `test`, `build`, `sizes`, `lint`, `tidy`.
//!
//! **In scope**: what a newcomer, the CI and a deployment run; the tools they need and nobody
//! wants to install by hand; the invariants of docs/ARCHITECTURE.md that a tool can see.
//!
//! **Not in scope**: anything that runs in production. Compile time matters here: this is the
//! first thing a newcomer compiles.

mod arguments;
mod artifacts;
mod bench;
mod dev;
mod failure;
mod functions;
mod lint;
mod mail_preview;
mod migrate;
mod process;
mod runtime;
mod sizes;
mod spin_host;
mod stamp;
mod test;
mod tidy;
mod tools;
mod workspace;

use std::process::ExitCode;

use crate::failure::Failure;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  dev     Set everything up, build, and serve on http://localhost:8787
            --port N            another port
            --state DIR         where the local database lives (default .postern/state/RUNTIME)
            --setup-token T     the token that /setup asks for; '' for none (default: random)
            --rate-limits off   switch the rate limits off
            --mail-relay URL    the relay that mail goes by; its secret in MAIL_RELAY_SECRET
            --send-email        mail goes to Miniflare's stand-in for Cloudflare's Email Service
            --ldap-proxy URL    the proxy beside a directory; its secret in LDAP_PROXY_SECRET
            --reset             start with an empty database
            --runtime spin      on Spin (4.1 or later), or in the project's test host
  build   Build every function and the pages, or those named: build users web, build spin
  sizes   Compare what is transferred with its limits
  lint    Formatting, clippy (host and WASM), svelte-check, tidy
  migrate Bring the SQLite file of a Spin deployment up to date: migrate spin --db FILE
            --sql [--after M]   print a script instead, of the migrations after M
  bench   Figures: bench scale (what lists read and take, 1,000 to 1,000,000 users),
            bench mail [--relay] (10,000 mails through a dispatcher that is killed again and again),
            bench ldap-proxy (reading a directory of 1,000 to 100,000 entries), bench ldap (syncing it)
  screenshots  Save how each page looks: desktop, phone, dark
  mail-preview [DIR]  Write every mail as .html, .txt and .eml (default target/mail-preview)
  trips   What each route costs in database trips and rows
  tidy    The invariants a tool can see; --release-migrations records the migrations as released
  test    Every check, or those named: lint unit http trips build sizes e2e generated browser
            --runtime NAME      workers, spin or all (default); also for build, sizes and lint
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return ExitCode::FAILURE;
    };
    match run(command, rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, rest: &[String]) -> Result<(), Failure> {
    match command {
        "dev" => dev::run(rest),
        "build" => artifacts::run(rest),
        "sizes" => sizes::run(rest),
        "lint" => lint::run(rest),
        "tidy" => tidy::run(rest),
        "migrate" => migrate::run(rest),
        "test" => test::run(rest),
        "trips" => test::run(&["trips".to_owned()]),
        "bench" => bench::run(rest),
        "screenshots" => test::screenshots(rest),
        "mail-preview" => mail_preview::run(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        unknown => {
            print!("{HELP}");
            Err(Failure::new(format!("there is no command `{unknown}`")))
        }
    }
}
