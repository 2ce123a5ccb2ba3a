use mail_relay_client::{Answer, Outcome, Stage};
use mail_send::Error;
use smtp_proto::Response;

use crate::answer::answer;

pub(super) fn delivered(reply: &Response<String>) -> Answer {
    answer(Outcome::Delivered, Stage::Message, &words(reply))
}

/// The connection went between the text and the server's answer to it: nobody can tell whether it was
/// taken (RFC 1047).
pub(super) fn unknown(error: &Error) -> Answer {
    let why = format!("the connection ended before the server confirmed the mail: {error}");
    answer(Outcome::Unconfirmed, Stage::Message, &why)
}

/// Why there is no connection.
pub(super) fn not_opened(error: Error) -> Answer {
    let stage = match &error {
        Error::Tls(_) | Error::InvalidTLSName | Error::MissingStartTls => Stage::Tls,
        Error::UnexpectedReply(_) | Error::UnparseableReply => Stage::Greeting,
        _ => Stage::Connect,
    };
    of_error(error, Outcome::Unreachable, stage)
}

/// What `error` means at `stage`, where what is not final is `otherwise`.
pub(super) fn of_error(error: Error, otherwise: Outcome, stage: Stage) -> Answer {
    match error {
        Error::UnexpectedReply(reply) | Error::AuthenticationFailed(reply) => {
            of_reply(&reply, otherwise, stage)
        }
        Error::UnparseableReply => {
            answer(otherwise, stage, "the connection was closed, or what answered speaks no SMTP")
        }
        error => answer(otherwise, stage, &error.to_string()),
    }
}

fn of_reply(reply: &Response<String>, otherwise: Outcome, stage: Stage) -> Answer {
    // Nothing is about this mail when the server wants to know first who we are.
    if reply.code == 530 {
        return answer(Outcome::Unreachable, Stage::Authentication, &words(reply));
    }
    let is_about_the_mail = otherwise == Outcome::Deferred;
    let is_final = is_about_the_mail && reply.code / 100 == 5;
    answer(if is_final { Outcome::Refused } else { otherwise }, stage, &words(reply))
}

/// As it came.
fn words(reply: &Response<String>) -> String {
    let Response { code, esc, message } = reply;
    match esc {
        [0, ..] => format!("{code} {message}"),
        [class, subject, detail] => format!("{code} {class}.{subject}.{detail} {message}"),
    }
}
