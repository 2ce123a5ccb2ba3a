//! Settings from the environment and a file, taken apart and checked once, all complaints at once.

use std::path::{Path, PathBuf};

use mail_send::Credentials;
use native_service::{Listen, Refused, Secret, Sources, tls};
use tokio_rustls::TlsConnector;

use crate::address::Senders;
use crate::dkim::Signer;
use crate::submission::{Access, Security};

/// Every setting, as the environment has it; in the file in small letters.
const NAMES: [&str; 19] = [
    "CA_FILE",
    "CLIENT_CA",
    "DKIM_DOMAIN",
    "DKIM_KEY_FILE",
    "DKIM_SELECTOR",
    "HELO_NAME",
    "LISTEN",
    "SECRET",
    "SECRET_FILE",
    "SENDERS",
    "SMTP_HOST",
    "SMTP_PASSWORD",
    "SMTP_PASSWORD_FILE",
    "SMTP_PORT",
    "SMTP_TLS",
    "SMTP_USER",
    "STATE",
    "TLS_CERT",
    "TLS_KEY",
];

/// Everything the relay is told. It holds secrets and cannot be printed.
pub struct Configuration {
    pub(crate) access: Access,
    pub(crate) signer: Option<Signer>,
    pub(crate) senders: Senders,
    /// Where the records lie.
    pub(crate) state: PathBuf,
    pub(crate) secret: Secret,
    pub(crate) listen: Listen,
}

impl Configuration {
    /// Reads the environment and `file`; the environment wins.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn load(file: Option<&Path>) -> Result<Self, Refused> {
        Self::read(Sources::load(&NAMES, file))
    }

    /// From these settings alone, named as in the environment.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn of(settings: &[(&str, &str)]) -> Result<Self, Refused> {
        let settings = settings.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Self::read(Sources::new(&NAMES, "", settings))
    }

    fn read(mut from: Sources) -> Result<Self, Refused> {
        let access = access(&mut from);
        let signer = signer(&mut from);
        let senders = senders(&mut from);
        let state = from.required("STATE").map(PathBuf::from);
        let secret = Secret::read(&mut from);
        let listen = Listen::read(&mut from, "127.0.0.1:8637");
        match (access, senders, state, secret, listen) {
            (Some(access), Some(senders), Some(state), Some(secret), Some(listen))
                if from.mistakes() == 0 =>
            {
                Ok(Self { access, signer, senders, state, secret, listen })
            }
            _ => Err(Refused(from.complaints())),
        }
    }
}

fn access(from: &mut Sources) -> Option<Access> {
    let security = match from.text("SMTP_TLS").as_deref() {
        None | Some("starttls") => Security::StartTls,
        Some("tls") => Security::Tls,
        Some("none") => Security::None,
        Some(_) => return from.complain("SMTP_TLS must be tls, starttls or none"),
    };
    let usual = match security {
        Security::Tls => 465,
        Security::StartTls => 587,
        Security::None => 25,
    };
    let port = from.number("SMTP_PORT", usual, 1..=65_535);
    let authorities = from.text("CA_FILE").map(PathBuf::from);
    let trust = tls::client(authorities.as_deref()).map_err(|error| from.note(error)).ok();
    let credentials = credentials(from);
    let name = from.text("HELO_NAME");
    if name.as_ref().is_some_and(|name| !is_name(name)) {
        from.note("HELO_NAME must be a host name");
    }
    let host = from.required("SMTP_HOST")?;
    if !is_name(&host) {
        return from.complain("SMTP_HOST must be a host name or an IPv4 address");
    }
    let is_here = host == "localhost" || host.starts_with("127.");
    if security == Security::None && !is_here {
        tracing::warn!("SMTP_TLS is none: mails travel in clear, and so does SMTP_PASSWORD");
    }
    let (port, tls) = (u16::try_from(port).unwrap_or_default(), TlsConnector::from(trust?));
    Some(Access { host, port, security, tls, credentials, name })
}

/// Letters, digits, dots and hyphens: it stands in a command.
fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    name.len() <= 253 && name.chars().all(is_part)
}

fn credentials(from: &mut Sources) -> Option<Credentials<String>> {
    let password = from.text_or_file("SMTP_PASSWORD", "SMTP_PASSWORD_FILE");
    match (from.text("SMTP_USER"), password) {
        (Some(user), Some(password)) => Some(Credentials::new(user, password)),
        (None, None) => None,
        (Some(_), None) => from.complain("SMTP_USER needs SMTP_PASSWORD or SMTP_PASSWORD_FILE"),
        (None, Some(_)) => from.complain("SMTP_PASSWORD needs SMTP_USER"),
    }
}

fn signer(from: &mut Sources) -> Option<Signer> {
    let key = from.text("DKIM_KEY_FILE").map(PathBuf::from);
    match (key, from.text("DKIM_DOMAIN"), from.text("DKIM_SELECTOR")) {
        (None, None, None) => None,
        (Some(key), Some(domain), Some(selector)) if is_name(&domain) && is_name(&selector) => {
            Signer::load(&key, &domain, &selector).map_err(|error| from.note(error)).ok()
        }
        (Some(_), Some(_), Some(_)) => {
            from.complain("DKIM_DOMAIN and DKIM_SELECTOR must be host names")
        }
        _ => from.complain("DKIM_KEY_FILE, DKIM_DOMAIN and DKIM_SELECTOR go together"),
    }
}

fn senders(from: &mut Sources) -> Option<Senders> {
    let senders = from.list("SENDERS", ',').unwrap_or_default();
    if senders.is_empty() {
        return from.complain("SENDERS is missing: who may send, as postern@example.com");
    }
    Senders::parse(&senders)
        .map_err(|wrong| from.note(format!("SENDERS: {wrong:?} is no address and no @domain")))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 6] = [
        ("SMTP_HOST", "mail.example.com"),
        ("SMTP_USER", "postern"),
        ("SMTP_PASSWORD", "only the relay knows"),
        ("SENDERS", "postern@example.com"),
        ("STATE", "relay.db"),
        ("SECRET", "0123456789abcdef0123456789abcdef"),
    ];

    fn complaints(also: &[(&str, &str)]) -> Vec<String> {
        let read = Configuration::of(&[&GOOD, also].concat());
        read.err().map_or_else(Vec::new, |Refused(complaints)| complaints)
    }

    #[test]
    fn little_is_enough_and_mail_goes_encrypted_unless_said_otherwise() {
        let read = Configuration::of(&GOOD).ok().unwrap();
        assert_eq!((read.access.security, read.access.port), (Security::StartTls, 587));
        let read = Configuration::of(&[&GOOD[..], &[("SMTP_TLS", "tls")]].concat()).ok().unwrap();
        assert_eq!((read.access.security, read.access.port), (Security::Tls, 465));
    }

    #[test]
    fn everything_missing_is_named_at_once() {
        let Refused(complaints) = Configuration::of(&[]).err().unwrap();
        assert_eq!(complaints.len(), 4, "{complaints:?}");
    }

    #[test]
    fn what_cannot_be_is_refused_by_name_and_no_secret_is_told() {
        for (name, value) in [
            ("SMTP_HOST", "mail.example.com\r\nRSET"),
            ("SMTP_HOST", "[::1]"),
            ("SMTP_TLS", "perhaps"),
            ("SMTP_PORT", "65536"),
            ("SMTP_USER", ""),
            ("SMTP_PASSWORD", ""),
            ("HELO_NAME", "a b"),
            ("SENDERS", "everybody"),
            ("SENDERS", ""),
            ("DKIM_DOMAIN", "example.com"),
            ("CA_FILE", "/nowhere.pem"),
            ("SECRET", "0123456789abcdef0123456789abcde"),
            ("LISTEN", "8637"),
            ("TLS_CERT", "/nowhere.pem"),
        ] {
            let complaints = complaints(&[(name, value)]);
            assert_eq!(complaints.len(), 1, "{name}={value}: {complaints:?}");
            assert!(!complaints[0].contains("only the relay knows"), "{name}");
            assert!(!complaints[0].contains("0123456789"), "{name}");
        }
        let dkim = [("DKIM_KEY_FILE", "/nowhere.pem"), ("DKIM_SELECTOR", "a")];
        assert_eq!(complaints(&[&dkim[..], &[("DKIM_DOMAIN", "example.com")]].concat()).len(), 1);
    }
}
