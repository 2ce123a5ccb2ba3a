use std::net::IpAddr;

use store::limits::{Gate, Limit};
use uuid::Uuid;

use crate::{Call, Problem};

/// A rate limit on a route (`contract.md` §2.4 is the floor).
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// What is counted, as the key's first part.
    pub name: &'static str,
    /// Milliseconds until one more request is allowed.
    pub interval_ms: i64,
    /// How many requests may come at once.
    pub burst: i64,
    /// A limit over all addresses together, for what somebody could guess.
    pub global: Option<(i64, i64)>,
}

/// Over all addresses together: 20 a second, 200 at once.
pub const GLOBAL: Option<(i64, i64)> = Some((50, 200));

impl Policy {
    /// The gate that this request must pass: limits for the network it comes from and, if the policy
    /// has one, for all together.
    ///
    /// # Errors
    /// When no identifier for the request can be made.
    pub fn gate(self, call: &Call) -> Result<Gate, Problem> {
        self.gate_and(call, None)
    }

    /// The same with a further limit, for what the request is about. It stands before the one for
    /// all, which so counts only what it lets through.
    ///
    /// # Errors
    /// When no identifier for the request can be made.
    pub fn gate_and(self, call: &Call, further: Option<Limit>) -> Result<Gate, Problem> {
        let network = self.limit_of(call, &network(&call.client().ip_address));
        let global = self
            .global
            .map(|(interval_ms, burst)| limit(call, self.name.to_owned(), interval_ms, burst));
        Self::gate_of(call, [Some(network), further, global].into_iter().flatten().collect())
    }

    /// The gate of a request of somebody who is signed in: what counts is theirs, from wherever.
    ///
    /// # Errors
    /// When no identifier for the request can be made.
    pub fn gate_for(self, call: &Call, who: Uuid) -> Result<Gate, Problem> {
        Self::gate_of(call, vec![self.limit_of(call, &who.to_string())])
    }

    /// The policy's limit for one of many: a network, say.
    pub fn limit_of(self, call: &Call, one: &str) -> Limit {
        limit(call, format!("{} {one}", self.name), self.interval_ms, self.burst)
    }

    fn gate_of(call: &Call, limits: Vec<Limit>) -> Result<Gate, Problem> {
        Ok(Gate { request: call.new_id()?, at: call.now(), limits })
    }
}

/// Switched off a limit still counts, far beyond reach: one path through the code.
fn limit(call: &Call, key: String, interval_ms: i64, burst: i64) -> Limit {
    let in_force = call.deployment().rate_limits;
    let (interval_ms, burst) = if in_force { (interval_ms, burst) } else { (1, 1 << 40) };
    Limit { key, interval_ms, burst }
}

/// The network that counts as one client: an IPv4 address, or an IPv6 /64, which is what one
/// household gets.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_household_is_one_client() {
        assert_eq!(network("2001:db8:1:2:aaaa::1"), network("2001:db8:1:2:bbbb::2"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "::ffff:203.0.113.7");
    }
}
