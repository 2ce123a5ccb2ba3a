use std::fmt;

use platform::Settings;

/// The deployment's settings that every function needs, checked once.
pub struct Deployment {
    /// Where people reach the deployment: scheme, host and port, nothing else.
    pub app_url: String,
    /// Whether that is https: cookie names depend on it.
    pub secure: bool,
    /// Signs session tokens; at least 32 bytes.
    pub(crate) session_key: Vec<u8>,
    /// Whether rate limits are in force. Only a deployment on this machine can switch them off.
    pub rate_limits: bool,
}

/// A setting that is missing or malformed. Logged by name, never with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingError {
    /// `APP_URL` must be an origin such as `https://id.example.com`.
    AppUrl,
    /// `SESSION_KEY` must have at least 32 characters.
    SessionKey,
    /// `RATE_LIMITS=off` is for `http://localhost` alone.
    RateLimits,
    /// `DATA_KEY` must have at least 32 characters.
    DataKey,
    /// `SETUP_TOKEN` must be set; empty means that none is needed.
    SetupToken,
}

impl Deployment {
    /// Reads `APP_URL`, `SESSION_KEY` and `RATE_LIMITS`.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    pub fn read(settings: &dyn Settings) -> Result<Self, SettingError> {
        let app_url = settings.get("APP_URL").ok_or(SettingError::AppUrl)?;
        let app_url = app_url.strip_suffix('/').unwrap_or(&app_url);
        let loopback = is_loopback(app_url);
        if !(is_https(app_url) || loopback) {
            return Err(SettingError::AppUrl);
        }
        let session_key = settings.get("SESSION_KEY").ok_or(SettingError::SessionKey)?;
        if session_key.len() < 32 {
            return Err(SettingError::SessionKey);
        }
        let rate_limits = settings.get("RATE_LIMITS").as_deref() != Some("off");
        if !rate_limits && !loopback {
            return Err(SettingError::RateLimits);
        }
        Ok(Self {
            app_url: app_url.to_owned(),
            secure: !loopback,
            session_key: session_key.into_bytes(),
            rate_limits,
        })
    }
}

/// An https origin as browsers write it: lower case, punycode, no default port, nothing behind.
fn is_https(origin: &str) -> bool {
    let host = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    origin.strip_prefix("https://").is_some_and(|authority| {
        let (name, port) = authority.split_once(':').unwrap_or((authority, "1"));
        !name.is_empty() && name.chars().all(host) && port != "443" && is_port(port)
    })
}

/// Browsers treat `http://localhost` as a secure context, and nobody else can reach it.
fn is_loopback(origin: &str) -> bool {
    let port = origin.strip_prefix("http://localhost");
    port.is_some_and(|port| port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0) && !text.starts_with(['0', '+'])
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AppUrl => "APP_URL must be an https origin, or http://localhost with a port",
            Self::SessionKey => "SESSION_KEY must be set to at least 32 random characters",
            Self::RateLimits => "RATE_LIMITS=off is refused unless APP_URL is http://localhost",
            Self::DataKey => "DATA_KEY must be set to at least 32 random characters",
            Self::SetupToken => "SETUP_TOKEN must be set; empty means that none is needed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::native::FixedSettings;

    const KEY: (&str, &str) = ("SESSION_KEY", "0123456789abcdef0123456789abcdef");

    fn read<const N: usize>(settings: [(&str, &str); N]) -> Result<Deployment, SettingError> {
        Deployment::read(&FixedSettings::from(settings))
    }

    #[test]
    fn an_origin_and_a_key_make_a_deployment() {
        let deployment = read([("APP_URL", "https://id.example.com"), KEY]).unwrap();
        assert_eq!(deployment.app_url, "https://id.example.com");
        assert!(deployment.secure && deployment.rate_limits);
    }

    #[test]
    fn anything_but_an_origin_is_refused() {
        for url in [
            "",
            "https://",
            "id.example.com",
            "http://id.example.com",
            "https://id.example.com/sub",
            "https://ID.example.com",
            "https://a@id.example.com",
            "https://id.example.com:443",
            "https://id.example.com:",
            "http://localhost.evil.example",
            "http://localhost:0x1",
        ] {
            assert_eq!(read([("APP_URL", url), KEY]).err(), Some(SettingError::AppUrl), "{url}");
        }
    }

    #[test]
    fn rate_limits_cannot_be_switched_off_in_production() {
        let off = ("RATE_LIMITS", "off");
        let production = read([("APP_URL", "https://id.example.com"), KEY, off]);
        assert_eq!(production.err(), Some(SettingError::RateLimits));
        let local = read([("APP_URL", "http://localhost:8787"), KEY, off]).unwrap();
        assert!(!local.rate_limits);
    }

    #[test]
    fn a_short_key_is_refused() {
        let short = read([("APP_URL", "https://id.example.com"), ("SESSION_KEY", "short")]);
        assert_eq!(short.err(), Some(SettingError::SessionKey));
    }
}
