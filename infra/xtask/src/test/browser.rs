use std::path::{Path, PathBuf};
use std::process::Command;

use super::running::{Limits, Mail, with_server};
use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process::{self, output_of, run_quietly};
use crate::runtime::Runtime;
use crate::{tools, workspace};

/// Chromium is told the server's address; Playwright brings no browser of its own, but the mail
/// server that Postern sends to, and the directory that it reads.
fn playwright(
    root: &Path,
    runtime: Runtime,
    chromium: &Path,
    arguments: &[&str],
) -> Result<(), Failure> {
    tools::ensure_openldap()?;
    // The tests ask cargo where it is; to compile it would take longer than a test may.
    super::cargo(root, &["build", "--quiet", "--locked", "--package", "postern-ldap-proxy"])?;
    with_server(root, runtime, Limits::Off, Mail::Directly, |server| {
        let mut playwright = tools::node(root);
        playwright.current_dir(root.join("tests/browser"));
        playwright.arg(root.join("node_modules/@playwright/test/cli.js"));
        playwright.arg("test").args(arguments);
        playwright.env("BASE_URL", &server.url).env("SETUP_TOKEN", &server.setup_token);
        playwright.env("MAIL_PORT", server.mail_port.to_string());
        if let Some(proxy) = &server.ldap_proxy {
            playwright.env("LDAP_PROXY_URL", &proxy.url).env("LDAP_PROXY_SECRET", &proxy.secret);
        }
        process::run(playwright.env("CHROMIUM_PATH", chromium))
    })
}

/// The pages in a real Chromium with a virtual authenticator.
pub(super) fn run(root: &Path, runtimes: &[Runtime]) -> Result<(), Failure> {
    let chromium = chromium()?;
    runtimes.iter().try_for_each(|runtime| playwright(root, *runtime, &chromium, &[]))
}

/// How each page looks on a desktop, on a phone and in the dark, saved for people to look at.
pub(crate) fn screenshots(arguments: &[String]) -> Result<(), Failure> {
    let runtime = Runtime::of(&Arguments::parse(arguments, &["runtime"], &[])?)?;
    let root = workspace::root()?;
    tools::check_prerequisites()?;
    let configuration = ["--config", "playwright.screenshots.config.ts"];
    playwright(&root, runtime, &chromium()?, &configuration)?;
    println!("Saved to test-results/screenshots");
    Ok(())
}

pub(super) fn chromium() -> Result<PathBuf, Failure> {
    find_chromium().map_or_else(install_chromium, Ok)
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("CHROMIUM_PATH") {
        return Some(given.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let which =
        |name: &&str| output_of(Command::new("sh").args(["-c", &format!("command -v {name}")]));
    names.iter().find_map(which).map(PathBuf::from)
}

/// On Debian and Ubuntu, as root, from the distribution; elsewhere it says what to do.
fn install_chromium() -> Result<PathBuf, Failure> {
    let is_root = output_of(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if !is_root || output_of(Command::new("apt-get").arg("--version")).is_none() {
        return Err(Failure::new(
            "Chromium is missing: apt-get install chromium, or set CHROMIUM_PATH to one",
        ));
    }
    println!("Installing Chromium");
    run_quietly(Command::new("apt-get").arg("update"))?;
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    run_quietly(install.args(["install", "--yes", "--no-install-recommends", "chromium"]))?;
    find_chromium().ok_or_else(|| Failure::new("apt-get installed no Chromium"))
}
