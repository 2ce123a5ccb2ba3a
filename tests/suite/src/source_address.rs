//! TCP from an address of one's own.
//!
//! A runtime that believes the connection, not a header, sees who sends. On this machine every
//! address of 127.0.0.0/8 is ours to send from.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};

use socket2::{Domain, Socket, Type};
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport,
};

/// Connects to this machine from a loopback address of one's own; elsewhere plainly.
#[derive(Debug)]
pub(crate) struct From {
    address: Ipv4Addr,
}

impl From {
    /// The loopback address with the last three parts of `address`.
    pub(crate) fn like(address: &str) -> Self {
        let [_, b, c, d] = address.parse().unwrap_or(Ipv4Addr::LOCALHOST).octets();
        Self { address: Ipv4Addr::new(127, b, c, d) }
    }

    fn open(&self, to: SocketAddr) -> std::io::Result<TcpStream> {
        let socket = Socket::new(Domain::for_address(to), Type::STREAM, None)?;
        if to.is_ipv4() && to.ip().is_loopback() {
            // Not every system has all of 127.0.0.0/8; then all clients share one address.
            let _ = socket.bind(&SocketAddr::new(IpAddr::V4(self.address), 0).into());
        }
        socket.connect(&to.into())?;
        socket.set_tcp_nodelay(true)?;
        Ok(socket.into())
    }
}

impl Connector for From {
    type Out = Tcp;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _chained: Option<()>,
    ) -> Result<Option<Tcp>, Error> {
        let mut refused = std::io::Error::from(std::io::ErrorKind::AddrNotAvailable);
        for to in &details.addrs {
            match self.open(*to) {
                Ok(stream) => return Ok(Some(Tcp::new(stream, details))),
                Err(error) => refused = error,
            }
        }
        Err(Error::Io(refused))
    }
}

/// A connection. It knows no timeouts: a test that hangs is to be seen hanging.
#[derive(Debug)]
pub(crate) struct Tcp {
    stream: TcpStream,
    buffers: LazyBuffers,
}

impl Tcp {
    fn new(stream: TcpStream, details: &ConnectionDetails<'_>) -> Self {
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Self { stream, buffers }
    }
}

impl Transport for Tcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        Ok(self.stream.write_all(&self.buffers.output()[..amount])?)
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
        let read = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(read);
        Ok(read > 0)
    }

    fn is_open(&mut self) -> bool {
        let _ = self.stream.set_nonblocking(true);
        let closed = match self.stream.peek(&mut [0]) {
            Ok(_) => true,
            Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
        };
        let _ = self.stream.set_nonblocking(false);
        !closed
    }
}
