//! Settings from the environment and a file, taken apart and checked once, all complaints at once.

mod attributes;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ldap_proxy_client::Dn;
use native_service::{Listen, Refused, Secret, Sources, tls};
use url::{Host, Url};

use crate::allowed::Allowed;
use crate::directory::{Access, Reading, Security};

/// Every setting, as the environment has it; in the file in small letters.
const NAMES: [&str; 19] = [
    "ALLOWED_ATTRIBUTES",
    "BASE_DNS",
    "BIND_DN",
    "BIND_PASSWORD",
    "BIND_PASSWORD_FILE",
    "CA_FILE",
    "CLIENT_CA",
    "EXTRA_ATTRIBUTES",
    "LDAP_URL",
    "LISTEN",
    "MAX_VALUE_BYTES",
    "PAGE_SIZE",
    "REFERENCES",
    "SECRET",
    "SECRET_FILE",
    "SKIP_VERIFY",
    "START_TLS",
    "TLS_CERT",
    "TLS_KEY",
];

/// Everything the proxy is told. It holds secrets and cannot be printed.
pub(crate) struct Configuration {
    pub(crate) access: Access,
    pub(crate) allowed: Allowed,
    /// The base DNs as they were written.
    pub(crate) bases: Vec<String>,
    pub(crate) reading: Reading,
    pub(crate) secret: Secret,
    pub(crate) listen: Listen,
}

impl Configuration {
    /// Reads the environment and `file`; the environment wins.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, Refused> {
        Self::read(Sources::load(&NAMES, file))
    }

    fn read(mut from: Sources) -> Result<Self, Refused> {
        let access = access(&mut from);
        let (bases, allowed) = allowed(&mut from);
        let reading = reading(&mut from);
        let secret = Secret::read(&mut from);
        let listen = Listen::read(&mut from, "127.0.0.1:8636");
        match (access, allowed, secret, listen) {
            (Some(access), Some(allowed), Some(secret), Some(listen)) if from.mistakes() == 0 => {
                Ok(Self { access, allowed, bases, reading, secret, listen })
            }
            _ => Err(Refused(from.complaints())),
        }
    }
}

fn access(from: &mut Sources) -> Option<Access> {
    let start_tls = from.flag("START_TLS");
    let skip_verify = from.flag("SKIP_VERIFY");
    let authorities = from.text("CA_FILE").map(PathBuf::from);
    let bind = bind(from);
    let url = from.required("LDAP_URL")?;
    let parsed = Url::parse(&url).ok().filter(|url| matches!(url.scheme(), "ldap" | "ldaps"));
    let host = parsed.as_ref().and_then(Url::host).map(|host| host.to_owned());
    let (Some(parsed), Some(host)) = (parsed, host) else {
        return from
            .complain("LDAP_URL must be ldap://host or ldaps://host, with or without a port");
    };
    let secure = parsed.scheme() == "ldaps";
    if secure && start_tls {
        return from.complain("START_TLS goes with ldap://, not with ldaps://");
    }
    let trust = if skip_verify {
        tracing::warn!(
            "SKIP_VERIFY: anybody in between can be the directory. Use CA_FILE instead."
        );
        None
    } else {
        Some(tls::client(authorities.as_deref()).map_err(|error| from.note(error)).ok()?)
    };
    if !secure && !start_tls && !is_here(&host) {
        tracing::warn!(
            "LDAP_URL is neither ldaps:// nor START_TLS: the bind password travels in clear"
        );
    }
    Some(Access {
        port: parsed.port().unwrap_or(if secure { 636 } else { 389 }),
        host: match host {
            Host::Ipv6(address) => address.to_string(),
            host => host.to_string(),
        },
        url,
        security: Security { start_tls, trust },
        bind,
    })
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// A name without a password would be an anonymous bind that looks like a success (RFC 4513, 5.1.2).
fn bind(from: &mut Sources) -> Option<(String, String)> {
    let password = from.text_or_file("BIND_PASSWORD", "BIND_PASSWORD_FILE");
    match (from.text("BIND_DN"), password) {
        (Some(name), Some(password)) => Some((name, password)),
        (None, None) => {
            tracing::warn!("no BIND_DN: the proxy reads what the directory shows to anybody");
            None
        }
        (Some(_), None) => from.complain("BIND_DN needs BIND_PASSWORD or BIND_PASSWORD_FILE"),
        (None, Some(_)) => from.complain("BIND_PASSWORD needs BIND_DN"),
    }
}

fn allowed(from: &mut Sources) -> (Vec<String>, Option<Allowed>) {
    let bases = from.list("BASE_DNS", ';').unwrap_or_default();
    if bases.is_empty() {
        from.note("BASE_DNS is missing");
    }
    let mut names = Vec::new();
    for base in &bases {
        match Dn::parse(base) {
            Some(name) => names.push(name),
            None => from.note(format!("BASE_DNS: {base:?} is no distinguished name")),
        }
    }
    let attributes = attributes::allowed(from.list("ALLOWED_ATTRIBUTES", ','))
        .into_iter()
        .chain(from.list("EXTRA_ATTRIBUTES", ',').unwrap_or_default());
    let mut kept = BTreeSet::new();
    for name in attributes {
        match attributes::check(&name) {
            Ok(name) => {
                kept.insert(name);
            }
            Err(error) => from.note(format!("attributes: {name:?} {error}")),
        }
    }
    (bases, Some(Allowed::new(names, kept)))
}

fn reading(from: &mut Sources) -> Reading {
    let most = ldap_proxy_client::LINE_BUDGET;
    let references = from.text("REFERENCES");
    let ignore_references = match references.as_deref() {
        None | Some("refuse") => false,
        Some("ignore") => true,
        Some(_) => from.complain("REFERENCES must be refuse or ignore").unwrap_or_default(),
    };
    Reading {
        page: i32::try_from(from.number("PAGE_SIZE", 500, 1..=10_000)).unwrap_or(500),
        longest: from.number("MAX_VALUE_BYTES", 1024 * 1024, 1..=most),
        ignore_references,
    }
}

#[cfg(test)]
mod tests;
