use super::{Envelope, Loss, Step, Submission};
use crate::message::Message;

/// A connection to a submission server, from its greeting to QUIT, for any number of mails.
#[derive(Debug)]
pub struct Dialogue {
    submission: Submission,
}

impl Dialogue {
    /// A dialogue over a connection that is about to be opened (and, with
    /// [`Security::Tls`](super::Security::Tls), encrypted by the driver).
    pub const fn new(submission: Submission) -> Self {
        Self { submission }
    }

    /// Takes a mail to send: before the first step, while idle, or while another is on its way;
    /// outcomes come in the order of submission. After the end it has the outcome of the end.
    pub fn submit(&mut self, _envelope: Envelope, _message: Message) {}

    /// What to do next.
    #[expect(clippy::should_implement_trait, reason = "it has no end: it waits for its driver")]
    pub fn next(&mut self) -> Step {
        Step::Idle
    }

    /// Some bytes have come, as few or as many as it may be.
    pub fn received(&mut self, _bytes: &[u8]) {}

    /// The TLS handshake of [`Step::StartTls`] is done and the certificate checked.
    pub fn tls_established(&mut self) {}

    /// The connection was never there or is no more, or a step took longer than it may.
    pub fn lost(&mut self, _loss: Loss) {}

    /// No more mails: say QUIT once all that were submitted have their outcome.
    pub fn quit(&mut self) {}
}
