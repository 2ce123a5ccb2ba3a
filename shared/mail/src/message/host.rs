/// The host of a deployment's address, if it can stand in a command and in a Message-ID: letters,
/// digits, dots and hyphens. So no IPv6 address.
pub(crate) fn host_of(app_url: &str) -> Option<&str> {
    let (_, rest) = app_url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let kept = !host.is_empty() && host.len() <= 253 && host.chars().all(is_name);
    kept.then_some(host)
}
