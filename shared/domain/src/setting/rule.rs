use super::lists;
use crate::violation::check_length;
use crate::{EmailAddress, Violation};

/// What a setting may be. Empty text never gets here: it means the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingRule {
    /// One line.
    Text {
        /// Most characters.
        max: usize,
    },
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number {
        /// The least.
        min: u32,
        /// The greatest.
        max: u32,
    },
    /// One of these.
    Choice(&'static [&'static str]),
    /// An e-mail address.
    EmailAddress,
    /// A path of this deployment: people are sent there.
    HomePage,
    /// A directory, or the proxy in front of one.
    LdapUrl,
    /// `default`, or a colour as CSS writes it.
    AccentColor,
    /// A JSON array of UUIDs.
    UuidList,
    /// A JSON array of strings.
    TextList,
    /// A JSON array of domain names, as e-mail addresses have them.
    DomainList,
    /// A JSON array of custom claims.
    Claims,
}

const fn wrong(rule: &'static str) -> Violation {
    Violation::InvalidFormat { rule }
}

impl SettingRule {
    /// The form in which `text` is kept.
    ///
    /// # Errors
    /// When the rule does not allow it.
    pub(super) fn parse(self, text: &str) -> Result<String, Violation> {
        match self {
            Self::UuidList => return lists::uuids(text),
            Self::TextList => return lists::texts(text),
            Self::DomainList => return lists::domains(text),
            Self::Claims => return lists::claims(text),
            Self::Number { min, max } => return number(text, min, max),
            Self::Text { max } => check_line(text, max)?,
            Self::Flag => check_choice(text, &["true", "false"], "must be true or false")?,
            Self::Choice(choices) => check_choice(text, choices, "must be one of the choices")?,
            Self::EmailAddress => EmailAddress::check(text)?,
            Self::HomePage => check_home_page(text)?,
            Self::LdapUrl => check_ldap_url(text)?,
            Self::AccentColor => check_color(text)?,
        }
        Ok(text.to_owned())
    }
}

fn check_line(text: &str, max: usize) -> Result<(), Violation> {
    check_length(text, max)?;
    if text.trim().is_empty() {
        return Err(Violation::Required);
    }
    if text.chars().any(char::is_control) {
        return Err(wrong("must not contain control characters"));
    }
    Ok(())
}

fn check_choice(text: &str, choices: &[&str], rule: &'static str) -> Result<(), Violation> {
    if choices.contains(&text) { Ok(()) } else { Err(wrong(rule)) }
}

/// Digits alone, so that SQL reads the same number.
fn number(text: &str, min: u32, max: u32) -> Result<String, Violation> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<u32>().ok().filter(|number| digits && (min..=max).contains(number));
    number.map(|number| number.to_string()).ok_or(wrong("must be a whole number within its limits"))
}

/// Browsers drop tabs and line ends from addresses and read `\` as `/`, so neither may stand where
/// it could turn a path into another host.
fn is_plain_address(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
}

/// Whether `text` is `scheme` with a host behind it, and nobody's name before that.
fn has_host(text: &str, scheme: &str) -> bool {
    let authority = text.strip_prefix(scheme).and_then(|rest| rest.split(['/', '?', '#']).next());
    authority.is_some_and(|host| !host.is_empty() && !host.starts_with(':') && !host.contains('@'))
}

/// Nothing but what the pages follow (`redirect.ts`), which lead to no other host. Two slashes anywhere in
/// the path could come to its beginning, as in `/.//host`.
fn check_home_page(text: &str) -> Result<(), Violation> {
    check_length(text, 1000)?;
    let is_path = text.starts_with('/')
        && text.split(['?', '#']).next().is_some_and(|path| !path.contains("//"));
    if is_plain_address(text) && is_path {
        return Ok(());
    }
    Err(wrong("must be a path with single slashes that begins with one"))
}

fn check_ldap_url(text: &str) -> Result<(), Violation> {
    check_length(text, 1000)?;
    let schemes = ["ldap://", "ldaps://", "http://", "https://"];
    if is_plain_address(text) && schemes.iter().any(|scheme| has_host(text, scheme)) {
        return Ok(());
    }
    Err(wrong("must be an ldap, ldaps, http or https address without a user name"))
}

/// Pages put the value into a style sheet: nothing in it may end a declaration or fetch anything.
fn check_color(text: &str) -> Result<(), Violation> {
    let is_hex = |digits: &str| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let is_word = |c: char| c.is_ascii_alphanumeric() || "(),.%/ -".contains(c);
    let is_function = || text.chars().all(is_word) && !text.to_ascii_lowercase().contains("url(");
    let is_color = match text.strip_prefix('#') {
        Some(digits) => is_hex(digits),
        None => text.len() <= 50 && !text.trim().is_empty() && is_function(),
    };
    if is_color { Ok(()) } else { Err(wrong("must be default or a CSS color")) }
}

#[cfg(test)]
mod tests {
    use crate::setting::{SETTINGS, Setting};

    fn parse(key: &str, text: &str) -> Option<String> {
        Setting::find(key).unwrap().parse(text).ok()
    }

    fn takes(key: &str, texts: &[&str]) {
        for text in texts {
            assert_eq!(parse(key, text).as_deref(), Some(*text), "{key}");
        }
    }

    fn refuses(key: &str, texts: &[&str]) {
        for text in texts {
            assert_eq!(parse(key, text), None, "{key}: {text:?}");
        }
    }

    #[test]
    fn keys_are_unique_and_defaults_keep_their_own_rules() {
        for (index, setting) in SETTINGS.iter().enumerate() {
            assert!(SETTINGS[..index].iter().all(|other| other.key != setting.key));
            let kept = setting.parse(setting.default);
            assert_eq!(kept.as_deref(), Ok(setting.default), "{}", setting.key);
        }
    }

    #[test]
    fn a_line_has_its_length_and_no_control_characters() {
        takes("appName", &["P", &"ö".repeat(30), "שלום 👋"]);
        refuses("appName", &[" ", &"ö".repeat(31), "a\nb", "a\u{0}b"]);
        takes("smtpHost", &[&"x".repeat(1000)]);
        refuses("smtpHost", &[&"x".repeat(1001), "mail.example\r\nDATA"]);
    }

    #[test]
    fn numbers_keep_within_their_limits_and_are_kept_without_zeros_in_front() {
        takes("sessionDuration", &["1", "43200"]);
        refuses("sessionDuration", &["0", "43201", "-1", "+1", "1.5", "1h", " 1", "99999999999"]);
        takes("smtpPort", &["1", "65535"]);
        refuses("smtpPort", &["0", "65536"]);
        takes("auditLogRetentionDays", &["1", "3650"]);
        refuses("auditLogRetentionDays", &["0", "3651"]);
        assert_eq!(parse("sessionDuration", "0060").as_deref(), Some("60"));
        assert_eq!(parse("smtpPort", "").as_deref(), Some(""));
    }

    #[test]
    fn flags_and_choices_are_exact() {
        refuses("ldapEnabled", &["True", "1", "yes", " true"]);
        takes("allowUserSignups", &["disabled", "withToken", "open"]);
        refuses("allowUserSignups", &["withtoken", "closed"]);
    }

    #[test]
    fn a_home_page_is_a_path_here_that_pages_follow() {
        takes("homePageUrl", &["/", "/settings/account?x=1#y", "/a@b?next=https://a.example//b"]);
        refuses(
            "homePageUrl",
            &[
                "//evil.example",
                "/.//evil.example",
                "/a/..//evil.example",
                "https://a.example/b",
                "/\\evil.example",
                "/\t/evil.example",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "http://a.example",
                "https://",
                "https:///x",
                "https://a.example@evil.example",
                "settings",
                "https://a b",
            ],
        );
    }

    #[test]
    fn a_directory_is_reached_by_ldap_or_through_the_proxy() {
        takes("ldapUrl", &["ldap://d", "ldaps://d.example:636", "https://proxy.example/ldap"]);
        refuses(
            "ldapUrl",
            &["d.example", "ldap://", "file:///etc/passwd", "ldap://u:p@d", "gopher://d"],
        );
    }

    #[test]
    fn an_accent_color_cannot_leave_its_declaration() {
        takes(
            "accentColor",
            &["default", "#fff", "#ff00aa80", "rebeccapurple", "oklch(70% 0.1 200 / 50%)"],
        );
        refuses(
            "accentColor",
            &[
                "#ff",
                "#ggg",
                "red;",
                "red}",
                "url(x)",
                "URL(//x)",
                "a:b",
                "\"x\"",
                "\\75rl(x)",
                "rгb(1)",
                " ",
                &"a".repeat(51),
            ],
        );
    }

    #[test]
    fn domains_are_kept_in_lower_case_and_without_an_at_sign() {
        let kept = parse("signupAllowedEmailDomains", r#"["Example.COM", "m\u00fcller.example"]"#);
        assert_eq!(kept.as_deref(), Some("[\"example.com\",\"m\u{fc}ller.example\"]"));
        refuses(
            "signupAllowedEmailDomains",
            &[
                "example.com",
                r#"["@example.com"]"#,
                r#"["*.example.com"]"#,
                r#"["example"]"#,
                r#"[" example.com"]"#,
                r#"["a@example.com"]"#,
                r#"["example.com."]"#,
                r#"[""]"#,
                "[1]",
                "{}",
            ],
        );
    }

    #[test]
    fn a_sender_is_an_address() {
        takes("smtpFrom", &["postern@example.com"]);
        refuses("smtpFrom", &["Postern <postern@example.com>", "a@b.example\r\nBcc: x@y.example"]);
    }
}
