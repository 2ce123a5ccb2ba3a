use domain::{Timestamp, Ttl};
use form_urlencoded::byte_serialize;
use http_api::{Call, TokenKey, parse_id};
use mail::message::{Letter, Mailbox};
use mail::smtp::Envelope;
use mail::templates::{
    Accent, ApiKeyExpiring, Appearance, EmailVerification, Mail, NewSignIn, OneTimeAccess,
    OneTimeAccessByAdmin,
};
use store::configuration::Configuration;
use store::outbox::{ClaimedMail, Kind};
use store::pictures::StoredImage;
use uuid::Uuid;

use super::Look;
use crate::transport::Outgoing;

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
    let secrets = secrets(call, claimed);
    Some(Outgoing { id: claimed.id, envelope, message: letter.compose(), secrets })
}

/// Whatever is derived from a link's identifier, whichever of it the mail holds.
fn secrets(call: &Call, claimed: &ClaimedMail) -> Vec<String> {
    let (Ok(key), Some(link)) = (TokenKey::of(call), link_id(claimed)) else { return Vec::new() };
    let code = key.link_code(link).to_text();
    let bare = code.replace('-', "");
    vec![key.one_time_link(link).to_text(), key.email_verification(link).to_text(), code, bare]
}

fn template(call: &Call, claimed: &ClaimedMail) -> Option<Mail> {
    let data = |key: &str| claimed.data.get(key).cloned().unwrap_or_default();
    let app_url = &call.deployment().app_url;
    let key = TokenKey::of(call).ok()?;
    let (name, asked_at) = (claimed.to_name.clone(), asked_at(claimed));
    Some(match claimed.kind {
        Kind::OneTimeAccess => Mail::OneTimeAccess(OneTimeAccess {
            name,
            link: one_time_link(&key, app_url, claimed)?,
            code: Some(key.link_code(link_id(claimed)?).to_text()),
            asked_at,
            device: data("device"),
            address: data("address"),
            lives: lifetime(claimed)?,
        }),
        Kind::OneTimeAccessByAdmin => Mail::OneTimeAccessByAdmin(OneTimeAccessByAdmin {
            name,
            link: one_time_link(&key, app_url, claimed)?,
            admin: data("admin"),
            asked_at,
            lives: lifetime(claimed)?,
        }),
        Kind::EmailVerification => Mail::EmailVerification(EmailVerification {
            name,
            email: claimed.to_address.clone(),
            link: format!(
                "{app_url}/verify-email?token={}",
                key.email_verification(link_id(claimed)?).to_text()
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

/// What the mail is about. Tokens and codes are derived from it: the row holds none.
fn link_id(claimed: &ClaimedMail) -> Option<Uuid> {
    parse_id(claimed.data.get("linkId")?)
}

/// The link, and where it leads to in the end.
fn one_time_link(key: &TokenKey, app_url: &str, claimed: &ClaimedMail) -> Option<String> {
    let token = key.one_time_link(link_id(claimed)?).to_text();
    let redirect = claimed.data.get("redirect").map_or_else(String::new, |path| {
        format!("?redirect={}", byte_serialize(path.as_bytes()).collect::<String>())
    });
    Some(format!("{app_url}/lc/{token}{redirect}"))
}

/// When that happened which the mail is about. One that is sent again tells the first one's moment.
fn asked_at(claimed: &ClaimedMail) -> Timestamp {
    let first = claimed.data.get("at").and_then(|at| at.parse().ok());
    first.map_or(claimed.created_at, Timestamp::from_ms)
}

/// From that moment on.
fn lifetime(claimed: &ClaimedMail) -> Option<Ttl> {
    Some(Ttl::milliseconds(claimed.expires_at?.as_ms() - asked_at(claimed).as_ms()))
}
