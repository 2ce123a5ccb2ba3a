//! The relay's way to the mail server, over `mail-send`.

mod connection;
mod verdict;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use mail_relay_client::{Answer, Outcome, Stage};
use mail_send::Credentials;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;

use self::connection::{Attempt, Connection};
use crate::answer::answer;
use crate::configuration::Configuration;
use crate::dkim::Signer;
use crate::mail::Mail;

/// Connections to the mail server at once.
const AT_ONCE: usize = 8;

/// How long a connection without a mail is kept: mails come one after the other.
const IDLE: Duration = Duration::from_secs(10);

/// How to reach the mail server.
pub(crate) struct Access {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) tls: TlsConnector,
    pub(crate) credentials: Option<Credentials<String>>,
    /// What we call ourselves in EHLO; the machine's name unless it is given.
    pub(crate) name: Option<String>,
}

/// How a connection to the mail server begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    Tls,
    StartTls,
    None,
}

/// Hands mails to the server.
pub(crate) struct Submitter {
    access: Access,
    signer: Option<Signer>,
    places: Semaphore,
    idle: Mutex<Vec<(Instant, Connection)>>,
}

impl Submitter {
    pub(crate) fn new(access: Access, signer: Option<Signer>) -> Self {
        Self { access, signer, places: Semaphore::new(AT_ONCE), idle: Mutex::default() }
    }

    /// One attempt.
    pub(crate) async fn submit(&self, mail: &Mail) -> Answer {
        let signed = match self.signer.as_ref().map(|signer| signer.sign(&mail.message)) {
            None => mail.message.clone().into_bytes(),
            Some(Ok(signed)) => signed,
            Some(Err(error)) => {
                return answer(Outcome::Unreachable, Stage::Relay, &error);
            }
        };
        let _place = self.places.acquire().await;
        if let Some(mut kept) = self.kept() {
            match kept.submit(mail, &signed).await {
                Attempt::Settled(answer) => return self.settled(kept, answer),
                // The server had ended the kept connection; nothing was said of this mail.
                Attempt::NotBegun(_) => {}
            }
        }
        let mut connection = match Connection::open(&self.access).await {
            Ok(connection) => connection,
            Err(answer) => return answer,
        };
        match connection.submit(mail, &signed).await {
            Attempt::Settled(answer) | Attempt::NotBegun(answer) => {
                self.settled(connection, answer)
            }
        }
    }

    fn kept(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(since, _)| since.elapsed() < IDLE);
        idle.pop().map(|(_, connection)| connection)
    }

    fn settled(&self, connection: Connection, answer: Answer) -> Answer {
        if connection.is_ready() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push((Instant::now(), connection));
        }
        answer
    }
}

/// Connects to the mail server, signs in, and prints what it offers.
///
/// # Errors
/// How far it came, for people.
pub async fn check(configuration: &Configuration) -> Result<(), String> {
    let opened = Connection::open(&configuration.access).await;
    let connection = opened.map_err(|said| format!("{}: {}", said.stage.as_str(), said.reply))?;
    println!("The mail server takes us. {}", connection.offers());
    connection.quit().await;
    Ok(())
}
