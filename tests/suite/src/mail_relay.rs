//! A mail relay, as the process that it is in a deployment, beside a mail server on localhost.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use directory::{Folder, program};
use mail_relay_client::{Answer, MESSAGES_PATH, Submission};

use crate::mail_server;

/// What callers of a relay present.
pub const SECRET: &str = "a secret of the relay's tests, long enough";

/// A relay that runs until the value goes.
pub struct MailRelay {
    child: Child,
    /// Where it answers.
    pub url: String,
    settings: Vec<(String, String)>,
    log: Arc<Mutex<String>>,
    /// Its records, and the authority that it trusts.
    folder: Folder,
}

impl MailRelay {
    /// A relay for the mail server at `port` of localhost, in clear and without a password unless
    /// `settings` say otherwise.
    pub fn beside(port: u16, settings: &[(&str, &str)]) -> Self {
        let folder = Folder::new();
        let authority = folder.join("authority.pem");
        std::fs::write(&authority, mail_server::authority_pem()).expect("the authority");
        let path = |path: PathBuf| path.to_str().expect("a path").to_owned();
        let own = [
            ("SMTP_HOST", "localhost".to_owned()),
            ("SMTP_PORT", port.to_string()),
            ("SMTP_TLS", "none".to_owned()),
            ("CA_FILE", path(authority)),
            ("SENDERS", "postern@example.com".to_owned()),
            ("STATE", path(folder.join("relay.db"))),
            ("SECRET", SECRET.to_owned()),
            ("LISTEN", "127.0.0.1:0".to_owned()),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        let given = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let settings: Vec<_> = own.into_iter().chain(given).collect();
        let (child, url, log) = start(&settings);
        Self { child, url, settings, log, folder }
    }

    /// Kills it with SIGKILL and starts it again, at another port.
    pub fn kill_and_restart(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        (self.child, self.url, self.log) = start(&self.settings);
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// What it has written so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What its records' files hold.
    pub fn records(&self) -> Vec<u8> {
        let files = ["relay.db", "relay.db-wal"].map(|name| self.folder.join(name));
        files.iter().flat_map(|file| std::fs::read(file).unwrap_or_default()).collect()
    }

    /// Hands a mail over; the status and the answer.
    pub fn hand_over(&self, submission: &Submission) -> (u16, Answer) {
        let body = serde_json::to_string(submission).expect("JSON");
        let (status, text) = self.ask(Some(SECRET), body);
        (status, serde_json::from_str(&text).expect("an answer"))
    }

    /// Asks for anything with any secret; the status and the text.
    pub fn ask(&self, secret: Option<&str>, body: String) -> (u16, String) {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut request = agent.post(format!("{}{MESSAGES_PATH}", self.url));
        if let Some(secret) = secret {
            request = request.header("authorization", format!("Bearer {secret}"));
        }
        let mut reply = request.send(body).expect("an answer");
        (reply.status().as_u16(), reply.body_mut().read_to_string().expect("a text"))
    }

    /// Waits until it has written `text`.
    pub fn wait_for_log(&self, text: &str) {
        for _ in 0..200 {
            if self.log().contains(text) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the relay has not written {text:?}: {}", self.log());
    }
}

fn start(settings: &[(String, String)]) -> (Child, String, Arc<Mutex<String>>) {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| program::built("postern-mail-relay", "mail-relay"));
    let mut command = Command::new(program);
    command.env_clear().envs(settings.iter().cloned()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the relay starts");
    let output = child.stderr.take().expect("its output");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let log = Arc::new(Mutex::new(String::new()));
    let mut before = Vec::new();
    let address = lines.find_map(|line| {
        let address = listening(&line);
        before.push(line);
        address
    });
    let address = address.unwrap_or_else(|| panic!("the relay does not listen: {before:?}"));
    let kept = Arc::clone(&log);
    std::thread::spawn(move || {
        for line in lines {
            let mut log = kept.lock().unwrap_or_else(PoisonError::into_inner);
            log.push_str(&line);
            log.push('\n');
        }
    });
    (child, format!("http://{address}"), log)
}

fn listening(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("address=")?;
    rest.split(' ').next().map(str::to_owned)
}

impl Drop for MailRelay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
