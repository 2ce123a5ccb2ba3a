use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

/// Name of the header under which Spin notes the peer's address and port.
const HEADER: &str = "spin-client-addr";

/// The address that the connection comes from. Spin appends its own header after whatever the
/// client sent under that name, so the last value is the one to trust.
pub fn client_address(headers: &HeaderMap) -> Option<String> {
    let value = headers.get_all(HEADER).iter().next_back()?.to_str().ok()?;
    let address: IpAddr =
        value.parse::<SocketAddr>().map(|peer| peer.ip()).or_else(|_| value.parse()).ok()?;
    Some(address.to_canonical().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(HEADER, value.parse().unwrap());
        }
        client_address(&headers)
    }

    #[test]
    fn the_port_goes_and_a_mapped_address_is_what_it_maps() {
        assert_eq!(address(&["203.0.113.7:4711"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(address(&["[2001:db8::7]:4711"]).as_deref(), Some("2001:db8::7"));
        assert_eq!(address(&["[::ffff:203.0.113.7]:1"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(address(&["203.0.113.7"]).as_deref(), Some("203.0.113.7"));
    }

    #[test]
    fn what_a_client_claims_comes_first_and_is_not_trusted() {
        assert_eq!(address(&["10.0.0.1:1", "203.0.113.7:4711"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(address(&["10.0.0.1:1", "nonsense"]), None);
        assert_eq!(address(&[]), None);
    }
}
