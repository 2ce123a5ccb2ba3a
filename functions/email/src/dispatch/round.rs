use domain::Timestamp;
use http_api::{Call, Problem};
use store::outbox::{Begin, ClaimedMail, Ending, GIVE_UP_MS, MOST_UNCONFIRMED};
use uuid::Uuid;

use super::records::{Note, Records};
use super::{Look, Tally, insist, letter};
use crate::transport::{Failed, Outcome, Sender};

/// How long one mail may take: less than its claim lasts, or another dispatcher would have it too.
const ONE_MAIL_MS: i64 = 90_000;

/// The mails of one claim.
pub(super) struct Round<'a> {
    pub(super) call: &'a Call,
    pub(super) claim: Uuid,
    pub(super) look: &'a Look,
    /// When no further mail is begun.
    pub(super) until: Timestamp,
    /// When everything is through.
    pub(super) through: Timestamp,
    pub(super) tally: &'a mut Tally,
}

impl<'a> Round<'a> {
    /// Sends the mails one by one. What came of one is recorded in the trip that begins the next:
    /// a trip a mail. `false`: there is no more time, or nothing can be sent now.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn send(
        &mut self,
        sender: &mut Sender,
        mails: Vec<ClaimedMail>,
    ) -> Result<bool, Problem> {
        let mut waiting = self.end_those_that_are_over(mails).await?.into_iter();
        let mut done = Records::of(self.call, self.claim);
        while let Some(mail) = waiting.next() {
            if self.call.by_now() >= self.until {
                done.note(&mail, Note::Unbegun)?;
                for mail in waiting.as_slice() {
                    done.note(mail, Note::Unbegun)?;
                }
                insist(self.call, &done).await?;
                return Ok(false);
            }
            if !self.begin(&mut done, &mail).await? {
                continue;
            }
            match self.one(sender, &mail).await {
                Outcome::Delivered(reply) => self.ended(&mut done, &mail, Ending::Sent, reply)?,
                Outcome::Refused(failed) => {
                    self.ended(&mut done, &mail, Ending::Refused, failed.reply)?;
                }
                Outcome::Deferred(failed) => self.postponed(&mut done, &mail, failed.reply)?,
                Outcome::Unconfirmed(failed) => self.unconfirmed(&mut done, &mail, failed.reply)?,
                Outcome::Unreachable(failed) => {
                    self.postponed(&mut done, &mail, failed.reply.clone())?;
                    insist(self.call, &done).await?;
                    self.put_back(waiting.as_slice(), &failed.reply).await?;
                    return Ok(false);
                }
            }
        }
        insist(self.call, &done).await?;
        Ok(true)
    }

    /// Puts mails back that something about all of them keeps from being sent.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn put_back(
        &mut self,
        mails: &[ClaimedMail],
        reply: &str,
    ) -> Result<(), Problem> {
        let mut done = Records::of(self.call, self.claim);
        for mail in mails {
            done.note(mail, Note::Untried(reply.to_owned()))?;
            self.tally.postponed += 1;
        }
        self.call.run(&done).await
    }

    /// Ends those whose time is over, and gives back the others.
    pub(super) async fn end_those_that_are_over(
        &mut self,
        mails: Vec<ClaimedMail>,
    ) -> Result<Vec<ClaimedMail>, Problem> {
        let now = self.call.by_now();
        let mut done = Records::of(self.call, self.claim);
        let mut live = Vec::with_capacity(mails.len());
        for mail in mails {
            match over(&mail, now) {
                Some(ending) => {
                    self.tally.ended += 1;
                    done.note(&mail, Note::Ended(ending, None))?;
                }
                None => live.push(mail),
            }
        }
        self.call.run(&done).await?;
        Ok(live)
    }

    /// Whether the mail is still ours, in the trip that records what is done.
    async fn begin(&self, done: &mut Records<'a>, mail: &ClaimedMail) -> Result<bool, Problem> {
        let begin = Begin { mail: mail.id, claim: self.claim, at: self.call.by_now() };
        let batch = (std::mem::replace(done, Records::of(self.call, self.claim)), begin);
        let ((), is_ours) = insist(self.call, &batch).await?;
        Ok(is_ours)
    }

    async fn one(&self, sender: &mut Sender, mail: &ClaimedMail) -> Outcome {
        match letter::write(self.call, self.look, &sender.from, mail) {
            Some(outgoing) => {
                let until = self.call.by_now().plus_ms(ONE_MAIL_MS).min(self.through);
                let secrets = outgoing.secrets.clone();
                sender.transport.send(self.call, outgoing, until).await.without(&secrets)
            }
            None => Outcome::Refused(Failed {
                stage: "message",
                reply: "Postern could not write this email".to_owned(),
            }),
        }
    }

    fn ended(
        &mut self,
        done: &mut Records<'_>,
        mail: &ClaimedMail,
        ending: Ending,
        reply: String,
    ) -> Result<(), Problem> {
        let count =
            if ending == Ending::Sent { &mut self.tally.sent } else { &mut self.tally.ended };
        *count += 1;
        done.note(mail, Note::Ended(ending, Some(reply)))
    }

    /// Again later, unless it was so often before.
    fn unconfirmed(
        &mut self,
        done: &mut Records<'_>,
        mail: &ClaimedMail,
        reply: String,
    ) -> Result<(), Problem> {
        if mail.unconfirmed + 1 < MOST_UNCONFIRMED {
            self.tally.postponed += 1;
            return done.note(mail, Note::Unconfirmed(reply));
        }
        let last = format!("It was sent {MOST_UNCONFIRMED} times and may have arrived. {reply}");
        self.ended(done, mail, Ending::GivenUp, last)
    }

    fn postponed(
        &mut self,
        done: &mut Records<'_>,
        mail: &ClaimedMail,
        reply: String,
    ) -> Result<(), Problem> {
        self.tally.postponed += 1;
        done.note(mail, Note::Postponed(reply))
    }
}

/// How a mail ends that must not be sent any more.
fn over(mail: &ClaimedMail, now: Timestamp) -> Option<Ending> {
    if mail.expires_at.is_some_and(|end| end <= now) {
        Some(Ending::Expired)
    } else if mail.attempts > 0 && mail.created_at.plus_ms(GIVE_UP_MS) <= now {
        Some(Ending::GivenUp)
    } else {
        None
    }
}
