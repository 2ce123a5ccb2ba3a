use std::io::{Error, ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

use async_trait::async_trait;

use crate::{Detail, Security, Socket, SocketError, Sockets};

/// TCP through WASI, to addresses that `allowed_outbound_hosts` lets pass.
///
/// Spin resolves no names for it and brings no TLS. Calls wait; the instance takes no other request
/// meanwhile (`one_at_a_time.rs`).
pub(super) struct WasiSockets;

/// For the connection, as on Workers.
const OPENING: Duration = Duration::from_secs(10);

const NAMES: &str = "on Spin the mail server must be given as an IP address";
const TLS: &str = "Spin has no TLS for mail servers; use a relay on the same machine or network";

#[async_trait]
impl Sockets for WasiSockets {
    async fn connect(
        &self,
        host: &str,
        port: u16,
        security: Security,
    ) -> Result<Box<dyn Socket>, SocketError> {
        if security != Security::Plain {
            return Err(SocketError::NotSupported(TLS));
        }
        let address: IpAddr = host.parse().map_err(|_| SocketError::NotSupported(NAMES))?;
        let stream =
            connected(SocketAddr::new(address, port)).map_err(|error| match error.kind() {
                ErrorKind::TimedOut => SocketError::TimedOut,
                _ => SocketError::Refused(Detail::new(error)),
            })?;
        Ok(Box::new(Connected(Some(stream))))
    }
}

/// On WASI the standard library takes a connection that was refused within the time for one that stands.
fn connected(address: SocketAddr) -> Result<TcpStream, Error> {
    let stream = TcpStream::connect_timeout(&address, OPENING)?;
    if let Some(error) = stream.take_error()? {
        return Err(error);
    }
    stream.peer_addr()?;
    Ok(stream)
}

struct Connected(Option<TcpStream>);

impl Connected {
    fn stream(&mut self) -> Result<&mut TcpStream, SocketError> {
        let gone = || SocketError::Lost(Detail::new("there is no connection any more"));
        self.0.as_mut().ok_or_else(gone)
    }
}

#[async_trait]
impl Socket for Connected {
    async fn read(&mut self, timeout_ms: u32) -> Result<Vec<u8>, SocketError> {
        let stream = self.stream()?;
        stream.set_read_timeout(Some(patience(timeout_ms))).map_err(fault)?;
        let mut buffer = vec![0; 8192];
        let length = stream.read(&mut buffer).map_err(fault)?;
        buffer.truncate(length);
        Ok(buffer)
    }

    async fn write(&mut self, bytes: &[u8], timeout_ms: u32) -> Result<(), SocketError> {
        let stream = self.stream()?;
        stream.set_write_timeout(Some(patience(timeout_ms))).map_err(fault)?;
        stream.write_all(bytes).map_err(fault)
    }

    async fn start_tls(&mut self, _: u32) -> Result<(), SocketError> {
        Err(SocketError::NotSupported(TLS))
    }

    async fn close(&mut self) {
        self.0 = None;
    }
}

/// Zero would mean for ever.
fn patience(timeout_ms: u32) -> Duration {
    Duration::from_millis(timeout_ms.max(1).into())
}

fn fault(error: Error) -> SocketError {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => SocketError::TimedOut,
        _ => SocketError::Lost(Detail::new(error)),
    }
}
