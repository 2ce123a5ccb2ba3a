use domain::{EmailAddress, RedirectPath, Ttl, Violation, device_name};
use http_api::{Call, Cookie, CookieName, Json, Problem, Reply, Secret, TokenKey};
use serde::Deserialize;
use store::one_time_links::{Ask, Asked, MailedLink};
use store::outbox::{Kind, NewMail};
use utoipa::ToSchema;
use uuid::Uuid;

/// Whose link it is to be, and where to go on to once it is redeemed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OneTimeLinkByEmailBody)]
pub(crate) struct AskBody {
    #[schema(required, nullable = false, format = Email, max_length = 254)]
    email: Option<String>,
    /// A path of this deployment; anything else is passed over.
    redirect_path: Option<String>,
}

/// How long a link lives that somebody asked for, and the cookie that it is bound to.
const TTL: Ttl = Ttl::minutes(15);

/// Asks for a one-time link by email, from the sign-in page.
///
/// The answer is the same whether or not somebody has the address. The link works in this browser
/// alone, by its cookie; whoever opens it elsewhere is shown a code to type here.
#[utoipa::path(
    post,
    path = "/api/one-time-access-email",
    operation_id = "askForOneTimeLink",
    request_body = AskBody,
    responses(
        (status = 204, headers(("Set-Cookie" = String))),
        (status = 400, description = "validation_failed"),
        (status = 403, description = "one_time_access_disabled"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn ask(call: Call, Json(body): Json<AskBody>) -> Result<Reply, Problem> {
    let email = body.email.as_deref().map_or(Err(Violation::Required), EmailAddress::parse);
    let email = email.map_err(|violation| ("email", violation))?;
    let redirect = body.redirect_path.as_deref().and_then(|path| RedirectPath::parse(path).ok());
    let device = call.new_secret::<18>()?;
    match call.run(batch(&call, &email, redirect, &device)?).await? {
        Asked::Done => {
            call.wake_dispatcher().await;
            let seconds = TTL.as_ms() / 1000;
            let cookie = Cookie::new(CookieName::DeviceToken, device.to_text(), seconds);
            Ok(Reply::no_content().with_cookie(&cookie, call.deployment()))
        }
        Asked::Disabled => Err(Problem::OneTimeAccessDisabled),
        Asked::Refused(admission) => Err(admission.into()),
    }
}

fn batch(
    call: &Call,
    email: &EmailAddress,
    redirect: Option<RedirectPath>,
    device: &Secret,
) -> Result<Ask, Problem> {
    let key = TokenKey::of(call)?;
    let account = crate::ASK_ACCOUNT.limit_of(call, &key.account(email));
    let id = call.new_id()?;
    let link = MailedLink {
        id,
        token_hash: key.one_time_link(id).hash(),
        expires_at: call.now().plus_ms(TTL.as_ms()),
    };
    Ok(Ask {
        gate: crate::ASK.gate_and(call, Some(account))?,
        email_key: email.key(),
        device_hash: device.hash(),
        code_hash: key.link_code_hash(device.hash(), key.link_code(id)),
        mail: mail(call, id, redirect)?.until(link.expires_at),
        entry: call.entry()?.with("linkId", id),
        link,
    })
}

/// The mail says who asked: somebody who did not can tell.
fn mail(call: &Call, link: Uuid, redirect: Option<RedirectPath>) -> Result<NewMail, Problem> {
    let client = call.client();
    let mail = call.mail(Kind::OneTimeAccess)?.with("linkId", link);
    let mail = mail
        .with("device", device_name(&client.user_agent))
        .with("address", client.ip_address.as_str());
    Ok(match redirect {
        Some(path) => mail.with("redirect", path.as_str()),
        None => mail,
    })
}
