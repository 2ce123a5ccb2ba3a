use std::sync::Arc;

use async_trait::async_trait;
use domain::Timestamp;
use http_api::Call;
use mail::smtp::{
    ClientName, Credentials, Dialogue, Failure, Loss, Outcome as Said, Patience, Security, Stage,
    Step, Submission, Why,
};
use platform::{Outward, Security as Opening, Socket, SocketError, Sockets};
use store::configuration::Configuration;

use super::{Failed, Outcome, Outgoing, Transport, missing, secret, setting};
use crate::words::words;

/// Submission over a socket of the runtime; one connection for as many messages as come.
pub(super) struct Smtp {
    sockets: Arc<dyn Sockets>,
    host: String,
    port: u16,
    submission: Submission,
    skips_certificates: bool,
    line: Option<Line>,
}

/// An open connection and where its dialogue stands.
struct Line {
    socket: Box<dyn Socket>,
    dialogue: Dialogue,
    /// What the socket said when it went.
    trouble: Option<SocketError>,
}

/// For the reply to a command.
const COMMAND_MS: u32 = 15_000;

impl Smtp {
    /// By the settings of the configuration.
    ///
    /// # Errors
    /// What is missing there, for people.
    pub(super) fn of(
        call: &Call,
        outward: &Outward,
        configuration: &Configuration,
        answer_ms: u32,
    ) -> Result<Self, Failed> {
        let text = |key| setting(configuration, key);
        let security = match text("smtpTls") {
            "tls" => Security::Tls,
            "starttls" => Security::StartTls,
            // Who chose no TLS and gave a password has said that it may go so.
            _ => Security::None { credentials_in_clear: true },
        };
        let host = text("smtpHost");
        if host.is_empty() {
            return Err(missing("The mail server (SMTP Host) is not set"));
        }
        let port = text("smtpPort").parse().map_err(|_| missing("The SMTP Port is not set"))?;
        let user = text("smtpUser");
        let credentials = if user.is_empty() {
            None
        } else {
            Some(Credentials::new(user, secret(call, configuration, "smtpPassword")?))
        };
        let client_name = ClientName::of_url(&call.deployment().app_url);
        let patience = Patience { command_ms: COMMAND_MS, final_dot_ms: answer_ms };
        Ok(Self {
            sockets: Arc::clone(&outward.sockets),
            host: host.to_owned(),
            port,
            submission: Submission { security, credentials, client_name, patience },
            skips_certificates: text("smtpSkipCertVerify") == "true",
            line: None,
        })
    }

    async fn open(&mut self) -> Result<Line, Failed> {
        let opening = match self.submission.security {
            Security::Tls => Opening::Tls,
            Security::StartTls => Opening::StartTls,
            Security::None { .. } => Opening::Plain,
        };
        let socket = self.sockets.connect(&self.host, self.port, opening).await;
        let socket = socket.map_err(|error| self.no_connection(&error))?;
        Ok(Line { socket, dialogue: Dialogue::new(self.submission.clone()), trouble: None })
    }

    fn no_connection(&self, error: &SocketError) -> Failed {
        let tls = matches!(error, SocketError::Tls(_));
        let stage = if tls { Stage::Tls } else { Stage::Connect };
        Failed { stage: stage.as_str(), reply: words(&self.with_advice(error)) }
    }

    /// What the socket says, and why skipping the check of certificates does not help.
    fn with_advice(&self, error: &SocketError) -> String {
        let advice = match error {
            SocketError::Tls(_) if self.skips_certificates => {
                ". Certificates are checked here whatever \"Skip Certificate Verification\" says: \
                 the runtime cannot do without"
            }
            _ => "",
        };
        format!("{error}{advice}")
    }

    fn outcome(&self, said: Said, trouble: Option<&SocketError>) -> Outcome {
        let reply = match (&said, trouble) {
            (
                Said::Failed(Failure { why: Why::TlsRefused | Why::Unreachable, .. }),
                Some(error),
            ) => words(&self.with_advice(error)),
            (
                Said::Delivered { reply }
                | Said::Deferred { reply, .. }
                | Said::Refused { reply, .. }
                | Said::Failed(Failure { why: Why::Answered(reply), .. }),
                _,
            ) => words(reply),
            (Said::Failed(failure), _) => words(&failure.why),
            (Said::Unknown { .. }, _) => words(&said),
        };
        let failed = |stage: Stage, reply| Failed { stage: stage.as_str(), reply };
        match said {
            Said::Delivered { .. } => Outcome::Delivered(reply),
            Said::Deferred { stage, .. } if stage < Stage::Sender => {
                Outcome::Unreachable(failed(stage, reply))
            }
            Said::Deferred { stage, .. } => Outcome::Deferred(failed(stage, reply)),
            Said::Refused { stage, .. } => Outcome::Refused(failed(stage, reply)),
            Said::Failed(failure) if failure.is_about_the_mail() => {
                Outcome::Refused(failed(failure.stage, reply))
            }
            Said::Failed(Failure { stage, .. }) if stage >= Stage::Sender => {
                Outcome::Deferred(failed(stage, reply))
            }
            Said::Failed(Failure { stage, .. }) => Outcome::Unreachable(failed(stage, reply)),
            Said::Unknown { .. } => Outcome::Unconfirmed(failed(Stage::Message, reply)),
        }
    }
}

#[async_trait]
impl Transport for Smtp {
    async fn send(&mut self, call: &Call, outgoing: Outgoing, until: Timestamp) -> Outcome {
        let mut kept = self.line.take();
        if let Some(line) = &mut kept
            && line.until_idle(call, until).await.is_err()
        {
            line.socket.close().await;
            kept = None;
        }
        let (mut line, was_kept) = match kept {
            Some(line) => (line, true),
            None => match self.open().await {
                Ok(line) => (line, false),
                Err(failed) => return Outcome::Unreachable(failed),
            },
        };
        let Outgoing { envelope, message, .. } = outgoing;
        line.dialogue.submit(envelope.clone(), message.clone());
        let mut said = line.until_done(call, until).await;
        if was_kept && is_over_before_it_began(&said) {
            // The server had ended the kept connection meanwhile; nothing was said of this message.
            match self.open().await {
                Ok(opened) => line = opened,
                Err(failed) => return Outcome::Unreachable(failed),
            }
            line.dialogue.submit(envelope, message);
            said = line.until_done(call, until).await;
        }
        let outcome = self.outcome(said, line.trouble.as_ref());
        self.line = Some(line);
        outcome
    }

    async fn close(&mut self, call: &Call) {
        if let Some(mut line) = self.line.take() {
            line.dialogue.quit();
            let _ = line.until_idle(call, call.by_now().plus_ms(2_000)).await;
            line.socket.close().await;
        }
    }
}

fn is_over_before_it_began(said: &Said) -> bool {
    let before = |stage: &Stage| *stage <= Stage::Sender;
    match said {
        Said::Failed(Failure { stage, why: Why::Closed }) => before(stage),
        Said::Deferred { stage, reply } => before(stage) && reply.code() == 421,
        _ => false,
    }
}

/// What the dialogue has come to.
enum Turn {
    Done(Said),
    Idle,
    Closed(Option<Failure>),
}

impl Line {
    /// Goes on until the message that was submitted has its outcome.
    async fn until_done(&mut self, call: &Call, until: Timestamp) -> Said {
        let lost = Failure { stage: Stage::Connect, why: Why::Closed };
        match self.turn(call, until).await {
            Turn::Done(said) => said,
            Turn::Closed(failure) => Said::Failed(failure.unwrap_or(lost)),
            Turn::Idle => Said::Failed(lost),
        }
    }

    /// Goes on until the next message can be submitted.
    async fn until_idle(&mut self, call: &Call, until: Timestamp) -> Result<(), ()> {
        match self.turn(call, until).await {
            Turn::Idle => Ok(()),
            Turn::Done(_) | Turn::Closed(_) => Err(()),
        }
    }

    async fn turn(&mut self, call: &Call, until: Timestamp) -> Turn {
        loop {
            let left = u32::try_from(until.as_ms() - call.by_now().as_ms()).unwrap_or(0);
            if left < self.dialogue.reserve_ms() {
                self.dialogue.lost(Loss::TimedOut);
            }
            let done = match self.dialogue.next() {
                Step::Done(said) => return Turn::Done(said),
                Step::Idle => return Turn::Idle,
                Step::Closed(failure) => return Turn::Closed(failure),
                Step::Send { bytes, timeout_ms } => {
                    self.socket.write(&bytes, timeout_ms.min(left)).await
                }
                Step::Receive { timeout_ms } => self.receive(timeout_ms.min(left)).await,
                Step::StartTls => self.encrypt(left.min(COMMAND_MS)).await,
            };
            if let Err(error) = done {
                self.dialogue.lost(loss(&error));
                self.trouble = Some(error);
            }
        }
    }

    async fn receive(&mut self, timeout_ms: u32) -> Result<(), SocketError> {
        let bytes = self.socket.read(timeout_ms).await?;
        if bytes.is_empty() {
            self.dialogue.lost(Loss::Closed);
        } else {
            self.dialogue.received(&bytes);
        }
        Ok(())
    }

    async fn encrypt(&mut self, timeout_ms: u32) -> Result<(), SocketError> {
        self.socket.start_tls(timeout_ms).await?;
        self.dialogue.tls_established();
        Ok(())
    }
}

fn loss(error: &SocketError) -> Loss {
    match error {
        SocketError::TimedOut => Loss::TimedOut,
        SocketError::Tls(_) => Loss::TlsRefused,
        SocketError::Lost(_) => Loss::Closed,
        SocketError::NameNotFound | SocketError::Refused(_) | SocketError::NotSupported(_) => {
            Loss::Unreachable
        }
    }
}
