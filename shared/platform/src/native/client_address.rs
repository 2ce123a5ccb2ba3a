use http::HeaderMap;

/// The address that a test says it comes from.
pub fn client_address(headers: &HeaderMap) -> Option<String> {
    let value = headers.get_all("x-client-address").iter().next_back()?;
    Some(value.to_str().ok()?.trim().to_owned())
}
