use axum::Extension;
use domain::EmailAddress;
use http_api::{Call, Caller, Problem, Reply};
use mail::message::{Letter, Mailbox};
use mail::smtp::Envelope;
use mail::templates::{Mail, Test};
use platform::Outward;
use store::configuration::{Configuration, Read};
use store::outbox::{Addressee, OwnAddress, TestSent};
use store::pictures::{ImageName, ImageOf, StoredImage};

use crate::dispatch::ANSWER_IN_HASTE_MS;
use crate::dispatch::letter::appearance;
use crate::transport::{Failed, Outcome, Outgoing, Sender};

/// Sends a test email to the administrator who asks, at once.
///
/// It goes by the settings as they are stored. 409 says how far it came and what the server said.
#[utoipa::path(
    post,
    path = "/api/application-configuration/test-email",
    operation_id = "sendTestEmail",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 409, description = "email_not_sent"),
    )
)]
pub(crate) async fn send(
    caller: Caller,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    let own = |secret_hash| (OwnAddress(secret_hash), (Read, ImageOf(ImageName::Email)));
    let (admin, (addressee, (configuration, logo))) = caller.admin_by(own).await?;
    let call = &caller.call;
    let to = addressee.as_ref().and_then(mailbox).ok_or(Problem::UserEmailNotSet)?;
    let outcome = attempt(call, &outward, &configuration, logo.as_ref(), &to).await?;
    let entry = admin.entry(call)?.with("to", to.address().as_str());
    let (entry, reply) = match outcome {
        Ok(reply) => (entry.with("state", "sent").with("reply", reply), Ok(Reply::no_content())),
        Err(Failed { stage, reply }) => (
            entry.with("state", "failed").with("stage", stage).with("reply", reply.as_str()),
            Err(Problem::EmailNotSent { stage, reply }),
        ),
    };
    call.run(TestSent { origin: admin.origin(), entry }).await?;
    reply
}

fn mailbox(addressee: &Addressee) -> Option<Mailbox> {
    let address = EmailAddress::parse(addressee.email.as_deref()?).ok()?;
    Some(Mailbox::new(&addressee.display_name, address))
}

/// One attempt. Inside, what the server said to it.
async fn attempt(
    call: &Call,
    outward: &Outward,
    configuration: &Configuration,
    logo: Option<&StoredImage>,
    to: &Mailbox,
) -> Result<Result<String, Failed>, Problem> {
    let mut sender = match Sender::of(call, outward, configuration, ANSWER_IN_HASTE_MS) {
        Ok(sender) => sender,
        Err(failed) => return Ok(Err(failed)),
    };
    let test = Mail::Test(Test { name: to.name().to_owned(), at: call.now() });
    let letter = Letter {
        id: call.new_id()?,
        app_url: &call.deployment().app_url,
        from: &sender.from,
        to,
        date: call.now(),
        content: &test.render(&appearance(call, configuration, logo)),
    };
    let envelope = Envelope { from: sender.from.address().clone(), to: to.address().clone() };
    let outgoing =
        Outgoing { id: letter.id, envelope, message: letter.compose(), secrets: Vec::new() };
    let until = call.by_now().plus_ms(TEST_MS);
    let outcome = sender.transport.send(call, outgoing, until).await;
    sender.transport.close(call).await;
    Ok(match outcome {
        Outcome::Delivered(reply) => Ok(reply),
        Outcome::Deferred(failed)
        | Outcome::Unconfirmed(failed)
        | Outcome::Refused(failed)
        | Outcome::Unreachable(failed) => Err(failed),
    })
}

/// Somebody waits for the answer.
const TEST_MS: i64 = 25_000;
