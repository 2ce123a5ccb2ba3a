use std::sync::Arc;

use async_trait::async_trait;
use domain::Timestamp;
use futures_util::StreamExt as _;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request, Uri};
use http_api::Call;
use mail_relay_client::{Answer, LONGEST_ANSWER, MESSAGES_PATH, Outcome as Said, Submission};
use platform::{Chunks, Http, HttpError, Outward};

use super::{Failed, Outcome, Outgoing, Transport, missing};
use crate::words::words;

/// A relay that is asked over HTTP (`infra/mail-relay`). It sends what bears the same id once, so
/// whatever breaks on the way there, asking again is safe.
pub(super) struct Relay {
    http: Arc<dyn Http>,
    messages: Uri,
    bearer: HeaderValue,
}

impl Relay {
    /// The one that `MAIL_RELAY_URL` and `MAIL_RELAY_SECRET` name.
    ///
    /// # Errors
    /// What is missing there, for people.
    pub(super) fn of(call: &Call, outward: &Outward) -> Result<Self, Failed> {
        let set = |name| call.setting(name).filter(|value| !value.is_empty());
        let url = set("MAIL_RELAY_URL").ok_or_else(|| missing("MAIL_RELAY_URL is not set"))?;
        let secret =
            set("MAIL_RELAY_SECRET").ok_or_else(|| missing("MAIL_RELAY_SECRET is not set"))?;
        let wrong = || missing("MAIL_RELAY_URL must be like https://relay.example.com");
        let messages = format!("{}{MESSAGES_PATH}", url.trim_end_matches('/'));
        let messages: Uri = messages.parse().map_err(|_| wrong())?;
        if !matches!(messages.scheme_str(), Some("http" | "https")) || messages.query().is_some() {
            return Err(wrong());
        }
        let bearer = HeaderValue::try_from(format!("Bearer {secret}"));
        let mut bearer =
            bearer.map_err(|_| missing("MAIL_RELAY_SECRET cannot stand in a header"))?;
        bearer.set_sensitive(true);
        Ok(Self { http: Arc::clone(&outward.http), messages, bearer })
    }

    fn request(&self, outgoing: &Outgoing) -> Option<Request<Vec<u8>>> {
        let submission = Submission {
            id: outgoing.id,
            from: outgoing.envelope.from.as_str().to_owned(),
            to: outgoing.envelope.to.as_str().to_owned(),
            message: String::from_utf8(outgoing.message.as_bytes().to_vec()).ok()?,
        };
        let request = Request::post(&self.messages)
            .header(AUTHORIZATION, &self.bearer)
            .header(CONTENT_TYPE, "application/json");
        request.body(serde_json::to_vec(&submission).ok()?).ok()
    }

    async fn ask(&self, request: Request<Vec<u8>>, timeout_ms: u32) -> Result<Outcome, HttpError> {
        let (head, body) = self.http.send(request, timeout_ms).await?.into_parts();
        let body = read(body).await?;
        let answer = body.and_then(|body| serde_json::from_slice(&body).ok());
        // Something before the relay, or something else in its place.
        let strange =
            || format!("what answers at MAIL_RELAY_URL is no relay: HTTP {}", head.status);
        Ok(answer.map_or_else(|| Outcome::Unreachable(failed(&strange())), outcome))
    }
}

#[async_trait]
impl Transport for Relay {
    async fn send(&mut self, call: &Call, outgoing: Outgoing, until: Timestamp) -> Outcome {
        let Some(request) = self.request(&outgoing) else {
            return Outcome::Refused(failed(&"Postern could not write this email"));
        };
        let left = u32::try_from(until.as_ms() - call.by_now().as_ms()).unwrap_or(0);
        match self.ask(request, left.max(1)).await {
            Ok(outcome) => outcome,
            Err(error @ HttpError::Unreachable(_)) => {
                Outcome::Unreachable(failed(&format!("the mail relay: {error}")))
            }
            // The relay goes on by itself, and tells the next attempt what came of it.
            Err(error @ (HttpError::TimedOut | HttpError::Lost(_))) => {
                Outcome::Deferred(failed(&format!("the mail relay: {error}")))
            }
        }
    }

    async fn close(&mut self, _: &Call) {}
}

/// The body; `None` if it is longer than a relay's.
async fn read(mut chunks: Chunks) -> Result<Option<Vec<u8>>, HttpError> {
    let mut body = Vec::new();
    while let Some(chunk) = chunks.next().await {
        body.extend_from_slice(&chunk?);
        if body.len() > LONGEST_ANSWER {
            return Ok(None);
        }
    }
    Ok(Some(body))
}

fn outcome(answer: Answer) -> Outcome {
    let Answer { outcome, stage, reply } = answer;
    let reply = words(&reply);
    let failed = |reply| Failed { stage: stage.as_str(), reply };
    match outcome {
        Said::Delivered => Outcome::Delivered(reply),
        Said::Deferred => Outcome::Deferred(failed(reply)),
        Said::Unconfirmed => Outcome::Unconfirmed(failed(reply)),
        Said::Refused => Outcome::Refused(failed(reply)),
        Said::Unreachable => Outcome::Unreachable(failed(reply)),
    }
}

fn failed(why: &impl ToString) -> Failed {
    Failed { stage: "relay", reply: words(why) }
}
