use std::sync::Arc;
use std::time::Duration;

use ldap_proxy_client::{Code, Failure, Stage};
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, StdStream};
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::failures::{at, of_error, of_result};

const TO_CONNECT: Duration = Duration::from_secs(10);
const TO_BIND: Duration = Duration::from_secs(30);

/// Where the directory is and how the proxy introduces itself. Not to be printed.
pub(crate) struct Access {
    /// `ldap://host:port` or `ldaps://host:port`.
    pub(crate) url: String,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    /// Name and password; without them the proxy reads what anybody may.
    pub(crate) bind: Option<(String, String)>,
}

/// How the connection is protected.
pub(crate) struct Security {
    pub(crate) start_tls: bool,
    /// Whom to trust; `None` trusts anybody.
    pub(crate) trust: Option<Arc<ClientConfig>>,
}

/// A connection to the directory, bound. It ends when it is dropped.
pub(crate) struct Connection {
    pub(super) ldap: Ldap,
}

impl Connection {
    /// Connects, secures, binds.
    pub(crate) async fn open(access: &Access) -> Result<Self, Failure> {
        let stream = connect(access).await?;
        let mut ldap = secure(access, stream).await?;
        if let Some((name, password)) = &access.bind {
            let bound = ldap.with_timeout(TO_BIND).simple_bind(name, password).await;
            let bound = bound.map_err(|error| of_error(Stage::Bind, &error))?;
            if bound.rc != 0 {
                return Err(of_result(Stage::Bind, &bound));
            }
        }
        Ok(Self { ldap })
    }

    /// Says goodbye. A connection that is merely dropped ends as well, less politely.
    pub(crate) async fn close(mut self) {
        let _ = timeout(Duration::from_secs(1), self.ldap.unbind()).await;
    }
}

async fn connect(access: &Access) -> Result<std::net::TcpStream, Failure> {
    let address = (access.host.as_str(), access.port);
    let connected = timeout(TO_CONNECT, TcpStream::connect(address))
        .await
        .map_err(|_| at(Stage::Connect, Code::TimedOut, "the directory does not answer in time"))?;
    connected
        .and_then(|stream| stream.set_nodelay(true).and_then(|()| stream.into_std()))
        .map_err(|error| at(Stage::Connect, Code::Unreachable, error.to_string()))
}

async fn secure(access: &Access, stream: std::net::TcpStream) -> Result<Ldap, Failure> {
    let settings = LdapConnSettings::new()
        .set_std_stream(StdStream::Tcp(stream))
        .set_starttls(access.security.start_tls);
    let settings = match &access.security.trust {
        Some(trust) => settings.set_config(Arc::clone(trust)),
        None => settings.set_no_tls_verify(true),
    };
    let opened = timeout(TO_CONNECT, LdapConnAsync::with_settings(settings, &access.url)).await;
    let (connection, ldap) = opened
        .map_err(|_| at(Stage::Tls, Code::TimedOut, "the directory does not answer in time"))?
        .map_err(|error| of_error(Stage::Tls, &error))?;
    // It ends by itself when the last handle is dropped or the directory hangs up.
    tokio::spawn(async move {
        if let Err(error) = connection.drive().await {
            tracing::warn!(%error, "the connection to the directory broke");
        }
    });
    Ok(ldap)
}
