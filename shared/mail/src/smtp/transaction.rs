use super::awaited::Awaited;
use super::data::{FINAL_DOT, stuffed};
use super::dialogue::{Dialogue, State};
use super::{Envelope, Extension, Failure, Outcome, Reply, Stage, Why};
use crate::message::Message;

/// A mail to send.
#[derive(Debug)]
pub(super) struct Mail {
    pub(super) envelope: Envelope,
    pub(super) message: Message,
}

/// A mail on its way.
#[derive(Debug, Default)]
pub(super) struct Transaction {
    /// Commands that wait for the reply to the one before; none where they could be pipelined.
    rest: Vec<(Awaited, String)>,
    /// The first no, if there was one: replies to what was pipelined behind it are still to come.
    pub(super) verdict: Option<Outcome>,
}

impl Mail {
    fn needs_smtputf8(&self) -> bool {
        let Envelope { from, to } = &self.envelope;
        self.message.needs_smtputf8() || !from.as_str().is_ascii() || !to.as_str().is_ascii()
    }
}

/// One mail after the other.
impl Dialogue {
    /// Begins the next mail that this server can take at all.
    pub(super) fn begin(&mut self) {
        while let Some(mail) = self.mails.front() {
            let Err(failure) = self.check(mail) else {
                return self.say_mail();
            };
            self.done(Outcome::Failed(failure));
        }
    }

    fn check(&self, mail: &Mail) -> Result<(), Failure> {
        if mail.needs_smtputf8() && !self.offers.smtp_utf8 {
            let why = Why::NotOffered(Extension::SmtpUtf8);
            let is_sender = !mail.envelope.from.as_str().is_ascii();
            let stage = if is_sender { Stage::Sender } else { Stage::Recipient };
            return Err(Failure { stage, why });
        }
        match self.offers.size_limit {
            Some(limit) if mail.message.as_bytes().len() > limit => {
                Err(Failure { stage: Stage::Message, why: Why::TooLarge { limit } })
            }
            _ => Ok(()),
        }
    }

    /// Sends the commands of a mail, all at once where the server takes that (RFC 2920).
    fn say_mail(&mut self) {
        let Some(mail) = self.mails.front() else { return };
        let mut parameters = String::new();
        if self.offers.size {
            parameters = format!(" SIZE={}", mail.message.as_bytes().len());
        }
        if mail.needs_smtputf8() {
            // Whoever offers SMTPUTF8 offers 8BITMIME too (RFC 6531 §3.1).
            parameters += " BODY=8BITMIME SMTPUTF8";
        }
        let Envelope { from, to } = &mail.envelope;
        let sender = format!("MAIL FROM:<{}>{parameters}\r\n", from.as_str());
        let recipient = format!("RCPT TO:<{}>\r\n", to.as_str());
        let data = "DATA\r\n".to_owned();
        if self.offers.pipelining {
            let awaited = [Awaited::Sender, Awaited::Recipient, Awaited::Data];
            self.transaction = Some(Transaction::default());
            self.send((sender + &recipient + &data).into_bytes(), awaited);
        } else {
            let rest = vec![(Awaited::Data, data), (Awaited::Recipient, recipient)];
            self.transaction = Some(Transaction { rest, verdict: None });
            self.send(sender.into_bytes(), [Awaited::Sender]);
        }
    }

    pub(super) fn transaction(&mut self, awaited: Awaited, reply: Reply) {
        match awaited {
            Awaited::Data if reply.code() == 354 => self.say_text(),
            Awaited::Sender | Awaited::Recipient if reply.is_positive() => self.go_on(),
            Awaited::FinalDot => self.done(match reply.code() / 100 {
                2 => Outcome::Delivered { reply },
                3 => Outcome::Unknown { why: Why::Answered(reply) },
                _ => verdict(Stage::Message, reply),
            }),
            Awaited::EmptyText => self.give_up(),
            Awaited::Reset if reply.is_positive() => {}
            // Nothing is about this mail when the server wants to know first who we are.
            _ if reply.code() == 530 || awaited == Awaited::Reset => {
                let of_530 = awaited != Awaited::Reset;
                let stage = if of_530 { Stage::Authentication } else { Stage::Sender };
                self.end(Failure { stage, why: Why::Answered(reply) });
            }
            _ => self.refused(verdict(awaited.stage(), reply)),
        }
    }

    /// Says the next command, if it was not pipelined.
    fn go_on(&mut self) {
        let next = self.transaction.as_mut().and_then(|transaction| transaction.rest.pop());
        if let Some((awaited, command)) = next {
            self.send(command.into_bytes(), [awaited]);
        }
    }

    /// The first no is the verdict; what was pipelined behind it is answered first.
    fn refused(&mut self, outcome: Outcome) {
        if let Some(transaction) = &mut self.transaction {
            transaction.verdict.get_or_insert(outcome);
        }
        if self.awaited.is_empty() {
            self.give_up();
            self.send(b"RSET\r\n".to_vec(), [Awaited::Reset]);
        }
    }

    fn give_up(&mut self) {
        let verdict = self.transaction.take().and_then(|transaction| transaction.verdict);
        if let Some(verdict) = verdict {
            self.done(verdict);
        }
    }

    /// The server waits for the text. It gets none where it has no recipient for it (RFC 2920 §3.1).
    fn say_text(&mut self) {
        let is_wanted = self.transaction.as_ref().is_some_and(|sent| sent.verdict.is_none());
        match self.mails.front() {
            Some(mail) if is_wanted => {
                let text = stuffed(mail.message.as_bytes());
                self.send(text, []);
                self.state = State::Text;
            }
            _ => self.send(FINAL_DOT.to_vec(), [Awaited::EmptyText]),
        }
    }
}

/// What a no to this mail means.
fn verdict(stage: Stage, reply: Reply) -> Outcome {
    match reply.code() / 100 {
        4 => Outcome::Deferred { stage, reply },
        5 => Outcome::Refused { stage, reply },
        _ => Outcome::Failed(Failure { stage, why: Why::Answered(reply) }),
    }
}
