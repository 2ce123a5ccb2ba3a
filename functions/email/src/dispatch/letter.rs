use domain::{Timestamp, Ttl};
use http_api::{Call, parse_id};
use mail::message::{Letter, Mailbox};
use mail::smtp::Envelope;
use mail::templates::{
    Accent, ApiKeyExpiring, Appearance, EmailVerification, Mail, NewSignIn, OneTimeAccess,
    OneTimeAccessByAdmin,
};
use store::configuration::Configuration;
use store::outbox::{ClaimedMail, Kind};
use store::pictures::StoredImage;

use super::Look;
use crate::transport::Outgoing;

/// For whose link the token of a one-time link is derived from the link's identifier.
const ONE_TIME_LINK: &str = "one-time link";
/// The same for the proof of an address.
const EMAIL_VERIFICATION: &str = "email verification";

/// How the deployment's mails look.
pub(crate) fn appearance(
    call: &Call,
    configuration: &Configuration,
    logo: Option<&StoredImage>,
) -> Appearance {
    let app_url = call.deployment().app_url.clone();
    let accent = domain::Setting::find("accentColor").map_or("", |it| configuration.value(it));
    Appearance {
        app_name: configuration.app_name().to_owned(),
        accent: Accent::parse(accent),
        logo_url: logo.map(|_| format!("{app_url}/api/application-images/email")),
        app_url,
    }
}

/// Writes a mail. `None`: the row does not hold what its template needs.
pub(super) fn write(
    call: &Call,
    look: &Look,
    from: &Mailbox,
    claimed: &ClaimedMail,
) -> Option<Outgoing> {
    let to = domain::EmailAddress::parse(&claimed.to_address).ok()?;
    let content = template(call, claimed)?;
    let content = content.render(&appearance(call, &look.configuration, look.logo.as_ref()));
    let envelope = Envelope { from: from.address().clone(), to: to.clone() };
    let to = Mailbox::new(&claimed.to_name, to);
    let letter = Letter {
        id: claimed.id,
        app_url: &call.deployment().app_url,
        from,
        to: &to,
        date: claimed.created_at,
        content: &content,
    };
    Some(Outgoing { envelope, message: letter.compose() })
}

fn template(call: &Call, claimed: &ClaimedMail) -> Option<Mail> {
    let data = |key: &str| claimed.data.get(key).cloned().unwrap_or_default();
    let app_url = &call.deployment().app_url;
    let (name, asked_at) = (claimed.to_name.clone(), claimed.created_at);
    Some(match claimed.kind {
        Kind::OneTimeAccess => Mail::OneTimeAccess(OneTimeAccess {
            name,
            link: format!("{app_url}/lc/{}", token(call, claimed, ONE_TIME_LINK)?),
            code: claimed.data.get("code").cloned(),
            asked_at,
            device: data("device"),
            address: data("address"),
            lives: lifetime(claimed)?,
        }),
        Kind::OneTimeAccessByAdmin => Mail::OneTimeAccessByAdmin(OneTimeAccessByAdmin {
            name,
            link: format!("{app_url}/lc/{}", token(call, claimed, ONE_TIME_LINK)?),
            admin: data("admin"),
            asked_at,
            lives: lifetime(claimed)?,
        }),
        Kind::EmailVerification => Mail::EmailVerification(EmailVerification {
            name,
            email: claimed.to_address.clone(),
            link: format!(
                "{app_url}/verify-email?token={}",
                token(call, claimed, EMAIL_VERIFICATION)?
            ),
            asked_at,
            lives: lifetime(claimed)?,
        }),
        Kind::NewSignIn => Mail::NewSignIn(NewSignIn {
            name,
            device: data("device"),
            address: data("address"),
            at: asked_at,
            link: format!("{app_url}/settings/account"),
        }),
        Kind::ApiKeyExpiring => Mail::ApiKeyExpiring(ApiKeyExpiring {
            name,
            key: data("key"),
            expires_at: Timestamp::from_rfc3339(&data("expiresAt"))?,
            link: format!("{app_url}/settings/account"),
        }),
    })
}

/// The token of the mail's link, which the row does not hold.
fn token(call: &Call, claimed: &ClaimedMail, purpose: &str) -> Option<String> {
    let link = parse_id(claimed.data.get("linkId")?)?;
    Some(call.deployment().derived_secret(purpose, link).to_text())
}

fn lifetime(claimed: &ClaimedMail) -> Option<Ttl> {
    let milliseconds = claimed.expires_at?.as_ms() - claimed.created_at.as_ms();
    Some(Ttl::minutes(milliseconds / 60_000))
}
