/// A distinguished name taken apart (RFC 4514), so that names can be compared.
///
/// It is stricter than servers are: quotes, semicolons and `#` values of older notations are refused,
/// because a name that we read otherwise than the directory does could lead out of the allowed bases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dn(Vec<Vec<(String, String)>>);

impl Dn {
    /// Takes `text` apart; `None` if it is no name, or an empty one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut names = Vec::new();
        let mut name = Vec::new();
        let mut rest = text;
        loop {
            let (pair, end, after) = pair(rest)?;
            name.push(pair);
            if end != Some('+') {
                name.sort_unstable();
                names.push(std::mem::take(&mut name));
            }
            if end.is_none() {
                return Some(Self(names));
            }
            rest = after;
        }
    }

    /// Whether it is `base` or an entry below.
    pub fn is_within(&self, base: &Self) -> bool {
        self.0.ends_with(&base.0)
    }

    /// One text for all ways of writing this name: equal names have equal keys, and no others.
    pub fn key(&self) -> String {
        let names = self.0.iter().map(|name| {
            let pairs = name.iter().map(|(kind, value)| format!("{kind}={}", escape(value)));
            pairs.collect::<Vec<_>>().join("+")
        });
        names.collect::<Vec<_>>().join(",")
    }
}

type Pair = (String, String);

/// The first `type=value`, what ended it (a comma, a plus or nothing), and what follows.
fn pair(text: &str) -> Option<(Pair, Option<char>, &str)> {
    let (kind, rest) = text.split_once('=')?;
    let kind = kind.trim_matches(' ').to_ascii_lowercase();
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    if kind.is_empty() || !kind.bytes().all(known) {
        return None;
    }
    let (value, end, after) = value(rest.trim_start_matches(' '))?;
    Some(((kind, value), end, after))
}

fn value(text: &str) -> Option<(String, Option<char>, &str)> {
    if text.starts_with('#') {
        return None;
    }
    let mut bytes = Vec::new();
    // Up to where trailing spaces belong to the value, because they are escaped.
    let mut kept = 0;
    let mut letters = text.char_indices();
    let (end, after) = loop {
        let Some((at, letter)) = letters.next() else { break (None, "") };
        match letter {
            ',' | '+' => break (Some(letter), &text[at + 1..]),
            '\\' => {
                bytes.push(0);
                escaped(&mut letters, &mut bytes)?;
                kept = bytes.len();
            }
            '"' | ';' | '<' | '>' | '\0' => return None,
            _ => bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    };
    while bytes.len() > kept && bytes.last() == Some(&b' ') {
        bytes.pop();
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.is_empty()).then(|| (folded(&text), end, after))
}

/// What follows a backslash: a special letter, or two digits that make a byte. In place of the zero
/// that stands last in `bytes`.
fn escaped(letters: &mut std::str::CharIndices<'_>, bytes: &mut Vec<u8>) -> Option<()> {
    bytes.pop();
    let (_, first) = letters.next()?;
    if let Some(high) = first.to_digit(16) {
        let low = letters.next()?.1.to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
        return Some(());
    }
    if !" \"#+,;<=>\\".contains(first) {
        return None;
    }
    bytes.push(u8::try_from(first).ok()?);
    Some(())
}

fn escape(value: &str) -> String {
    value.replace('\\', "\\\\").replace(',', "\\,").replace('+', "\\+")
}

/// As `caseIgnoreMatch` compares: no difference of case, several spaces like one.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_within(name: &str, base: &str) -> bool {
        Dn::parse(name).unwrap().is_within(&Dn::parse(base).unwrap())
    }

    #[test]
    fn a_name_is_within_its_base_however_it_is_written() {
        for name in [
            "ou=people,dc=example,dc=com",
            "OU=People, DC=Example , DC=COM",
            "ou=pe\\6fple,dc=example,dc=com",
            "cn=a\\,b,ou=people,dc=example,dc=com",
            "cn=a\\\\,ou=people,dc=example,dc=com",
            "cn=a+uid=b,ou=people,dc=example,dc=com",
            "cn=Zo\\C3\\AB \\  ,ou=people,dc=example,dc=com",
        ] {
            assert!(is_within(name, "ou=people,dc=example,dc=com"), "{name}");
        }
    }

    #[test]
    fn a_name_that_only_ends_like_its_base_is_not_within() {
        for name in [
            "dc=example,dc=com",
            "ou=otherpeople,dc=example,dc=com",
            "ou=x\\,ou=people,dc=example,dc=com",
            "cn=a+ou=people,dc=example,dc=com",
            "ou=people,dc=example,dc=com,dc=evil",
        ] {
            assert!(!is_within(name, "ou=people,dc=example,dc=com"), "{name}");
        }
    }

    #[test]
    fn one_name_has_one_key_and_two_names_have_two() {
        let key = |text| Dn::parse(text).unwrap().key();
        assert_eq!(key("UID=Ann+CN=A\\2C B , DC=Example"), "cn=a\\, b+uid=ann,dc=example");
        assert_eq!(key("cn=a\\,dc=b,dc=c"), "cn=a\\,dc=b,dc=c");
        assert_ne!(key("cn=a\\,dc=b,dc=c"), key("cn=a,dc=b,dc=c"));
    }

    #[test]
    fn what_servers_may_read_otherwise_is_no_name() {
        for text in [
            "",
            "people",
            "=people",
            "ou=",
            "ou=a;dc=com",
            "ou=\"a,dc=com\"",
            "ou=#0401",
            "ou=a\\",
            "ou=a\\zz",
            "ou=a\\f",
            "ou=a,",
            "ou=a,,dc=com",
            "o u=a",
            "ou=\\ff",
            "ou=a\0",
        ] {
            assert_eq!(Dn::parse(text), None, "{text}");
        }
    }
}
