//! Entries of the directory as people and groups.

use ldap_proxy_client::{Dn, Entry, Value};

use crate::source::{GroupAttributes, UserAttributes};

/// A user's entry. Attributes may have several values; which one counts depends on what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) ldap_id: String,
    pub(crate) dn: String,
    pub(crate) digest: String,
    pub(crate) usernames: Vec<String>,
    pub(crate) emails: Vec<String>,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) display_name: String,
}

/// A group's entry, without its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) ldap_id: String,
    pub(crate) dn: String,
    pub(crate) digest: String,
    pub(crate) name: String,
}

/// Somebody whom a group names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Member {
    /// A DN as names are compared, or a bare name in small letters.
    pub(crate) key: String,
    /// The username in small letters that it names, if it names one.
    pub(crate) name: Option<String>,
}

impl Person {
    pub(crate) fn of(entry: &Entry, attributes: &UserAttributes) -> Self {
        let all = |name: &str| short_values(entry, name);
        let first = |name: &str| all(name).into_iter().next().unwrap_or_default();
        Self {
            ldap_id: entry.id.clone(),
            dn: entry.dn.clone(),
            digest: entry.digest.to_string(),
            usernames: all(&attributes.username),
            emails: all(&attributes.email),
            first_name: first(&attributes.first_name),
            last_name: first(&attributes.last_name),
            display_name: first(&attributes.display_name),
        }
    }

    /// Bytes of it, about, as it is staged and as its owner is asked for.
    pub(crate) fn weight(&self) -> usize {
        let names = [&self.first_name, &self.last_name, &self.display_name];
        let all = self.usernames.iter().chain(&self.emails).chain(names);
        ROW + self.ldap_id.len() + 2 * self.dn.len() + 2 * all.map(String::len).sum::<usize>()
    }
}

/// What each staged entry takes besides its texts.
const ROW: usize = 700;

/// No name or address is longer, or has more values: what somebody writes into their own entry must not
/// make a statement too large.
const LONGEST: usize = 1_000;
const MOST: usize = 20;

/// The first values of an attribute, cut.
fn short_values(entry: &Entry, name: &str) -> Vec<String> {
    let mut texts = values(entry, name);
    texts.truncate(MOST);
    for text in &mut texts {
        text.truncate(text.floor_char_boundary(LONGEST));
    }
    texts
}

impl Group {
    pub(crate) fn of(entry: &Entry, attributes: &GroupAttributes) -> Self {
        Self {
            ldap_id: entry.id.clone(),
            dn: entry.dn.clone(),
            digest: entry.digest.to_string(),
            name: short_values(entry, &attributes.name).into_iter().next().unwrap_or_default(),
        }
    }

    /// Bytes of it, about, as it is staged.
    pub(crate) fn weight(&self) -> usize {
        ROW + self.ldap_id.len() + 2 * self.dn.len() + 2 * self.name.len()
    }
}

/// The members that a group's entry names.
pub(crate) fn members(entry: &Entry, attribute: &str) -> Vec<Member> {
    values(entry, attribute).iter().map(|value| member(value)).collect()
}

/// A member by its DN or its bare name (`memberUid`). A DN stands for its entry alone: somebody of that
/// name in another branch is another person.
pub(crate) fn member(value: &str) -> Member {
    if !value.contains('=') {
        let name = value.to_lowercase();
        return Member { key: name.clone(), name: Some(name) };
    }
    Member { key: dn_key(value), name: None }
}

/// A DN as names are compared. One in a notation that is not read is only itself.
pub(crate) fn dn_key(dn: &str) -> String {
    Dn::parse(dn).map_or_else(|| dn.to_lowercase(), |dn| dn.key())
}

/// Whether an entry has an attribute, were it one that is too large to be sent.
pub(crate) fn has(entry: &Entry, name: &str) -> bool {
    let mut names = entry.attributes.keys().chain(&entry.omitted);
    names.any(|key| key.eq_ignore_ascii_case(name))
}

/// The values of an attribute that are text, without space around them.
fn values(entry: &Entry, name: &str) -> Vec<String> {
    // Two settings may name one attribute in different case; it was asked for once.
    let mut found = entry.attributes.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    let values = found.next().map(|(_, values)| values.as_slice()).unwrap_or_default();
    let texts = values.iter().filter_map(Value::text).map(str::trim);
    texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_a_name_or_a_dn_and_a_dn_names_no_username() {
        let of = |key: &str, name: Option<&str>| Member {
            key: key.to_owned(),
            name: name.map(str::to_owned),
        };
        assert_eq!(member("Ann"), of("ann", Some("ann")));
        assert_eq!(
            member("UID=Ann, OU=People,DC=Example"),
            of("uid=ann,ou=people,dc=example", None)
        );
        assert_eq!(member("cn=Ann,dc=example"), of("cn=ann,dc=example", None));
        assert_eq!(member("cn=\"odd\",dc=example"), of("cn=\"odd\",dc=example", None));
    }
}
