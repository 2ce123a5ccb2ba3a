use std::collections::VecDeque;
use std::fmt;

use smtp_proto::Response;

use super::awaited::Awaited;
use super::capabilities::Capabilities;
use super::data::FINAL_DOT;
use super::receiver::Receiver;
use super::transaction::{Mail, Transaction};
use super::{Envelope, Failure, Loss, Outcome, Reply, Security, Stage, Step, Submission, Why};
use crate::message::Message;

/// A connection to a submission server, from its greeting to QUIT, for any number of mails.
pub struct Dialogue {
    pub(super) submission: Submission,
    pub(super) state: State,
    pub(super) encrypted: bool,
    pub(super) offers: Capabilities,
    /// Handed out before anything else, in this order.
    steps: VecDeque<Step>,
    /// The replies that are to come, in this order: more than one when commands were pipelined.
    pub(super) awaited: VecDeque<Awaited>,
    receiver: Receiver,
    /// Submitted and not done; the first is under way while there is a transaction.
    pub(super) mails: VecDeque<Mail>,
    pub(super) transaction: Option<Transaction>,
    quitting: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// From the greeting to the last word about who we are.
    Opening,
    /// The server has agreed to begin TLS.
    Handshake,
    /// Mails may go.
    Ready,
    /// The text of a mail is on its way, the dot that ends it is not.
    Text,
    /// Closed, for a reason unless we wished it.
    Over(Option<Failure>),
}

impl Dialogue {
    /// A dialogue over a connection that is about to be opened (and, with [`Security::Tls`],
    /// encrypted by the driver).
    pub fn new(submission: Submission) -> Self {
        Self {
            encrypted: submission.security == Security::Tls,
            submission,
            state: State::Opening,
            offers: Capabilities::default(),
            steps: VecDeque::new(),
            awaited: VecDeque::from([Awaited::Greeting]),
            receiver: Receiver::default(),
            mails: VecDeque::new(),
            transaction: None,
            quitting: false,
        }
    }

    /// Takes a mail to send: before the first step, while idle, or while another is on its way;
    /// outcomes come in the order of submission. After the end it has the outcome of the end.
    pub fn submit(&mut self, envelope: Envelope, message: Message) {
        if let State::Over(failure) = &self.state {
            let closed = Failure { stage: Stage::Connect, why: Why::Closed };
            let outcome = outcome_of(failure.clone().unwrap_or(closed));
            self.steps.push_back(Step::Done(outcome));
        } else {
            self.mails.push_back(Mail { envelope, message });
        }
    }

    /// What to do next. To ask is to say that the step before is done.
    #[expect(clippy::should_implement_trait, reason = "it has no end: it waits for its driver")]
    pub fn next(&mut self) -> Step {
        if self.steps.is_empty() && self.awaited.is_empty() && self.state == State::Ready {
            self.begin();
        }
        if let Some(step) = self.steps.pop_front() {
            return step;
        }
        if let Some(awaited) = self.awaited.front() {
            return Step::Receive { timeout_ms: awaited.timeout_ms(self.submission.patience) };
        }
        match &self.state {
            State::Over(failure) => Step::Closed(failure.clone()),
            State::Handshake => Step::StartTls,
            State::Text => self.end_text(),
            State::Opening | State::Ready if self.quitting => self.say_quit(),
            State::Opening | State::Ready => Step::Idle,
        }
    }

    /// How much time the next step must leave: once the final dot is out, only the server's answer
    /// tells who has the mail. Where there is less, [`lost`](Self::lost) instead: that is certain.
    pub fn reserve_ms(&self) -> u32 {
        if self.state == State::Text { self.submission.patience.final_dot_ms } else { 0 }
    }

    /// Some bytes have come, as few or as many as it may be.
    pub fn received(&mut self, bytes: &[u8]) {
        let mut rest = bytes.iter();
        while rest.len() > 0 && !self.is_over() {
            if self.state == State::Handshake {
                // What follows the agreement to begin TLS was written by somebody who saw the clear
                // text; read later, it would pass for the server's.
                return self.end(Failure { stage: Stage::Tls, why: Why::Injected });
            }
            match self.receiver.take(&mut rest) {
                Ok(Some(response)) => self.answered(&response),
                Ok(None) => return,
                Err(_) => self.end(Failure { stage: self.stage(), why: Why::NotSmtp }),
            }
        }
    }

    /// The TLS handshake of [`Step::StartTls`] is done and the certificate checked.
    pub fn tls_established(&mut self) {
        if self.state == State::Handshake {
            self.state = State::Opening;
            self.encrypted = true;
            // What the server offered in clear may have been changed on its way (RFC 3207 §4.2).
            self.offers = Capabilities::default();
            self.say_ehlo();
        }
    }

    /// The connection was never there or is no more, or a step took longer than it may.
    pub fn lost(&mut self, loss: Loss) {
        let stage = self.stage();
        let (stage, why) = match loss {
            Loss::Unreachable => (Stage::Connect, Why::Unreachable),
            Loss::TlsRefused => (Stage::Tls, Why::TlsRefused),
            Loss::Closed => (stage, Why::Closed),
            Loss::TimedOut => (stage, Why::TimedOut),
        };
        if self.awaited.front() == Some(&Awaited::Quit) {
            self.awaited.clear();
            self.state = State::Over(None);
        } else if !self.is_over() {
            self.end(Failure { stage, why });
        }
    }

    /// No more mails: say QUIT once all that were submitted have their outcome.
    pub fn quit(&mut self) {
        self.quitting = true;
    }

    pub(super) fn send(&mut self, bytes: Vec<u8>, then: impl IntoIterator<Item = Awaited>) {
        let timeout_ms = self.submission.patience.command_ms;
        self.steps.push_back(Step::Send { bytes, timeout_ms });
        self.awaited.extend(then);
    }

    pub(super) fn done(&mut self, outcome: Outcome) {
        self.mails.pop_front();
        self.transaction = None;
        self.steps.push_back(Step::Done(outcome));
    }

    fn answered(&mut self, response: &Response<String>) {
        let reply = Reply::from_proto(response);
        let asked = !self.steps.iter().any(|step| matches!(step, Step::Send { .. }));
        if self.awaited.front() == Some(&Awaited::Quit) {
            self.awaited.clear();
            self.state = State::Over(None);
            return;
        }
        let stage = self.stage();
        if reply.code() == 421 {
            return self.end(Failure { stage, why: Why::Answered(reply) });
        }
        match self.awaited.pop_front().filter(|_| asked) {
            Some(awaited) if awaited.is_of_the_opening() => {
                self.opening(awaited, reply, &response.message);
            }
            Some(awaited) => self.transaction(awaited, reply),
            // An answer to nothing: whose answers are we reading?
            None => self.end(Failure { stage, why: Why::NotSmtp }),
        }
    }

    /// Ends the dialogue; every mail that has no outcome yet gets one.
    pub(super) fn end(&mut self, failure: Failure) {
        let answered = match &failure.why {
            Why::Answered(reply) => Some(reply.code()),
            _ => None,
        };
        let dot_is_out = self.awaited.contains(&Awaited::FinalDot);
        self.steps.retain(|step| matches!(step, Step::Done(_)));
        if let Some(transaction) = self.transaction.take() {
            let unknown = || Outcome::Unknown { why: failure.why.clone() };
            let certain = || outcome_of(failure.clone());
            let otherwise = || if dot_is_out && answered.is_none() { unknown() } else { certain() };
            self.done(transaction.verdict.unwrap_or_else(otherwise));
        }
        while !self.mails.is_empty() {
            self.done(outcome_of(failure.clone()));
        }
        self.awaited.clear();
        if answered.is_some_and(|code| code != 421) {
            self.send(b"QUIT\r\n".to_vec(), []);
        }
        self.state = State::Over(Some(failure));
    }

    const fn is_over(&self) -> bool {
        matches!(self.state, State::Over(_))
    }

    fn stage(&self) -> Stage {
        match (&self.state, self.awaited.front()) {
            (State::Handshake, _) => Stage::Tls,
            (State::Text, _) => Stage::Message,
            (_, Some(awaited)) => awaited.stage(),
            (_, None) => Stage::Sender,
        }
    }

    /// The text is out; from here on nobody can know until the server has answered.
    fn end_text(&mut self) -> Step {
        self.state = State::Ready;
        self.awaited.push_back(Awaited::FinalDot);
        let timeout_ms = self.submission.patience.command_ms;
        Step::Send { bytes: FINAL_DOT.to_vec(), timeout_ms }
    }

    fn say_quit(&mut self) -> Step {
        self.awaited.push_back(Awaited::Quit);
        let timeout_ms = self.submission.patience.command_ms;
        Step::Send { bytes: b"QUIT\r\n".to_vec(), timeout_ms }
    }
}

/// What the end of the dialogue means for a mail that the server has not taken.
fn outcome_of(Failure { stage, why }: Failure) -> Outcome {
    match why {
        Why::Answered(reply) if reply.is_transient() => Outcome::Deferred { stage, reply },
        why => Outcome::Failed(Failure { stage, why }),
    }
}

impl fmt::Debug for Dialogue {
    /// Without its steps, which may hold the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialogue")
            .field("state", &self.state)
            .field("encrypted", &self.encrypted)
            .field("awaited", &self.awaited)
            .field("mails", &self.mails.len())
            .finish_non_exhaustive()
    }
}
