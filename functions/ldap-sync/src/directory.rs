use std::sync::Arc;

use async_trait::async_trait;
use futures_util::StreamExt;
use http_api::{Call, Problem};
use ldap_proxy_client::{Chunks, Client, ClientError, Stage, Transport, TransportError};
use platform::{Http, Outward};

/// The proxy beside the directory, by the deployment's settings.
pub(crate) struct Directory {
    transport: Port,
    url: String,
    secret: String,
}

/// How far a reading came that failed, and what happened, for people.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) stage: &'static str,
    pub(crate) message: String,
}

/// The longest that nothing comes. While the directory is read the proxy says something every 20 s, itself for
/// no longer than this.
const PATIENCE_MS: u32 = 4 * 60_000;

impl Directory {
    /// The deployment's.
    ///
    /// # Errors
    /// 409, when address or secret is not set.
    pub(crate) fn of(call: &Call, outward: &Outward) -> Result<Self, Problem> {
        let setting = |name| call.setting(name).filter(|value| !value.is_empty());
        match (setting("LDAP_PROXY_URL"), setting("LDAP_PROXY_SECRET")) {
            (Some(url), Some(secret)) => {
                Ok(Self { transport: Port(Arc::clone(&outward.http)), url, secret })
            }
            (url, secret) => {
                let names = [("LDAP_PROXY_URL", url), ("LDAP_PROXY_SECRET", secret)];
                let missing = names.into_iter().filter(|it| it.1.is_none()).map(|it| it.0);
                Err(Problem::LdapNotConfigured { missing: missing.collect() })
            }
        }
    }

    /// A client of it.
    pub(crate) fn client(&self) -> Client<'_> {
        Client::new(&self.transport, &self.url, &self.secret)
    }
}

struct Port(Arc<dyn Http>);

#[async_trait]
impl Transport for Port {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Chunks>, TransportError> {
        let reply = self.0.send(request, PATIENCE_MS).await;
        let reply = reply.map_err(|error| TransportError(error.to_string()))?;
        Ok(reply.map(|chunks| {
            chunks.map(|chunk| chunk.map_err(|error| TransportError(error.to_string()))).boxed()
        }))
    }
}

impl From<ClientError> for Unread {
    fn from(error: ClientError) -> Self {
        let stage = match &error {
            ClientError::Transport(_) | ClientError::Unauthorized | ClientError::Busy => "proxy",
            ClientError::Refused(_) => "search",
            ClientError::Directory { stage, .. } => match stage {
                Stage::Connect => "connect",
                Stage::Tls => "tls",
                Stage::Bind => "bind",
                Stage::Search => "search",
            },
            ClientError::Cut | ClientError::TooLong | ClientError::Protocol(_) => "answer",
        };
        let mut message = error.to_string();
        if let Some(first) = message.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self { stage, message }
    }
}

impl From<Unread> for Problem {
    fn from(Unread { stage, message }: Unread) -> Self {
        Self::LdapFailed { stage: stage.into(), message }
    }
}
