use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use super::companion::Companion;
use super::secrets::Secrets;
use super::{schedule, spin, workers};
use crate::failure::Failure;
use crate::runtime::Runtime;

/// How to serve.
pub(crate) struct Options {
    pub(crate) runtime: Runtime,
    pub(crate) port: u16,
    pub(crate) state: PathBuf,
    /// `None`: a random one, the same at every start.
    pub(crate) setup_token: Option<String>,
    pub(crate) rate_limits: bool,
    pub(crate) reset: bool,
    /// Where on this machine mail may go; Spin lets components connect to no other place.
    pub(crate) mail_port: u16,
    /// `None`: mail goes to a mail server directly.
    pub(crate) mail_relay: Option<Companion>,
    /// Mail goes to Cloudflare's Email Service; Miniflare stands for it. Workers alone have it.
    pub(crate) send_email: bool,
    /// `None`: there is no directory.
    pub(crate) ldap_proxy: Option<Companion>,
    /// Where what the server says is written; `None`: it is shown.
    pub(crate) log: Option<PathBuf>,
}

/// A running Postern, which ends with this value.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) setup_token: String,
    pub(crate) mail_port: u16,
    pub(crate) mail_relay: Option<Companion>,
    /// Where the mails are that Miniflare took.
    pub(crate) sent_mail: Option<PathBuf>,
    pub(crate) ldap_proxy: Option<Companion>,
    /// Starts what is due from outside; on Spin alone.
    schedule_key: String,
    runtime: Runtime,
    child: Child,
}

impl Server {
    /// Serves what is built. Returns when it answers.
    pub(crate) fn start(root: &Path, options: &Options) -> Result<Self, Failure> {
        check_port(options.port)?;
        if options.reset && options.state.exists() {
            std::fs::remove_dir_all(&options.state)
                .map_err(Failure::during(options.state.display()))?;
        }
        let secrets = Secrets::load(&options.state, options.setup_token.as_deref())?;
        let url = format!("http://localhost:{}", options.port);
        let child = match options.runtime {
            Runtime::Workers => workers::spawn(root, options, &url, &secrets)?,
            Runtime::Spin => spin::spawn(root, options, &url, &secrets)?,
        };
        let Secrets { setup_token, schedule_key, .. } = secrets;
        let mut server = Self {
            url,
            setup_token,
            mail_port: options.mail_port,
            mail_relay: options.mail_relay.clone(),
            sent_mail: options.send_email.then(|| workers::temporary(&options.state)),
            ldap_proxy: options.ldap_proxy.clone(),
            schedule_key,
            runtime: options.runtime,
            child,
        };
        server.await_listening(options.log.as_deref())?;
        Ok(server)
    }

    /// Where the first administrator is made.
    pub(crate) fn setup_url(&self) -> String {
        match self.setup_token.as_str() {
            "" => format!("{}/setup", self.url),
            token => format!("{}/setup?token={token}", self.url),
        }
    }

    /// Does what Spin's schedule is to do each minute (docs/operations/spin.md). Workers have a clock:
    /// infra/dev/serve.mjs.
    pub(crate) fn strike(&self) {
        if self.runtime == Runtime::Spin {
            schedule::strike(&self.url, &self.schedule_key);
        }
    }

    /// Fails if the server has ended by itself.
    pub(crate) fn check(&mut self) -> Result<(), Failure> {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Failure::new(format!("the server ended ({status})"))),
            Err(error) => Err(Failure::new(format!("the server was lost: {error}"))),
        }
    }

    fn await_listening(&mut self, log: Option<&Path>) -> Result<(), Failure> {
        let stdout = self.child.stdout.take();
        let stdout = stdout.ok_or_else(|| Failure::new("the server has no output"))?;
        let listening = pass_on(stdout, self.runtime, log.map(append_to).transpose()?);
        match listening.recv_timeout(Duration::from_mins(5)) {
            Ok(()) => Ok(()),
            Err(_) => self.check().and(Err(Failure::new("the server does not answer"))),
        }
    }
}

impl Drop for Server {
    /// The Workers' server ends, and ends workerd, when its input closes. `spin` does not look at
    /// its input, and what serves is a child of its own: the whole group is told to end.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        if self.runtime == Runtime::Spin {
            terminate_group(&self.child);
        }
        for _ in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Says so if something else holds the port.
pub(crate) fn check_port(port: u16) -> Result<(), Failure> {
    let free = TcpListener::bind(("127.0.0.1", port)).map(drop);
    free.map_err(|_| Failure::new(format!("port {port} is in use; choose another with --port")))
}

/// The terminal's Ctrl-C is then for xtask alone, which ends the server in order.
#[cfg(unix)]
pub(super) fn own_group(command: &mut std::process::Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
pub(super) fn own_group(_: &mut std::process::Command) {}

/// By the system's own program: the standard library knows no gentler end than SIGKILL.
fn terminate_group(leader: &Child) {
    let group = format!("-{}", leader.id());
    let _ = std::process::Command::new("kill").args(["-TERM", "--", &group]).status();
}

/// Where the server's complaints go.
pub(super) fn complaints(options: &Options) -> Result<Stdio, Failure> {
    options
        .log
        .as_deref()
        .map_or_else(|| Ok(Stdio::inherit()), |log| append_to(log).map(Into::into))
}

fn append_to(log: &Path) -> Result<File, Failure> {
    File::options().create(true).append(true).open(log).map_err(Failure::during(log.display()))
}

/// Prints the server's lines as they come, or writes them down; sends once when it listens. What Spin
/// prints here is the list of routes; its components write to the other stream.
fn pass_on(stdout: ChildStdout, runtime: Runtime, mut log: Option<File>) -> Receiver<()> {
    let (sender, receiver): (Sender<()>, _) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if line == "listening" || line.starts_with("Serving http") {
                let _ = sender.send(());
            } else if let Some(log) = &mut log {
                let _ = writeln!(log, "{line}");
            } else if runtime == Runtime::Workers {
                println!("{line}");
            }
        }
    });
    receiver
}
