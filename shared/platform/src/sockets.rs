use std::fmt;

use async_trait::async_trait;

use crate::Detail;

/// TCP connections to elsewhere.
#[async_trait]
pub trait Sockets: Send + Sync {
    /// Connects to a host, by name or by address where the runtime has no names.
    ///
    /// # Errors
    /// See [`SocketError`].
    async fn connect(
        &self,
        host: &str,
        port: u16,
        security: Security,
    ) -> Result<Box<dyn Socket>, SocketError>;
}

/// How a connection begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// In clear, to the end.
    Plain,
    /// In clear, until [`Socket::start_tls`].
    StartTls,
    /// With TLS.
    Tls,
}

/// A connection. Certificates are checked against the host's name and the runtime's authorities.
#[async_trait]
pub trait Socket: Send {
    /// The next bytes; none when the other side has ended the connection.
    ///
    /// # Errors
    /// [`SocketError::TimedOut`] when none come within `timeout_ms`; the connection is then of no
    /// further use.
    async fn read(&mut self, timeout_ms: u32) -> Result<Vec<u8>, SocketError>;

    /// Hands bytes to the network; that the other side has them is not said.
    ///
    /// # Errors
    /// When the connection is gone, or nothing was taken within `timeout_ms`.
    async fn write(&mut self, bytes: &[u8], timeout_ms: u32) -> Result<(), SocketError>;

    /// Goes on with TLS, on a connection that began with [`Security::StartTls`].
    ///
    /// # Errors
    /// When no TLS comes about; the connection is then of no further use.
    async fn start_tls(&mut self, timeout_ms: u32) -> Result<(), SocketError>;

    /// Ends the connection.
    async fn close(&mut self);
}

/// Why a connection did not come about, or ended.
#[derive(Debug)]
pub enum SocketError {
    /// The name has no address.
    NameNotFound,
    /// Nobody listens there, or the runtime may not go there.
    Refused(Detail),
    /// No answer in time.
    TimedOut,
    /// The certificate does not stand, or the other side speaks no TLS.
    Tls(Detail),
    /// The runtime cannot do this: what, for people.
    NotSupported(&'static str),
    /// The connection is gone.
    Lost(Detail),
}

impl fmt::Display for SocketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameNotFound => f.write_str("the host name has no address"),
            Self::Refused(detail) => write!(f, "the connection was refused: {detail}"),
            Self::TimedOut => f.write_str("no answer in time"),
            Self::Tls(detail) => write!(f, "no TLS: {detail}"),
            Self::NotSupported(what) => f.write_str(what),
            Self::Lost(detail) => write!(f, "the connection was lost: {detail}"),
        }
    }
}

impl std::error::Error for SocketError {}
