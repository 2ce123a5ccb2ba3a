//! The ways a message can leave. One interface; the setting `MAIL_TRANSPORT` chooses.

mod relay;
mod send_email;
mod smtp;

use async_trait::async_trait;
use domain::{EmailAddress, Setting, Timestamp};
use http_api::{Call, DataKey};
use mail::message::{Mailbox, Message};
use mail::smtp::Envelope;
use platform::Outward;
use store::configuration::Configuration;
use uuid::Uuid;

use relay::Relay;
use send_email::SendEmail;
use smtp::Smtp;

use crate::words;

/// A message on its way.
pub(crate) struct Outgoing {
    /// The mail's, for good.
    pub(crate) id: Uuid,
    /// From whom to whom.
    pub(crate) envelope: Envelope,
    /// What it says.
    pub(crate) message: Message,
    /// What in it lets people in, and so is not kept of an answer that quotes it.
    pub(crate) secrets: Vec<String>,
}

/// What became of a message.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was taken.
    Delivered(String),
    /// Not now: this message again later, others meanwhile.
    Deferred(Failed),
    /// A server may have it and did not say so: the same, a few times.
    Unconfirmed(Failed),
    /// Never.
    Refused(Failed),
    /// Nothing can be sent now, this message or another.
    Unreachable(Failed),
}

impl Outcome {
    /// The same, without what must not be kept of the server's words.
    pub(crate) fn without(mut self, secrets: &[String]) -> Self {
        let reply = match &mut self {
            Self::Delivered(reply) => reply,
            Self::Deferred(failed)
            | Self::Unconfirmed(failed)
            | Self::Refused(failed)
            | Self::Unreachable(failed) => &mut failed.reply,
        };
        *reply = words::without(reply, secrets);
        self
    }
}

/// How far a message came, and the server's words or ours.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) stage: &'static str,
    pub(crate) reply: String,
}

/// A way for messages to leave.
#[async_trait]
pub(crate) trait Transport: Send {
    /// Sends one message; it must be through by `until`.
    async fn send(&mut self, call: &Call, outgoing: Outgoing, until: Timestamp) -> Outcome;

    /// No more messages.
    async fn close(&mut self, call: &Call);
}

/// Who sends, and how.
pub(crate) struct Sender {
    /// In each message's From.
    pub(crate) from: Mailbox,
    /// The way.
    pub(crate) transport: Box<dyn Transport>,
}

impl Sender {
    /// The deployment's sender; a server may take `answer_ms` to say that it has a message.
    ///
    /// # Errors
    /// What is missing in the settings, for people.
    pub(crate) fn of(
        call: &Call,
        outward: &Outward,
        configuration: &Configuration,
        answer_ms: u32,
    ) -> Result<Self, Failed> {
        let from = setting(configuration, "smtpFrom");
        let from = EmailAddress::parse(from)
            .map_err(|_| missing("The sender's address (SMTP From) is not set"))?;
        let from = Mailbox::new(configuration.app_name(), from);
        let transport: Box<dyn Transport> = match call.setting("MAIL_TRANSPORT").as_deref() {
            None | Some("" | "smtp") => {
                Box::new(Smtp::of(call, outward, configuration, answer_ms)?)
            }
            Some("relay") => Box::new(Relay::of(call, outward)?),
            Some("send_email") => Box::new(SendEmail::of(outward)?),
            Some(_) => return Err(missing("MAIL_TRANSPORT must be smtp, relay or send_email")),
        };
        Ok(Self { from, transport })
    }
}

/// Something is missing in the settings.
fn missing(what: &str) -> Failed {
    Failed { stage: "settings", reply: what.to_owned() }
}

fn setting<'a>(configuration: &'a Configuration, key: &str) -> &'a str {
    Setting::find(key).map_or("", |setting| configuration.value(setting))
}

/// A secret of the configuration, opened.
fn secret(call: &Call, configuration: &Configuration, key: &str) -> Result<String, Failed> {
    let sealed = setting(configuration, key);
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let opened = DataKey::of(call).and_then(|data_key| data_key.open(key, sealed));
    opened.map_err(|_| missing("The stored password cannot be read; enter it again"))
}
