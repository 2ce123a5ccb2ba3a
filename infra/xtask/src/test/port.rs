use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::failure::Failure;

/// A port where nobody listens; no two calls give the same one. It lies below the ports of outgoing
/// connections, one of which could take it before a test has what is to listen there, and above those that
/// browsers refuse (10080).
pub(super) fn free_port() -> Result<u16, Failure> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let start = std::process::id().wrapping_mul(211);
    (0..22_000)
        .map(|_| start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % 22_000)
        .filter_map(|number| Some(10_100 + u16::try_from(number).ok()?))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| Failure::new("no port is free"))
}
