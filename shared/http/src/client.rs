use http::{HeaderMap, header};
use store::Client;

/// Who sent the request: the address that the runtime's edge noted, never one the client claims.
pub(crate) fn client(headers: &HeaderMap) -> Client {
    let text = |value: &http::HeaderValue| value.to_str().unwrap_or_default().trim().to_owned();
    let mut user_agent = headers.get(header::USER_AGENT).map(text).unwrap_or_default();
    user_agent.truncate(512);
    let ip_address = platform::client_address(headers).unwrap_or_default();
    Client { ip_address, user_agent }
}
