//! `cargo xtask test`: every check, or those named, each timed.

mod browser;
mod generated;
mod port;
mod report;
mod running;

use std::path::Path;
use std::process::Command;

pub(crate) use self::browser::screenshots;
use self::report::Report;
use self::running::{Limits, Mail};
use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process::run as run_command;
use crate::runtime::Runtime;
use crate::{artifacts, lint, sizes, spin_host, tools, workspace};

type Step = fn(&Path, &[Runtime]) -> Result<(), Failure>;

/// In the order in which they tell most for least time.
const STEPS: [(&str, Step); 9] = [
    ("lint", lint::all),
    ("unit", unit),
    ("http", |root, _| http(root)),
    ("trips", |root, _| trips(root)),
    ("build", build),
    ("sizes", sizes::compare),
    ("e2e", end_to_end),
    ("generated", |root, _| generated::test(root)),
    ("browser", browser::run),
];

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments, &["runtime"], &[])?;
    let runtimes = Runtime::all_of(&arguments)?;
    let wanted =
        |name: &str| arguments.words.is_empty() || arguments.words.iter().any(|w| w == name);
    if let Some(unknown) =
        arguments.words.iter().find(|word| !STEPS.iter().any(|step| step.0 == *word))
    {
        return Err(Failure::new(format!("there is no test called `{unknown}`")));
    }
    let root = workspace::root()?;
    prepare(&wanted)?;
    let mut report = Report::default();
    for (name, step) in STEPS.iter().filter(|(name, _)| wanted(name)) {
        report.take(name, || step(&root, &runtimes));
    }
    report.close()
}

/// What is missing is said, or installed, before the first step rather than before the last.
fn prepare(wanted: &impl Fn(&str) -> bool) -> Result<(), Failure> {
    tools::check_prerequisites()?;
    if wanted("generated") {
        tools::ensure_python()?;
    }
    if wanted("browser") {
        browser::chromium()?;
    }
    Ok(())
}

fn build(root: &Path, runtimes: &[Runtime]) -> Result<(), Failure> {
    runtimes.iter().try_for_each(|runtime| artifacts::everything(root, *runtime))
}

fn unit(root: &Path, runtimes: &[Runtime]) -> Result<(), Failure> {
    tools::ensure_openldap()?;
    let elsewhere = ["--exclude", "postern-suite", "--exclude", spin_host::PACKAGE];
    cargo(root, &[&["test", "--quiet", "--workspace"], &elsewhere[..]].concat())?;
    active_directory(root, "postern-ldap-proxy")?;
    if runtimes.contains(&Runtime::Spin) {
        // Its tests build a component.
        tools::ensure_target(root, tools::SPIN_TARGET)?;
        cargo(root, &[&["test", "--quiet"], &spin_host::SELECTED[..]].concat())?;
    }
    tools::ensure_packages(root)?;
    run_command(tools::npm(root).args([
        "test",
        "--silent",
        "--if-present",
        "-w",
        "functions/web/pages",
    ]))
}

/// The tests of a package that need an Active Directory, where there can be one.
fn active_directory(root: &Path, package: &str) -> Result<(), Failure> {
    if tools::ensure_active_directory()? {
        return cargo(root, &["test", "--quiet", "-p", package, "--test", "active_directory"]);
    }
    println!("No Active Directory to test with: that needs root and Samba");
    Ok(())
}

/// The suite over the native adapter.
fn http(root: &Path) -> Result<(), Failure> {
    tools::ensure_openldap()?;
    cargo(root, &["test", "--quiet", "-p", "postern-suite"])?;
    active_directory(root, "postern-suite")?;
    if tools::ensure_postfix()? {
        return cargo(root, &["test", "--quiet", "-p", "postern-suite", "--test", "postfix"]);
    }
    println!("No mail server but our own to test with: that needs root and Postfix");
    Ok(())
}

fn trips(root: &Path) -> Result<(), Failure> {
    tools::ensure_openldap()?;
    cargo(root, &["run", "--quiet", "-p", "postern-suite", "--bin", "trips"])
}

/// The suite over a running Postern; the limits by themselves, because they stop everything else.
fn end_to_end(root: &Path, runtimes: &[Runtime]) -> Result<(), Failure> {
    tools::ensure_openldap()?;
    for runtime in runtimes.iter().copied() {
        for (limits, mail, target) in [
            (Limits::Off, Mail::Directly, "flows"),
            (Limits::Off, Mail::ByRelay, "mail_relay"),
            (Limits::Off, Mail::ByService, "send_email"),
            (Limits::On, Mail::Directly, "limits"),
        ] {
            if mail == Mail::ByService && runtime != Runtime::Workers {
                continue;
            }
            running::with_server(root, runtime, limits, mail, |server| {
                running::suite(root, server, target)
            })?;
        }
    }
    if runtimes.contains(&Runtime::Spin) {
        running::spin_faults(root)?;
    }
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    run_command(Command::new("cargo").current_dir(root).args(arguments))
}
