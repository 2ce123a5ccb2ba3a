//! The dispatcher: claims what is due, sends it, records what came of each.
//!
//! It may be killed anywhere. What it had claimed is due again when the claim ends; what it was
//! sending in that moment is sent again under the same Message-ID (decision 17 says when a recipient
//! may then see it twice).

mod backoff;
pub(crate) mod letter;
mod records;
mod round;

use http_api::{Call, Fault, Problem};
use platform::Outward;
use serde::Serialize;
use store::Batch;
use store::api_keys::Notify;
use store::configuration::{Configuration, Read};
use store::outbox::{Claim, ClaimedMail};
use store::pictures::{ImageName, ImageOf, StoredImage};
use utoipa::ToSchema;
use uuid::Uuid;

use round::Round;

use crate::transport::{Failed, Sender};

/// How much one dispatch may do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    /// Mails at most.
    mails: u32,
    /// Milliseconds after which no further mail is begun.
    milliseconds: i64,
    /// Milliseconds after which everything is through.
    through: i64,
    /// Milliseconds that a server may take to say that it has a mail. Less of the time than that, and
    /// it is not sent the mail: nobody could know then.
    answer: u32,
}

/// D1's free plan allows a call 50 statements: two for notices, three to claim and three a mail make 50.
const MAILS: u32 = 15;

/// What a clock starts may go on for minutes. A mail must be through before its claim ends, which
/// leaves 45 s of the ten minutes that RFC 5321 recommends for the answer to the final dot.
const BY_CLOCK: (i64, i64, u32) = (20_000, 600_000, 45_000);

/// Workers cut off what goes on for 30 s after the reply: a mail cut off after its final dot would be
/// sent again.
const BY_WAKE: (i64, i64, u32) = (8_000, 28_000, ANSWER_IN_HASTE_MS);

/// What a server may take to say that it has a mail, where somebody waits or Workers cut off.
pub(crate) const ANSWER_IN_HASTE_MS: u32 = 18_000;

/// Mails that one claim takes.
const ROUND: u32 = 20;

impl Budget {
    /// As the setting `MAIL_BUDGET` says, for 1 to 500 mails.
    pub(crate) fn of(call: &Call) -> Self {
        Self::within(call, BY_CLOCK)
    }

    /// The same, for a request that woke the dispatcher.
    pub(crate) fn of_wake(call: &Call) -> Self {
        Self::within(call, BY_WAKE)
    }

    fn within(call: &Call, (milliseconds, through, answer): (i64, i64, u32)) -> Self {
        let chosen = call.setting("MAIL_BUDGET").and_then(|text| text.parse().ok());
        let mails = chosen.filter(|mails| (1..=500).contains(mails)).unwrap_or(MAILS);
        Self { mails, milliseconds, through, answer }
    }
}

/// What a dispatch did.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Tally {
    /// Taken by a server.
    pub(crate) sent: u32,
    /// Ended otherwise: refused, expired, given up.
    pub(crate) ended: u32,
    /// Left for a later attempt.
    pub(crate) postponed: u32,
}

/// Sends what is due, within the budget.
///
/// # Errors
/// When the database fails; what was claimed is due again two minutes later.
pub(crate) async fn dispatch(
    call: &Call,
    outward: &Outward,
    budget: Budget,
) -> Result<Tally, Problem> {
    let until = call.by_now().plus_ms(budget.milliseconds);
    let through = call.by_now().plus_ms(budget.through);
    let mut tally = Tally::default();
    let mut sender: Option<Result<Sender, Failed>> = None;
    let mut room = budget.mails;
    let mut notices = Some(Notify { ids: new_ids(call, budget)?, at: call.by_now() });
    while room > 0 && call.by_now() < until {
        let limit = room.min(ROUND);
        let Claimed { claim, mails, look } = claim_some(call, limit, notices.take()).await?;
        let count = u32::try_from(mails.len()).unwrap_or(u32::MAX);
        room = room.saturating_sub(count);
        if mails.is_empty() {
            break;
        }
        let sender = sender
            .get_or_insert_with(|| Sender::of(call, outward, &look.configuration, budget.answer));
        let mut round = Round { call, claim, look: &look, until, through, tally: &mut tally };
        let goes_on = match sender {
            Ok(sender) => round.send(sender, mails).await?,
            Err(failed) => {
                let live = round.end_those_that_are_over(mails).await?;
                round.put_back(&live, &failed.reply).await?;
                false
            }
        };
        if !goes_on || count < limit {
            break;
        }
    }
    if let Some(Ok(sender)) = &mut sender {
        sender.transport.close(call).await;
    }
    Ok(tally)
}

/// What writing a mail needs of the deployment.
struct Look {
    configuration: Configuration,
    logo: Option<StoredImage>,
}

struct Claimed {
    claim: Uuid,
    mails: Vec<ClaimedMail>,
    look: Look,
}

/// Claims mails, after queueing `notices` about what ends soon: they go out at once.
async fn claim_some(call: &Call, limit: u32, notices: Option<Notify>) -> Result<Claimed, Problem> {
    let claim = call.new_id()?;
    let claiming = Claim { claim, limit, at: call.by_now() };
    let batch = (notices, (claiming, (Read, ImageOf(ImageName::Email))));
    let (_, (mails, (configuration, logo))) = call.run(batch).await?;
    Ok(Claimed { claim, mails, look: Look { configuration, logo } })
}

/// For as many notices as leave room for other mails.
fn new_ids(call: &Call, budget: Budget) -> Result<Vec<Uuid>, Problem> {
    (0..Notify::MOST.min(budget.mails / 2).max(1)).map(|_| call.new_id()).collect()
}

/// Tries a trip that records something up to three times: what it would record has happened, and
/// forgetting it would send a mail twice.
async fn insist<B: Batch>(call: &Call, batch: &B) -> Result<B::Output, Problem> {
    for _ in 0..2 {
        match call.run(batch).await {
            Err(Problem::Busy | Problem::Internal(Fault::Store(_))) => {}
            outcome => return outcome,
        }
    }
    call.run(batch).await
}
