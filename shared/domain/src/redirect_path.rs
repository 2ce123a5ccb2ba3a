use crate::Violation;

/// A place of this deployment to go on to, as part of a link: an absolute path, with a query if need
/// be. It cannot lead to another host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectPath(String);

const MOST: usize = 1000;
const RULE: &str = "must be a path that begins with a single slash";

impl RedirectPath {
    /// Checks `text`.
    ///
    /// # Errors
    /// When browsers could take it for something else than a path, or it has more than 1,000 bytes.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        // Browsers read a backslash as a slash and pass over tabs and line ends, so `/\host` and
        // `/<tab>/host` are other hosts.
        let is_path = text.starts_with('/') && !text[1..].starts_with(['/', '\\']);
        if !is_path || text.len() > MOST || text.chars().any(|c| c.is_control() || c == '\\') {
            return Err(Violation::InvalidFormat { rule: RULE });
        }
        Ok(Self(text.to_owned()))
    }

    /// The path as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_this_deployment_pass() {
        for text in ["/", "/settings/account", "/authorize?client=a&next=//b", "/\u{fc}ber#da"] {
            assert!(RedirectPath::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        let long = format!("/{}", "a".repeat(MOST));
        for text in [
            "",
            "settings",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/a\\b",
            "/a\nb",
            "https://evil.example",
            "javascript:alert(1)",
            &long,
        ] {
            assert!(RedirectPath::parse(text).is_err(), "{text:?}");
        }
    }
}
