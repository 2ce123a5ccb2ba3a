use std::time::Duration;

use mail_relay_client::{Answer, Outcome, Stage};
use mail_send::smtp::message::Parameters;
use mail_send::{Error, SmtpClient, SmtpClientBuilder};
use smtp_proto::{AUTH_LOGIN, AUTH_PLAIN, EXT_SIZE, EXT_SMTP_UTF8, EhloResponse};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::verdict::{delivered, not_opened, of_error, unknown};
use super::{Access, Security};
use crate::answer::answer;
use crate::mail::Mail;

/// How long opening may take, all of it.
const OPENING: Duration = Duration::from_mins(1);

/// For the reply to a command (RFC 5321 §4.5.3.2 has five minutes for servers that have no other
/// way; here the mail lies safe with whoever handed it over).
const COMMAND: Duration = Duration::from_mins(1);

/// For the reply to the final dot (§4.5.3.2.6): giving up there is what doubles mails.
const FINAL_DOT: Duration = Duration::from_mins(10);

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// A connection that takes mail.
pub(super) struct Connection {
    client: SmtpClient<Box<dyn Wire>>,
    offers: EhloResponse<String>,
    is_ready: bool,
}

/// What came of a mail on a connection.
pub(super) enum Attempt {
    /// This.
    Settled(Answer),
    /// Nothing: the connection had ended before anything was said of it.
    NotBegun(Answer),
}

impl Connection {
    /// Connects, and signs in where there is a password.
    ///
    /// # Errors
    /// How far it came.
    pub(super) async fn open(access: &Access) -> Result<Self, Answer> {
        let late = || answer(Outcome::Unreachable, Stage::Connect, "no answer in time");
        timeout(OPENING, Self::begin(access)).await.unwrap_or_else(|_| Err(late()))
    }

    async fn begin(access: &Access) -> Result<Self, Answer> {
        let Access { host, port, security, tls, credentials, name } = access;
        let mut builder =
            SmtpClientBuilder::new_with_tls_connector(host.clone(), *port, tls.clone())
                .timeout(COMMAND)
                .implicit_tls(*security == Security::Tls)
                .say_ehlo(false);
        if let Some(name) = name {
            builder = builder.helo_host(name);
        }
        let stream: Box<dyn Wire> = match security {
            Security::None => Box::new(builder.connect_plain().await.map_err(not_opened)?.stream),
            _ => Box::new(builder.connect().await.map_err(not_opened)?.stream),
        };
        let mut client = SmtpClient { stream, timeout: COMMAND };
        let offers = client.ehlo(&builder.local_host).await;
        let mut offers =
            offers.map_err(|error| of_error(error, Outcome::Unreachable, Stage::Greeting))?;
        if let Some(credentials) = credentials {
            // `mail-send` would begin with a challenge that it is built without, and fail.
            offers.auth_mechanisms &= AUTH_PLAIN | AUTH_LOGIN;
            let signed_in = client.authenticate(credentials, &offers).await;
            signed_in
                .map_err(|error| of_error(error, Outcome::Unreachable, Stage::Authentication))?;
        }
        Ok(Self { client, offers, is_ready: true })
    }

    /// Whether another mail may follow.
    pub(super) const fn is_ready(&self) -> bool {
        self.is_ready
    }

    pub(super) fn offers(&self) -> String {
        let size =
            if self.offers.size > 0 { self.offers.size.to_string() } else { "any".to_owned() };
        let yes = if self.offers.has_capability(EXT_SMTP_UTF8) { "takes" } else { "does not take" };
        format!("It takes mails of {size} bytes, and {yes} addresses beyond ASCII.")
    }

    /// Submits a mail.
    pub(super) async fn submit(&mut self, mail: &Mail, signed: &[u8]) -> Attempt {
        if let Some(refused) = self.cannot_take(mail, signed) {
            return Attempt::Settled(refused);
        }
        self.is_ready = false;
        let parameters = self.parameters(mail, signed.len());
        if let Err(error) = self.client.mail_from(mail.from.as_str(), &parameters).await {
            let has_ended = ends_the_connection(&error);
            let verdict = self.said_no(error, Stage::Sender).await;
            return if has_ended { Attempt::NotBegun(verdict) } else { Attempt::Settled(verdict) };
        }
        let recipient = self.client.rcpt_to(mail.to.as_str(), &Parameters::default()).await;
        if let Err(error) = recipient {
            return Attempt::Settled(self.said_no(error, Stage::Recipient).await);
        }
        Attempt::Settled(self.data(signed).await)
    }

    async fn data(&mut self, signed: &[u8]) -> Answer {
        // `mail-send` ends the last line itself.
        let text = signed.strip_suffix(b"\r\n").unwrap_or(signed);
        self.client.timeout = FINAL_DOT;
        let taken = self.client.data(text).await;
        self.client.timeout = COMMAND;
        match taken {
            Ok(reply) => {
                self.is_ready = true;
                delivered(&reply)
            }
            Err(error @ Error::UnexpectedReply(_)) => self.said_no(error, Stage::Message).await,
            Err(error) => unknown(&error),
        }
    }

    async fn said_no(&mut self, error: Error, stage: Stage) -> Answer {
        if !ends_the_connection(&error) {
            self.is_ready = self.client.rset().await.is_ok();
        }
        of_error(error, Outcome::Deferred, stage)
    }

    fn cannot_take(&self, mail: &Mail, signed: &[u8]) -> Option<Answer> {
        let most = self.offers.size;
        if most > 0 && signed.len() > most {
            let why = format!("the server takes at most {most} bytes");
            return Some(answer(Outcome::Refused, Stage::Message, &why));
        }
        let needs = needs_smtputf8(mail)?;
        let offered = self.offers.has_capability(EXT_SMTP_UTF8);
        let why = "the server does not take addresses with letters beyond ASCII";
        (!offered).then(|| answer(Outcome::Refused, needs, why))
    }

    fn parameters(&self, mail: &Mail, length: usize) -> Parameters<'static> {
        let mut parameters = Parameters::new();
        if self.offers.has_capability(EXT_SIZE) {
            parameters.add(("SIZE".to_owned(), length.to_string()));
        }
        if needs_smtputf8(mail).is_some() {
            // Whoever offers SMTPUTF8 offers 8BITMIME too (RFC 6531 §3.1).
            parameters.add(("BODY", "8BITMIME")).add("SMTPUTF8");
        }
        parameters
    }

    /// Says good-bye.
    pub(super) async fn quit(self) {
        let _ = timeout(Duration::from_secs(5), self.client.quit()).await;
    }
}

/// Which address is beyond ASCII, or the header.
fn needs_smtputf8(mail: &Mail) -> Option<Stage> {
    let parts = [
        (mail.from.as_str(), Stage::Sender),
        (mail.to.as_str(), Stage::Recipient),
        (mail.message.as_str(), Stage::Message),
    ];
    parts.into_iter().find(|(part, _)| !part.is_ascii()).map(|(_, stage)| stage)
}

/// Whether there is nothing more to be said on it: it broke, or the server closes it (421).
fn ends_the_connection(error: &Error) -> bool {
    match error {
        Error::UnexpectedReply(reply) => reply.code == 421,
        _ => true,
    }
}
