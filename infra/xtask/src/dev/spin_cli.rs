//! The `spin` program, where it is installed and new enough.

use std::path::Path;
use std::process::Command;

use crate::process::output_of;

/// The first Spin that runs components of spin-sdk 7, as major and minor version.
const OLDEST: (u32, u32) = (4, 1);

/// Whether there is a `spin` that can run the components; one that is too old is mentioned.
pub(super) fn is_usable() -> bool {
    let Some(printed) = output_of(Command::new("spin").arg("--version")) else { return false };
    let usable = version(&printed).is_some_and(|version| version >= OLDEST);
    if !usable {
        let (major, minor) = OLDEST;
        eprintln!("`{printed}` is older than {major}.{minor}: using the project's own Spin host");
    }
    usable
}

/// `spin up` with database and logs in `state`; whoever calls adds address and variables.
pub(super) fn up(root: &Path, state: &Path) -> Command {
    let mut spin = Command::new("spin");
    spin.arg("up").arg("--from").arg(root.join("spin.toml")).arg("--state-dir").arg(state);
    // It could name another database.
    spin.env_remove("RUNTIME_CONFIG_FILE");
    spin
}

/// From what `spin --version` prints: `spin 4.1.0 (0a1b2c3 2026-08-01)`.
fn version(printed: &str) -> Option<(u32, u32)> {
    let number = printed.strip_prefix("spin ")?.split_whitespace().next()?;
    let mut parts = number.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_and_minor_are_read_from_what_spin_prints() {
        assert_eq!(version("spin 4.1.0 (0a1b2c3 2026-08-01)"), Some((4, 1)));
        assert_eq!(version("spin 10.0.2"), Some((10, 0)));
        assert_eq!(version("spin 4.2.0-pre0 (0a1b2c3 2026-08-01)"), Some((4, 2)));
        assert_eq!(version("Spin: a model checker 6.5.2"), None);
        assert_eq!(version("spin four"), None);
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        for (printed, usable) in [
            ("spin 3.9.0", false),
            ("spin 4.0.9", false),
            ("spin 4.1.0", true),
            ("spin 4.10.0", true),
        ] {
            assert_eq!(version(printed).unwrap() >= OLDEST, usable, "{printed}");
        }
    }

    #[test]
    fn spin_is_told_where_the_database_is() {
        let command = up("/repo".as_ref(), "/state".as_ref());
        let arguments: Vec<_> = command.get_args().collect();
        assert_eq!(arguments, ["up", "--from", "/repo/spin.toml", "--state-dir", "/state"]);
    }
}
