use std::net::SocketAddr;

use http::Uri;

use crate::failure::{Failure, failure};

/// The entries of `allowed_outbound_hosts`, templates filled.
pub(crate) struct AllowedHosts(Vec<Entry>);

/// `scheme://host[:port]`; each part may be `*`, and a host may begin with `*.`.
struct Entry {
    scheme: String,
    host: String,
    port: Option<String>,
}

impl AllowedHosts {
    pub(crate) fn of(entries: &[String]) -> Result<Self, Failure> {
        entries.iter().map(|entry| parse(entry)).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a component may open a TCP connection to `address`: an entry `tcp://ADDRESS:PORT`.
    pub(crate) fn admit_tcp(&self, address: SocketAddr) -> bool {
        let host = address.ip().to_string();
        self.0.iter().any(|entry| {
            let port = entry.port.as_deref();
            (entry.scheme == "*" || entry.scheme == "tcp")
                && entry.admits_host(&host)
                && port.is_some_and(|port| port == "*" || port.parse() == Ok(address.port()))
        })
    }

    /// Whether a component may ask for `uri`.
    pub(crate) fn admit(&self, uri: &Uri) -> bool {
        let Some((scheme, host)) = uri.scheme_str().zip(uri.host()) else { return false };
        let usual = if scheme == "https" { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(usual);
        self.0.iter().any(|entry| {
            (entry.scheme == "*" || entry.scheme == scheme)
                && entry.admits_host(host)
                && entry
                    .port
                    .as_deref()
                    .map_or(port == usual, |allowed| allowed == "*" || allowed.parse() == Ok(port))
        })
    }
}

impl Entry {
    fn admits_host(&self, host: &str) -> bool {
        self.host == "*"
            || self.host == host
            || self.host.strip_prefix('*').is_some_and(|suffix| host.ends_with(suffix))
    }
}

fn parse(entry: &str) -> Result<Entry, Failure> {
    let (scheme, rest) = entry
        .split_once("://")
        .ok_or_else(|| failure!("allowed_outbound_hosts: `{entry}` has no scheme"))?;
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port.to_owned())),
        _ => (rest, None),
    };
    Ok(Entry { scheme: scheme.to_owned(), host: host.to_owned(), port })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(entry: &str, uri: &str) -> bool {
        AllowedHosts::of(&[entry.to_owned()]).unwrap().admit(&uri.parse().unwrap())
    }

    #[test]
    fn only_what_an_entry_names_is_admitted() {
        assert!(admits("http://users.spin.internal", "http://users.spin.internal/x"));
        assert!(!admits("http://users.spin.internal", "http://links.spin.internal/x"));
        assert!(admits("https://*.example.com", "https://a.example.com/"));
        assert!(!admits("https://*.example.com", "https://example.org/"));
        assert!(!admits("https://a.example.com", "http://a.example.com/"));
        assert!(!admits("http://localhost", "http://localhost:8025/"));
        assert!(admits("http://localhost:8025", "http://localhost:8025/"));
        assert!(admits("http://localhost:*", "http://localhost:8025/"));
        let tcp = |entry: &str, to: &str| {
            AllowedHosts::of(&[entry.to_owned()]).unwrap().admit_tcp(to.parse().unwrap())
        };
        assert!(tcp("tcp://127.0.0.1:2525", "127.0.0.1:2525"));
        assert!(tcp("tcp://*:2525", "192.0.2.1:2525"));
        assert!(!tcp("tcp://127.0.0.1:2525", "127.0.0.1:25"));
        assert!(!tcp("http://127.0.0.1:2525", "127.0.0.1:2525"));
        assert!(!AllowedHosts::of(&[]).unwrap().admit(&"http://a/".parse().unwrap()));
    }
}
