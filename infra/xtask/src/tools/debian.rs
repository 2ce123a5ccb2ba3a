//! Real servers to test against, from the distribution.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{output_of, run_quietly};

/// Programs that tests start, and the Debian packages that bring them.
struct Programs {
    programs: &'static [&'static str],
    packages: &'static [&'static str],
}

const OPENLDAP: Programs =
    Programs { programs: &["slapd", "ldapmodify"], packages: &["slapd", "ldap-utils"] };

const ACTIVE_DIRECTORY: Programs = Programs {
    programs: &["samba", "samba-tool", "ldapmodify"],
    packages: &["samba-ad-dc", "samba-ad-provision", "samba-dsdb-modules", "samba-vfs-modules"],
};

const POSTFIX: Programs = Programs {
    programs: &["postfix", "saslpasswd2"],
    packages: &["postfix", "sasl2-bin", "libsasl2-modules", "libsasl2-modules-db"],
};

/// A real OpenLDAP.
pub(crate) fn ensure_openldap() -> Result<(), Failure> {
    OPENLDAP.ensure()
}

/// A real Active Directory, by Samba. Only root can start one, on the port that it always has, so
/// elsewhere there is none.
pub(crate) fn ensure_active_directory() -> Result<bool, Failure> {
    if !is_root() || !(ACTIVE_DIRECTORY.is_there() || can_install()) {
        return Ok(false);
    }
    ACTIVE_DIRECTORY.ensure().map(|()| true)
}

/// A real mail server. Only root can start one, so elsewhere there is none.
pub(crate) fn ensure_postfix() -> Result<bool, Failure> {
    if !is_root() || !(POSTFIX.is_there() || can_install()) {
        return Ok(false);
    }
    POSTFIX.ensure().map(|()| true)
}

fn is_root() -> bool {
    output_of(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}

/// Debian starts what it installs. Where systemd runs that would be a server for the whole network, so
/// there it is left to people; in a container nothing is started.
fn can_install() -> bool {
    is_root()
        && output_of(Command::new("apt-get").arg("--version")).is_some()
        && !Path::new("/run/systemd/system").exists()
}

impl Programs {
    /// In a container with Debian or Ubuntu, from the distribution; elsewhere it says what to do.
    fn ensure(&self) -> Result<(), Failure> {
        if self.is_there() {
            return Ok(());
        }
        let packages = self.packages.join(" ");
        if !can_install() {
            return Err(Failure::new(format!(
                "a server to test with is missing: apt-get install {packages}"
            )));
        }
        println!("Installing {packages}");
        run_quietly(Command::new("apt-get").arg("update"))?;
        let mut install = Command::new("apt-get");
        install.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
        install.args(["install", "--yes", "--no-install-recommends"]);
        run_quietly(install.args(self.packages))?;
        if self.is_there() { Ok(()) } else { Err(Failure::new("apt-get did not install it")) }
    }

    fn is_there(&self) -> bool {
        self.programs.iter().all(|program| {
            let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
            folders.iter().any(|folder| Path::new(folder).join(program).exists())
        })
    }
}
