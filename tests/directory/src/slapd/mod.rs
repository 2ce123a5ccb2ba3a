mod changes;
mod setup;

use std::net::TcpStream;
use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

use self::setup::{configured, load, serve};
use crate::{Certificates, Folder, free_port};

/// Who may read.
pub(crate) const READER: &str = "cn=reader,dc=example,dc=com";
/// With this password.
pub const READER_PASSWORD: &str = "the reader's own password";
const ADMIN: &str = "cn=admin,dc=example,dc=com";
const ADMIN_PASSWORD: &str = "the admin's own password";

/// A directory that stops every search at 500 entries, and every page at 1,000; pages may go on.
const LIMITS: &str = "sizelimit size=500 size.pr=1000 size.prtotal=unlimited";

/// An OpenLDAP of its own for each test.
pub struct Slapd {
    child: Child,
    folder: Folder,
    /// Where it speaks LDAP, with `StartTLS` for whoever wants it.
    pub port: u16,
    /// Where it speaks LDAP over TLS.
    pub tls_port: u16,
    /// What it shows there.
    pub certificates: Certificates,
}

impl Slapd {
    /// With these entries besides the tree.
    pub fn with(ldif: &str) -> Self {
        Self::start(ldif, LIMITS)
    }

    /// With these entries, and a size limit that paging does not get past: it counts pages together,
    /// as OpenLDAP does unless told otherwise.
    pub fn limited(ldif: &str, entries: usize) -> Self {
        Self::start(ldif, &format!("sizelimit size={entries}"))
    }

    fn start(ldif: &str, limits: &str) -> Self {
        let folder = Folder::new();
        let certificates = Certificates::new(&folder, "directory");
        let configuration = folder.join("slapd.conf");
        std::fs::create_dir(folder.join("database")).unwrap();
        std::fs::write(&configuration, configured(&folder, &certificates, limits)).unwrap();
        load(&configuration, ldif);
        let (port, tls_port) = (free_port(), free_port());
        let child = serve(&configuration, port, tls_port);
        let mut slapd = Self { child, folder, port, tls_port, certificates };
        slapd.wait();
        slapd
    }

    /// Starts it anew where it was, after [`Self::kill`].
    pub fn restart(&mut self) {
        self.child = serve(&self.folder.join("slapd.conf"), self.port, self.tls_port);
        self.wait();
    }

    fn wait(&mut self) {
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("slapd ended ({status})");
            }
            if [self.port, self.tls_port]
                .iter()
                .all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok())
            {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("slapd does not answer");
    }

    /// Where it speaks LDAP.
    pub fn url(&self) -> String {
        format!("ldap://localhost:{}", self.port)
    }

    /// Where files of this directory's test may go.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Ends it, as a crash would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
