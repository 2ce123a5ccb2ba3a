use std::fmt;

/// An address that can stand in an SMTP command: a dot-string, `@` and a domain (RFC 5321 §4.1.2,
/// 6531). Quoted strings and address literals are not taken, and nothing that could end the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Address {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.rsplit_once('@')?;
        let is_good = text.len() <= 254 && is_local_part(local) && is_domain(domain);
        is_good.then(|| Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the same mailbox, as far as anybody but its server can tell.
    pub(crate) fn is(&self, other: &str) -> bool {
        self.0.to_lowercase() == other.to_lowercase()
    }

    fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_local_part(local: &str) -> bool {
    let is_text = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_text))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.split('.').all(is_label)
}

/// Who may be the sender: addresses, or `@domain` for all of a domain.
#[derive(Debug)]
pub(crate) struct Senders(Vec<Sender>);

#[derive(Debug)]
enum Sender {
    One(Address),
    Domain(String),
}

impl Senders {
    /// # Errors
    /// The first that is neither.
    pub(crate) fn parse(senders: &[String]) -> Result<Self, String> {
        let parse = |text: &String| match text.strip_prefix('@') {
            Some(domain) if is_domain(domain) => Ok(Sender::Domain(domain.to_lowercase())),
            Some(_) => Err(text.clone()),
            None => Address::parse(text).map(Sender::One).ok_or_else(|| text.clone()),
        };
        senders.iter().map(parse).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn admit(&self, address: &Address) -> bool {
        self.0.iter().any(|sender| match sender {
            Sender::One(one) => one.is(address.as_str()),
            Sender::Domain(domain) => address.domain().to_lowercase() == *domain,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_command() {
        for text in ["ada@example.com", "a.b+c@mail.example.com", "jörg@müller.example", "a@b"] {
            assert!(Address::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@example.com>\r\nRCPT TO:<eve@example.com",
            "ada@example.com\r\nDATA",
            "ada@example.com\0",
            "ada @example.com",
            "ada@exam ple.com",
            "<ada@example.com>",
            "\"ada\"@example.com",
            "ada@[127.0.0.1]",
            "ada@example.com> SIZE=1",
            "@relay.example:ada@example.com",
            "ada@example.com,eve@example.com",
            ".ada@example.com",
            "ada@-example.com",
        ] {
            assert!(Address::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn only_listed_senders_are_admitted() {
        let list = ["postern@example.com".to_owned(), "@Mail.example.com".to_owned()];
        let senders = Senders::parse(&list).unwrap();
        let admits = |text: &str| senders.admit(&Address::parse(text).unwrap());
        assert!(admits("Postern@example.com") && admits("anybody@mail.example.com"));
        assert!(!admits("ceo@example.com") && !admits("a@deep.mail.example.com"));
        assert_eq!(Senders::parse(&["@".to_owned()]).unwrap_err(), "@");
        assert_eq!(Senders::parse(&["example.com".to_owned()]).unwrap_err(), "example.com");
    }
}
