use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::awaited::Awaited;
use super::capabilities::Capabilities;
use super::dialogue::{Dialogue, State};
use super::{Extension, Failure, Reply, Security, Stage, Why};

/// From the greeting to the last word about who we are.
impl Dialogue {
    pub(super) fn opening(&mut self, awaited: Awaited, reply: Reply, lines: &str) {
        match (awaited, reply.code()) {
            (Awaited::Greeting, 220) => self.say_ehlo(),
            (Awaited::Ehlo, 250) => {
                self.offers = Capabilities::parse(lines);
                self.secure();
            }
            (Awaited::StartTls, 220) => self.state = State::Handshake,
            (Awaited::LoginName, 334) => self.say_name(),
            (Awaited::LoginPassword, 334) => self.say_password(),
            (Awaited::AuthPlain | Awaited::LoginEnd, 235) => self.state = State::Ready,
            _ => self.end(Failure { stage: awaited.stage(), why: Why::Answered(reply) }),
        }
    }

    pub(super) fn say_ehlo(&mut self) {
        let ehlo = format!("EHLO {}\r\n", self.submission.client_name.as_str());
        self.send(ehlo.into_bytes(), [Awaited::Ehlo]);
    }

    /// Goes on to TLS where that is asked for. A server that does not offer it gets nothing: the
    /// offer may have been stripped on its way (RFC 3207 §6).
    fn secure(&mut self) {
        if self.encrypted || self.submission.security != Security::StartTls {
            self.authenticate();
        } else if self.offers.start_tls {
            self.send(b"STARTTLS\r\n".to_vec(), [Awaited::StartTls]);
        } else {
            let why = Why::NotOffered(Extension::StartTls);
            self.end(Failure { stage: Stage::Tls, why });
        }
    }

    fn authenticate(&mut self) {
        let Some(credentials) = &self.submission.credentials else {
            self.state = State::Ready;
            return;
        };
        let in_clear = Security::None { credentials_in_clear: true };
        let stage = Stage::Authentication;
        if !self.encrypted && self.submission.security != in_clear {
            self.end(Failure { stage, why: Why::CredentialsInClear });
        } else if self.offers.auth_plain {
            let identity = format!("\0{}\0{}", credentials.user, credentials.password);
            let command = format!("AUTH PLAIN {}\r\n", STANDARD.encode(identity));
            self.send(command.into_bytes(), [Awaited::AuthPlain]);
        } else if self.offers.auth_login {
            self.send(b"AUTH LOGIN\r\n".to_vec(), [Awaited::LoginName]);
        } else {
            self.end(Failure { stage, why: Why::NotOffered(Extension::Auth) });
        }
    }

    fn say_name(&mut self) {
        if let Some(credentials) = &self.submission.credentials {
            let line = STANDARD.encode(&credentials.user) + "\r\n";
            self.send(line.into_bytes(), [Awaited::LoginPassword]);
        }
    }

    fn say_password(&mut self) {
        if let Some(credentials) = &self.submission.credentials {
            let line = STANDARD.encode(&credentials.password) + "\r\n";
            self.send(line.into_bytes(), [Awaited::LoginEnd]);
        }
    }
}
