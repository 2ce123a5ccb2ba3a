use http::HeaderMap;

/// The address that the connection to Cloudflare's edge comes from. The edge overwrites what a
/// client sends under that name.
pub fn client_address(headers: &HeaderMap) -> Option<String> {
    let value = headers.get_all("cf-connecting-ip").iter().next_back()?;
    Some(value.to_str().ok()?.trim().to_owned())
}
