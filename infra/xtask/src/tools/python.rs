use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process::{output_of, run_quietly};
use crate::stamp::sha256;
use crate::workspace;

/// The oldest Python that schemathesis runs on.
const OLDEST: (u32, u32) = (3, 10);

/// `program` from the Python packages that `requirements` pins, installed in an environment of
/// their own in the cache: one for each state of that file.
pub(crate) fn python_tool(requirements: &Path, program: &str) -> Result<PathBuf, Failure> {
    let pinned = workspace::read(requirements)?;
    let name = format!("{program}-{}", &sha256(pinned.as_bytes())[..12]);
    let home = workspace::cache()?.join("tools").join(name);
    let (path, finished) = (home.join("bin").join(program), home.join("finished"));
    if path.is_file() && finished.is_file() {
        return Ok(path);
    }
    ensure()?;
    println!("Installing {program}, once for this machine");
    run_quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(home.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    run_quietly(pip.arg(requirements))?;
    workspace::write(&finished, "")?;
    Ok(path)
}

/// On Debian and Ubuntu, as root, from the distribution; elsewhere it says what to do.
pub(crate) fn ensure() -> Result<(), Failure> {
    if has_python() {
        return Ok(());
    }
    let is_root = output_of(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if is_root && output_of(Command::new("apt-get").arg("--version")).is_some() {
        println!("Installing Python");
        run_quietly(Command::new("apt-get").arg("update"))?;
        let mut install = Command::new("apt-get");
        install.env("DEBIAN_FRONTEND", "noninteractive");
        install.args(["install", "--yes", "--no-install-recommends", "python3", "python3-venv"]);
        run_quietly(&mut install)?;
    }
    if has_python() {
        return Ok(());
    }
    let (major, minor) = OLDEST;
    Err(Failure::new(format!(
        "Python {major}.{minor} or later with venv is missing: apt-get install python3 python3-venv"
    )))
}

/// A Python that is new enough and can make environments. (Debian packs the latter separately.)
fn has_python() -> bool {
    let ask = "import ensurepip, sys; print(*sys.version_info[:2])";
    let version = output_of(Command::new("python3").args(["-c", ask]));
    version.and_then(|text| parse(&text)).is_some_and(|version| version >= OLDEST)
}

fn parse(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(parse("3 9") < Some(OLDEST));
        assert!(parse("3 11") > Some(OLDEST));
        assert_eq!(parse("nonsense"), None);
    }
}
