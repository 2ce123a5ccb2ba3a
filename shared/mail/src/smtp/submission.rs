use std::fmt;

use domain::EmailAddress;

/// How to talk to a submission server.
#[derive(Debug, Clone)]
pub struct Submission {
    /// What protects the connection.
    pub security: Security,
    /// Who we are to the server, if it asks.
    pub credentials: Option<Credentials>,
    /// What we call ourselves in EHLO.
    pub client_name: ClientName,
    /// How long to wait for the server.
    pub patience: Patience,
}

/// What protects the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Nothing: everything can be read and changed on its way. Port 25 or 587 of a server on the
    /// same machine or network.
    None {
        /// Whether the administrator said that the password may go in clear.
        credentials_in_clear: bool,
    },
    /// The connection begins in clear and must change to TLS before anything of ours is said; a
    /// server that does not offer it gets no mail (RFC 3207 §6). Port 587.
    StartTls,
    /// TLS from the first byte (RFC 8314): the driver has it established before the first step.
    /// Port 465.
    Tls,
}

/// A user name and a password. Never shown by `Debug`.
#[derive(Clone)]
pub struct Credentials {
    pub(super) user: String,
    pub(super) password: String,
}

impl Credentials {
    /// The credentials, as the administrator wrote them.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: password.into() }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// What we call ourselves in EHLO: the deployment's host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientName(String);

impl ClientName {
    /// The host of `app_url` (`https://id.example.com`, a port is left out), an IPv4 address in
    /// brackets (RFC 5321 §4.1.3); `localhost` where it has none that could stand in a command.
    pub fn of_url(app_url: &str) -> Self {
        let host = crate::message::host_of(app_url).unwrap_or("localhost");
        let is_address = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        Self(if is_address { format!("[{host}]") } else { host.to_owned() })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How long to wait for the server, in milliseconds.
///
/// RFC 5321 §4.5.3.2 asks five minutes of a relay for most replies, because it has no other way. We
/// wait one: the mail is still in our outbox, and a function pays for waiting. After the final dot we
/// wait the ten minutes of §4.5.3.2.6 if we may, because giving up there is what doubles mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the greeting, the reply to a command, and for the socket to take what we send.
    pub command_ms: u32,
    /// For the reply to the final dot.
    pub final_dot_ms: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { command_ms: 60_000, final_dot_ms: 600_000 }
    }
}

/// From whom to whom a mail goes, as the servers are told (RFC 5321 §2.3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Who hears of it when it cannot be delivered.
    pub from: EmailAddress,
    /// Who gets it: one recipient a mail, so that its outcome is one.
    pub to: EmailAddress,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_never_shown() {
        let shown = format!("{:?}", Credentials::new("postern", "hunter2"));
        assert!(!shown.contains("postern") && !shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn the_client_s_name_is_the_deployment_s_host() {
        for (url, name) in [
            ("https://id.example.com", "id.example.com"),
            ("http://localhost:8787", "localhost"),
            ("https://id.example.com\r\nRSET", "localhost"),
            ("nonsense", "localhost"),
            ("http://127.0.0.1:8787", "[127.0.0.1]"),
            ("http://[::1]:8787", "localhost"),
            ("https://7.example.com", "7.example.com"),
        ] {
            assert_eq!(ClientName::of_url(url).as_str(), name);
        }
    }
}
