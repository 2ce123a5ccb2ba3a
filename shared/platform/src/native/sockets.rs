use std::io::{Error, ErrorKind};
use std::time::Duration;

use async_trait::async_trait;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::tls;
use crate::{Detail, Security, Socket, SocketError, Sockets};

/// The host's TCP, with TLS that trusts the authorities it is given.
pub struct NativeSockets {
    tls: Option<TlsConnector>,
}

/// How long opening a connection may take.
const OPENING: Duration = Duration::from_secs(10);

impl NativeSockets {
    /// Trusts `authorities`, certificates in DER; what is none is passed over.
    pub fn trusting(authorities: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { tls: tls::trusting(authorities) }
    }
}

#[async_trait]
impl Sockets for NativeSockets {
    async fn connect(
        &self,
        host: &str,
        port: u16,
        security: Security,
    ) -> Result<Box<dyn Socket>, SocketError> {
        let opened = timeout(OPENING, TcpStream::connect((host, port))).await;
        let stream = opened.map_err(|_| SocketError::TimedOut)?.map_err(unreachable)?;
        let _ = stream.set_nodelay(true);
        let mut socket = NativeSocket {
            stream: Some(Box::new(stream)),
            tls: self.tls.clone(),
            host: host.to_owned(),
        };
        if security == Security::Tls {
            socket.start_tls(10_000).await?;
        }
        Ok(Box::new(socket))
    }
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

struct NativeSocket {
    /// Gone once a handshake has failed.
    stream: Option<Box<dyn Stream>>,
    tls: Option<TlsConnector>,
    host: String,
}

#[async_trait]
impl Socket for NativeSocket {
    async fn read(&mut self, timeout_ms: u32) -> Result<Vec<u8>, SocketError> {
        let stream = self.stream.as_mut().ok_or_else(gone)?;
        let mut buffer = vec![0; 8192];
        let read = timeout(Duration::from_millis(timeout_ms.into()), stream.read(&mut buffer));
        let length = read.await.map_err(|_| SocketError::TimedOut)?.map_err(lost)?;
        buffer.truncate(length);
        Ok(buffer)
    }

    async fn write(&mut self, bytes: &[u8], timeout_ms: u32) -> Result<(), SocketError> {
        let stream = self.stream.as_mut().ok_or_else(gone)?;
        let write = async {
            stream.write_all(bytes).await?;
            stream.flush().await
        };
        let written = timeout(Duration::from_millis(timeout_ms.into()), write).await;
        written.map_err(|_| SocketError::TimedOut)?.map_err(lost)
    }

    async fn start_tls(&mut self, timeout_ms: u32) -> Result<(), SocketError> {
        let stream = self.stream.take().ok_or_else(gone)?;
        let no_tls = |error: Error| SocketError::Tls(Detail::new(error));
        let name = ServerName::try_from(self.host.clone());
        let name = name.map_err(|error| no_tls(Error::new(ErrorKind::InvalidInput, error)))?;
        let tls = self.tls.as_ref().ok_or(SocketError::NotSupported("TLS is not set up"))?;
        let handshake =
            timeout(Duration::from_millis(timeout_ms.into()), tls.connect(name, stream));
        let stream = handshake.await.map_err(|_| SocketError::TimedOut)?.map_err(no_tls)?;
        self.stream = Some(Box::new(stream));
        Ok(())
    }

    async fn close(&mut self) {
        if let Some(mut stream) = self.stream.take() {
            let _ = timeout(Duration::from_secs(1), stream.shutdown()).await;
        }
    }
}

fn gone() -> SocketError {
    SocketError::Lost(Detail::new("there is no connection any more"))
}

fn lost(error: Error) -> SocketError {
    SocketError::Lost(Detail::new(error))
}

fn unreachable(error: Error) -> SocketError {
    // What the resolver says has no kind of its own.
    let unresolved = error.to_string().contains("failed to lookup address");
    if unresolved { SocketError::NameNotFound } else { SocketError::Refused(Detail::new(error)) }
}
