mod tail;

use std::io::IsTerminal as _;
use std::process::{Command, Stdio};

use self::tail::Tail;
use crate::failure::Failure;

/// Runs `command` with its output on the terminal; anything but success is a failure. Where there is
/// no terminal the failure brings the last lines along.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let name = describe(command);
    let tail = Tail::default();
    let status = if std::io::stdout().is_terminal() { command.status() } else { tail.run(command) };
    let status = status.map_err(Failure::during(&name))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{name}` failed ({status})")).showing(&tail.text()))
}

/// Runs `command` and shows its output only if it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<(), Failure> {
    let name = describe(command);
    let output = command.stdin(Stdio::null()).output().map_err(Failure::during(&name))?;
    if output.status.success() {
        return Ok(());
    }
    eprint!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Err(Failure::new(format!("`{name}` failed ({})", output.status)))
}

/// What `command` prints, if it can be run and succeeds.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
