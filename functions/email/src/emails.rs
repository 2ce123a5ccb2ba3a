use axum::extract::Path;
use domain::Timestamp;
use http_api::{Caller, ListParameters, Listing, Problem, Reply, Resource, parse_id};
use serde::Serialize;
use store::outbox::{Kind, MailRecord, MailState, OfUser, Resend, Resent};
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};
use uuid::Uuid;

/// A mail as administrators see it: what became of it, never what it says.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EmailDto {
    id: Uuid,
    #[schema(schema_with = kinds)]
    kind: Kind,
    to: String,
    #[schema(schema_with = states)]
    state: MailState,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    attempts: u32,
    #[schema(value_type = Option<String>, format = DateTime)]
    next_attempt_at: Option<Timestamp>,
    reply: Option<String>,
}

fn kinds() -> Object {
    let kinds = [
        "oneTimeAccess",
        "oneTimeAccessByAdmin",
        "emailVerification",
        "newSignIn",
        "apiKeyExpiring",
    ];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(kinds)).into()
}

fn states() -> Object {
    let states = ["queued", "sent", "refused", "expired", "given_up"];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(states)).into()
}

/// Lists the emails to a user of the last month, newest first, with what became of each.
#[utoipa::path(
    get,
    path = "/api/users/{id}/emails",
    operation_id = "listEmails",
    security(("caller" = ["administrator"])),
    params(
        ListParameters,
    ),
    responses(
        (status = 200, body = Listing<EmailDto>),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn list(
    caller: Caller,
    Path(user): Path<String>,
    parameters: ListParameters,
) -> Result<Reply, Problem> {
    let query =
        parse_id(&user).map(|user| OfUser { user, page: parameters.page, limit: parameters.limit });
    let (_admin, mails) = caller.admin_and(query).await?;
    let mails = mails.flatten().ok_or(Problem::UserNotFound)?;
    let items = mails.items.into_iter().map(EmailDto::from).collect();
    Reply::ok(&Listing::page(items, mails.total, &parameters))
}

/// Sends an email again.
///
/// One that waits for its next attempt need not wait any longer; one that was sent, refused or given
/// up goes out as a new one, to the address that the user has by now.
#[utoipa::path(
    post,
    path = "/api/users/{id}/emails/{emailId}/resend",
    operation_id = "resendEmail",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 404, description = "not_found"),
        (status = 409, description = "email_expired"),
    )
)]
pub(crate) async fn resend(
    caller: Caller,
    Path((user, mail)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let unknown = Problem::NotFound(Resource::Email);
    let (Some(user), Some(mail)) = (parse_id(&user), parse_id(&mail)) else {
        return Err(unknown);
    };
    let entry = admin.entry(call)?.with("emailId", mail);
    let batch = Resend { mail, user, id: call.new_id()?, origin: admin.origin(), entry };
    match call.run(batch).await? {
        Resent::Queued => {
            call.wake_dispatcher().await;
            Ok(Reply::no_content())
        }
        Resent::Expired => Err(Problem::EmailExpired),
        Resent::Unknown => Err(unknown),
    }
}

impl From<MailRecord> for EmailDto {
    fn from(mail: MailRecord) -> Self {
        let is = |state| mail.state == state;
        Self {
            id: mail.id,
            kind: mail.kind,
            sent_at: mail.ended_at.filter(|_| is(MailState::Sent)),
            next_attempt_at: is(MailState::Queued).then_some(mail.due_at),
            to: mail.to_address,
            state: mail.state,
            created_at: mail.created_at,
            attempts: mail.attempts,
            reply: mail.reply,
        }
    }
}
