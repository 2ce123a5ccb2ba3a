use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};

/// Below the ports of outgoing connections (`ip_local_port_range`), one of which could take it before
/// the program that is told to listen there has begun to; above those that browsers refuse (10080).
const FIRST: u16 = 10_100;
const COUNT: u32 = 22_000;

/// A port where nobody listens; no two calls of a process give the same one.
pub fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Far from where processes of about the same age look.
    let start = std::process::id().wrapping_mul(211);
    (0..COUNT)
        .map(|_| start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT)
        .filter_map(|number| Some(FIRST + u16::try_from(number).ok()?))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a free port")
}
