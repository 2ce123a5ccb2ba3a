use http::StatusCode;
use mail_relay_client::{LONGEST_MESSAGE, Stage, Submission};
use uuid::Uuid;

use crate::address::{Address, Senders};
use crate::answer::Refusal;
use crate::header;

/// A mail that may go as it is.
#[derive(Debug)]
pub(crate) struct Mail {
    pub(crate) id: Uuid,
    pub(crate) from: Address,
    pub(crate) to: Address,
    pub(crate) message: String,
}

impl Mail {
    /// Checks what was handed over.
    ///
    /// # Errors
    /// What keeps it from going.
    pub(crate) fn check(submission: Submission, senders: &Senders) -> Result<Self, Refusal> {
        let Submission { id, from, to, message } = submission;
        let wrong =
            |stage, why: &str| Refusal::of_mail(StatusCode::UNPROCESSABLE_ENTITY, stage, why);
        let from = Address::parse(&from);
        let from = from.ok_or_else(|| wrong(Stage::Sender, "the sender's address is none"))?;
        if !senders.admit(&from) {
            let why = "the relay does not send for this address: see its SENDERS";
            return Err(Refusal::of_all(StatusCode::FORBIDDEN, why));
        }
        let to = Address::parse(&to);
        let to = to.ok_or_else(|| wrong(Stage::Recipient, "the recipient's address is none"))?;
        if message.len() > LONGEST_MESSAGE {
            return Err(too_large());
        }
        header::check(&message, &from).map_err(|why| wrong(Stage::Message, why))?;
        Ok(Self { id, from, to, message })
    }
}

/// Too much was handed over.
pub(crate) fn too_large() -> Refusal {
    let why = format!("the message is longer than {LONGEST_MESSAGE} bytes");
    Refusal::of_mail(StatusCode::PAYLOAD_TOO_LARGE, Stage::Message, &why)
}
