use platform::nfc;

use crate::Violation;

/// An e-mail address: `local@domain`, at most 254 bytes, without control characters, spaces or
/// anything that could leave its place in a mail header. Unique ignoring case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

const RULE: &str = "must be a valid email address";

impl EmailAddress {
    /// Checks `text` and normalises it to NFC.
    ///
    /// # Errors
    /// When `text` is not an address that a mail server would take.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        Self::check(text)?;
        Ok(Self(nfc(text)))
    }

    /// The check alone, for who keeps the text as given and can do without the tables of NFC.
    pub(crate) fn check(text: &str) -> Result<(), Violation> {
        let invalid = Violation::InvalidFormat { rule: RULE };
        let (local, domain) = text.rsplit_once('@').ok_or(invalid)?;
        if text.len() > 254 || !is_local_part(local) || !is_domain(domain) {
            return Err(invalid);
        }
        Ok(())
    }

    /// The address as given, in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is compared for uniqueness: lower case.
    pub fn key(&self) -> String {
        nfc(&self.0.to_lowercase())
    }

    /// Whether the address is at one of `domains` itself, ignoring case; a subdomain is another one.
    pub fn is_at_one_of(&self, domains: &[String]) -> bool {
        let key = self.key();
        let domain = key.rsplit_once('@').map(|(_, domain)| domain);
        domains.iter().any(|allowed| domain == Some(nfc(&allowed.to_lowercase()).as_str()))
    }
}

/// RFC 5321 §4.1.2 dot-string, with UTF-8 as in RFC 6531; quoted strings are not taken.
fn is_local_part(local: &str) -> bool {
    let atoms_ok = local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_text));
    local.len() <= 64 && atoms_ok
}

fn is_atom_text(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// Whether an address can be at `domain`.
pub(crate) fn is_domain(domain: &str) -> bool {
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.contains('.') && domain.split('.').all(label_ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_servers_take_pass() {
        for text in ["a@b.example", "first.last+tag@sub.example.com", "jörg@müller.example"] {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("{}@example.com", "x".repeat(65));
        for text in [
            "",
            "a",
            "@b.example",
            "a@",
            "a@b",
            "a b@c.example",
            "a@b..example",
            ".a@b.example",
            "a@-b.example",
            "a@b.example\r\nBcc: x@y.example",
            "<a@b.example>",
            &long,
        ] {
            assert!(EmailAddress::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_address_is_at_its_domain_and_at_no_other() {
        let domains = ["example.com".to_owned(), "m\u{fc}ller.example".to_owned()];
        let is_at = |text| EmailAddress::parse(text).unwrap().is_at_one_of(&domains);
        for text in ["a@example.com", "A@EXAMPLE.COM", "a@M\u{dc}LLER.example"] {
            assert!(is_at(text), "{text}");
        }
        for text in [
            "a@sub.example.com",
            "a@notexample.com",
            "a@example.com.evil.example",
            "example.com@evil.example",
            "a@ex\u{e4}mple.com",
            "a@example.co",
        ] {
            assert!(!is_at(text), "{text}");
        }
        assert!(!EmailAddress::parse("a@example.com").unwrap().is_at_one_of(&[]));
    }

    #[test]
    fn the_key_ignores_case_and_composition() {
        let composed = EmailAddress::parse("J\u{f6}rg@Example.COM").unwrap();
        let decomposed = EmailAddress::parse("jo\u{308}rg@example.com");
        assert_eq!(composed.key(), "j\u{f6}rg@example.com");
        assert!(decomposed.is_err() || decomposed.unwrap().key() == composed.key());
    }
}
