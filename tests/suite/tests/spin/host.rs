use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use postern_suite::{Deployment, unique};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const SETUP_TOKEN: &str = "spin-setup-token";

/// The application on a database of its own, without rate limits; ends with this value.
pub(crate) struct Host {
    pub(crate) database: PathBuf,
    pub(crate) url: String,
    child: Child,
}

impl Host {
    /// Serves an empty database.
    pub(crate) fn start() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = folder.join(format!("spin-{}-{}", std::process::id(), unique()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let database = folder.join("postern.db");
        let migrations = Path::new(ROOT).join("infra/migrations");
        migrate::migrate(&database, &migrations).expect("the migrations apply");
        Self::serve(database)
    }

    fn serve(database: PathBuf) -> Self {
        let mut child = command(&database, "").spawn().expect("the host can be run");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("an output");
        let _ = BufReader::new(stdout).read_line(&mut line);
        let address = line.trim().strip_prefix("Serving http://").expect("the host serves");
        let port = address.rsplit(':').next().expect("a port");
        Self { url: format!("http://localhost:{port}"), database, child }
    }

    /// Makes the first administrator.
    pub(crate) fn set_up(&self) -> Deployment {
        Deployment::set_up(&self.url, SETUP_TOKEN)
    }

    /// Ends the host as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it was there");
        self.child.wait().expect("it ends");
    }

    /// The same database, served anew.
    pub(crate) fn start_again(mut self) -> Self {
        self.kill();
        Self::serve(self.database.clone())
    }

    /// What would serve, but for one variable.
    pub(crate) fn command_without(variable: &str) -> Command {
        command("none.db".as_ref(), variable)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(database: &Path, without: &str) -> Command {
    let host = std::env::var_os("POSTERN_SPIN_HOST");
    let mut host = Command::new(host.expect("POSTERN_SPIN_HOST: run `cargo xtask test e2e`"));
    host.current_dir(ROOT).args(["--manifest", "spin.toml", "--listen", "127.0.0.1:0"]);
    host.arg("--db").arg(database).stdin(Stdio::piped()).stdout(Stdio::piped());
    for (name, value) in [
        ("app_url", "http://localhost"),
        ("session_key", "spin-session-key-0123456789abcdef"),
        ("data_key", "spin-data-key-0123456789abcdefghi"),
        ("setup_token", SETUP_TOKEN),
        ("rate_limits", "off"),
    ] {
        if name != without {
            host.arg("--variable").arg(format!("{name}={value}"));
        }
    }
    host
}
