use http::{HeaderMap, header};
use platform::CLIENT_ADDRESS_HEADER;
use store::Client;

/// Who sent the request: the address that the runtime's edge noted, never one the client claims.
pub(crate) fn client(headers: &HeaderMap) -> Client {
    // Both edges append to or overwrite what the client sent, so the last value is theirs.
    let address = headers.get_all(CLIENT_ADDRESS_HEADER).iter().next_back();
    let text = |value: &http::HeaderValue| value.to_str().unwrap_or_default().trim().to_owned();
    let mut user_agent = headers.get(header::USER_AGENT).map(text).unwrap_or_default();
    user_agent.truncate(512);
    Client { ip_address: address.map(text).unwrap_or_default(), user_agent }
}
