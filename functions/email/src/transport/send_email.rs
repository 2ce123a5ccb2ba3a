use std::sync::Arc;

use async_trait::async_trait;
use domain::Timestamp;
use http_api::Call;
use platform::{MailService, MailServiceError, Outward};

use super::{Failed, Outcome, Outgoing, Transport, missing};
use crate::words::words;

/// Cloudflare's Email Service, by the binding `SEND_EMAIL`.
pub(super) struct SendEmail(Arc<dyn MailService>);

impl SendEmail {
    /// # Errors
    /// Where there is no such service, in words for people.
    pub(super) fn of(outward: &Outward) -> Result<Self, Failed> {
        let absent = || {
            missing(
                "MAIL_TRANSPORT is send_email, which only Workers have, with the binding SEND_EMAIL",
            )
        };
        outward.mail.clone().map(Self).ok_or_else(absent)
    }
}

#[async_trait]
impl Transport for SendEmail {
    async fn send(&mut self, call: &Call, outgoing: Outgoing, until: Timestamp) -> Outcome {
        let Ok(message) = std::str::from_utf8(outgoing.message.as_bytes()) else {
            return Outcome::Refused(failed("message", &"Postern could not write this email"));
        };
        let left = u32::try_from(until.as_ms() - call.by_now().as_ms()).unwrap_or(0);
        let (from, to) = (outgoing.envelope.from.as_str(), outgoing.envelope.to.as_str());
        match self.0.send(from, to, message, left.max(1)).await {
            Ok(name) => Outcome::Delivered(words(&format!("taken as {name}"))),
            Err(error) => outcome(&error),
        }
    }

    async fn close(&mut self, _: &Call) {}
}

/// What a code of the service means for this mail and for others.
fn outcome(error: &MailServiceError) -> Outcome {
    let MailServiceError::Refused { code, .. } = error else {
        return Outcome::Unconfirmed(failed("message", error));
    };
    match code.as_str() {
        "E_SENDER_NOT_VERIFIED" | "E_SENDER_DOMAIN_NOT_AVAILABLE" => {
            Outcome::Unreachable(failed("sender", error))
        }
        "E_RATE_LIMIT_EXCEEDED" | "E_DAILY_LIMIT_EXCEEDED" => {
            Outcome::Unreachable(failed("message", error))
        }
        "E_RECIPIENT_SUPPRESSED" => Outcome::Refused(failed("recipient", error)),
        "E_CONTENT_TOO_LARGE" | "E_VALIDATION_ERROR" | "E_FIELD_MISSING" => {
            Outcome::Refused(failed("message", error))
        }
        // The account or the binding may yet be allowed to write to them.
        "E_RECIPIENT_NOT_ALLOWED" => Outcome::Deferred(failed("recipient", error)),
        code if code.starts_with("E_HEADER") => Outcome::Refused(failed("message", error)),
        _ => Outcome::Deferred(failed("message", error)),
    }
}

fn failed(stage: &'static str, why: &impl ToString) -> Failed {
    Failed { stage, reply: words(why) }
}

#[cfg(test)]
mod tests {
    use platform::Detail;

    use super::*;

    fn said(code: &str) -> Outcome {
        outcome(&MailServiceError::Refused { code: code.to_owned(), detail: Detail::new("no") })
    }

    #[test]
    fn what_is_about_the_mail_is_final_and_what_is_about_the_settings_keeps_all_waiting() {
        for code in ["E_RECIPIENT_SUPPRESSED", "E_CONTENT_TOO_LARGE", "E_HEADER_NOT_ALLOWED"] {
            assert!(matches!(said(code), Outcome::Refused(_)), "{code}");
        }
        for code in ["E_SENDER_NOT_VERIFIED", "E_DAILY_LIMIT_EXCEEDED"] {
            assert!(matches!(said(code), Outcome::Unreachable(_)), "{code}");
        }
        for code in ["E_DELIVERY_FAILED", "E_INTERNAL_SERVER_ERROR", "E_NEW", ""] {
            assert!(matches!(said(code), Outcome::Deferred(_)), "{code}");
        }
        assert!(matches!(outcome(&MailServiceError::TimedOut), Outcome::Unconfirmed(_)));
    }

    #[test]
    fn the_services_words_are_kept_with_their_code() {
        let Outcome::Deferred(failed) = said("E_DELIVERY_FAILED") else { panic!("another") };
        assert_eq!(failed.reply, "E_DELIVERY_FAILED: no");
    }
}
