use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::migrations;
use super::secrets::Secrets;
use crate::failure::Failure;
use crate::functions::{FUNCTIONS, Function};
use crate::tools;

/// How to serve.
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) state: PathBuf,
    /// `None`: a random one, the same at every start.
    pub(crate) setup_token: Option<String>,
    pub(crate) rate_limits: bool,
    pub(crate) reset: bool,
}

/// A running Postern, which ends with this value.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) setup_token: String,
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
        migrations::apply(root, &options.state)?;
        let secrets = Secrets::load(&options.state, options.setup_token.as_deref())?;
        let url = format!("http://localhost:{}", options.port);
        let child = spawn(root, &configuration(root, options, &url, &secrets))?;
        let mut server = Self { url, setup_token: secrets.setup_token, child };
        server.await_listening()?;
        Ok(server)
    }

    /// Where the first administrator is made.
    pub(crate) fn setup_url(&self) -> String {
        match self.setup_token.as_str() {
            "" => format!("{}/setup", self.url),
            token => format!("{}/setup?token={token}", self.url),
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

    fn await_listening(&mut self) -> Result<(), Failure> {
        let stdout = self.child.stdout.take();
        let listening = pass_on(stdout.ok_or_else(|| Failure::new("the server has no output"))?);
        match listening.recv_timeout(Duration::from_mins(1)) {
            Ok(()) => Ok(()),
            Err(_) => self.check().and(Err(Failure::new("the server does not answer"))),
        }
    }
}

impl Drop for Server {
    /// The server ends, and ends workerd, when its input closes.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
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

fn spawn(root: &Path, configuration: &Value) -> Result<Child, Failure> {
    let mut node = tools::node(root);
    node.arg("infra/dev/serve.mjs").arg(configuration.to_string());
    node.stdin(Stdio::piped()).stdout(Stdio::piped());
    own_group(&mut node);
    node.spawn().map_err(Failure::during("starting infra/dev/serve.mjs"))
}

/// The terminal's Ctrl-C is then for xtask alone, which ends the server in order.
#[cfg(unix)]
fn own_group(command: &mut std::process::Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut std::process::Command) {}

/// Prints the server's lines as they come; sends once when it listens.
fn pass_on(stdout: ChildStdout) -> Receiver<()> {
    let (sender, receiver): (Sender<()>, _) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if line == "listening" {
                let _ = sender.send(());
            } else {
                println!("{line}");
            }
        }
    });
    receiver
}

fn configuration(root: &Path, options: &Options, url: &str, secrets: &Secrets) -> Value {
    let vars: Map<String, Value> = FUNCTIONS
        .iter()
        .map(|function| (function.name.to_owned(), vars(function, options, url, secrets)))
        .collect();
    json!({
        "root": root,
        "port": options.port,
        "state": options.state,
        "functions": FUNCTIONS.iter().map(|function| function.name).collect::<Vec<_>>(),
        "vars": vars,
    })
}

fn vars(function: &Function, options: &Options, url: &str, secrets: &Secrets) -> Value {
    let mut vars = Map::new();
    if !function.is_front_door() {
        vars.insert("APP_URL".to_owned(), url.into());
        if !options.rate_limits {
            vars.insert("RATE_LIMITS".to_owned(), "off".into());
        }
    }
    for secret in function.secrets {
        let value = match *secret {
            "SETUP_TOKEN" => &secrets.setup_token,
            _ => &secrets.session_key,
        };
        vars.insert((*secret).to_owned(), value.as_str().into());
    }
    vars.into()
}
