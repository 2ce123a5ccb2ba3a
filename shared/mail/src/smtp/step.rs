use std::fmt;

use super::{Failure, Outcome};

/// What the driver does next.
#[derive(Clone, PartialEq, Eq)]
pub enum Step {
    /// Send all of `bytes`, then ask again; call [`Dialogue::lost`](super::Dialogue::lost) where
    /// that fails or takes longer.
    Send {
        /// What to send.
        bytes: Vec<u8>,
        /// The longest that it may take.
        timeout_ms: u32,
    },
    /// Wait for some bytes and hand them to [`Dialogue::received`](super::Dialogue::received), as
    /// many or few as come. A server that sends a byte a minute never runs out of time here: bound
    /// the whole dialogue as well.
    Receive {
        /// The longest to wait for the next bytes.
        timeout_ms: u32,
    },
    /// Do the TLS handshake on the open connection, then call
    /// [`Dialogue::tls_established`](super::Dialogue::tls_established).
    StartTls,
    /// What became of the mail that was submitted first and has no outcome yet.
    Done(Outcome),
    /// Nothing to do: submit the next mail or quit.
    Idle,
    /// It is over: close the socket. With the reason if it was not our wish; every mail submitted
    /// has had its outcome.
    Closed(Option<Failure>),
}

/// How the driver lost the connection, or never had one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// No connection could be opened: no such name, refused, no route, or the opening took too
    /// long.
    Unreachable,
    /// The TLS handshake failed, or the certificate is not the server's or not to be trusted.
    TlsRefused,
    /// The server closed the connection, or it broke.
    Closed,
    /// The time that the step allowed is over.
    TimedOut,
}

impl fmt::Debug for Step {
    /// Without what is sent, which may be the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send { bytes, timeout_ms } => {
                write!(f, "Send({} bytes within {timeout_ms} ms)", bytes.len())
            }
            Self::Receive { timeout_ms } => write!(f, "Receive(within {timeout_ms} ms)"),
            Self::StartTls => f.write_str("StartTls"),
            Self::Done(outcome) => write!(f, "Done({outcome:?})"),
            Self::Idle => f.write_str("Idle"),
            Self::Closed(failure) => write!(f, "Closed({failure:?})"),
        }
    }
}
