use std::collections::{BTreeMap, BTreeSet};

use ldap_proxy_client::{Code, Dn, Failure, Scope, Search};

use crate::failures::refusal;
use crate::filter::{self, FilterError};

const MOST_ATTRIBUTES: usize = 64;

/// What may be asked of the directory.
pub(crate) struct Allowed {
    bases: Vec<Dn>,
    /// In small letters.
    attributes: BTreeSet<String>,
}

/// A search that may be sent.
#[derive(Debug)]
pub(crate) struct Admitted {
    /// The configured base it is within, by its place.
    pub(crate) turn: usize,
    pub(crate) base: String,
    pub(crate) scope: Scope,
    pub(crate) filter: String,
    /// From small letters to how the name was asked for.
    pub(crate) attributes: BTreeMap<String, String>,
    /// As it was asked for.
    pub(crate) identifier: String,
}

impl Allowed {
    pub(crate) fn new(bases: Vec<Dn>, attributes: BTreeSet<String>) -> Self {
        Self { bases, attributes }
    }

    /// How many base DNs there are.
    pub(crate) fn bases(&self) -> usize {
        self.bases.len()
    }

    /// Their names in small letters.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &String> {
        self.attributes.iter()
    }

    /// Refuses whatever is outside the bases or names an attribute that is not allowed. A filter may
    /// not name one either: asking `(userPassword=a*)` often enough reads it letter by letter.
    pub(crate) fn admit(&self, search: Search) -> Result<Admitted, Failure> {
        let base = Dn::parse(&search.base)
            .ok_or_else(|| refusal(Code::InvalidBase, "the base is not a distinguished name"))?;
        let turn =
            self.bases.iter().position(|allowed| base.is_within(allowed)).ok_or_else(|| {
                refusal(Code::BaseNotAllowed, "the base is not within a base DN of the proxy")
            })?;
        let compared = filter::attributes(&search.filter).map_err(|error| match error {
            FilterError::Invalid => refusal(Code::InvalidFilter, "the filter is not valid"),
            FilterError::AnyAttribute => {
                refusal(Code::AttributeNotAllowed, "the filter compares every attribute")
            }
        })?;
        if search.attributes.len() > MOST_ATTRIBUTES {
            return Err(refusal(Code::InvalidRequest, "more than 64 attributes"));
        }
        let asked = search.attributes.iter().chain([&search.unique_identifier]);
        self.admit_attributes(asked.chain(&compared))?;
        Ok(Admitted {
            turn,
            base: search.base,
            scope: search.scope,
            filter: search.filter,
            attributes: search
                .attributes
                .into_iter()
                .map(|name| (name.to_ascii_lowercase(), name))
                .collect(),
            identifier: search.unique_identifier,
        })
    }

    fn admit_attributes<'a>(&self, names: impl Iterator<Item = &'a String>) -> Result<(), Failure> {
        for name in names {
            if !self.attributes.contains(&name.to_ascii_lowercase()) {
                let error = format!("the attribute {name:?} is not among the proxy's allowed ones");
                return Err(refusal(Code::AttributeNotAllowed, error));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(change: impl Fn(&mut Search)) -> Option<Code> {
        let allowed = Allowed::new(
            vec![Dn::parse("dc=example,dc=com").unwrap()],
            ["uid", "cn", "objectclass"].map(str::to_owned).into(),
        );
        let mut search = Search {
            base: "ou=people,dc=example,dc=com".to_owned(),
            scope: Scope::Subtree,
            filter: "(objectClass=person)".to_owned(),
            attributes: vec!["cn".to_owned()],
            unique_identifier: "UID".to_owned(),
        };
        change(&mut search);
        allowed.admit(search).err().map(|failure| failure.code)
    }

    #[test]
    fn what_is_allowed_is_admitted() {
        assert_eq!(code(|_| {}), None);
    }

    #[test]
    fn each_part_of_a_search_is_checked() {
        let not_allowed = Some(Code::AttributeNotAllowed);
        assert_eq!(code(|search| search.base = "dc=com".to_owned()), Some(Code::BaseNotAllowed));
        assert_eq!(code(|search| search.base.clear()), Some(Code::InvalidBase));
        assert_eq!(code(|search| search.filter.push(')')), Some(Code::InvalidFilter));
        assert_eq!(code(|search| search.filter = "(userPassword=a*)".to_owned()), not_allowed);
        assert_eq!(code(|search| search.filter = "(2.5.4.35=a)".to_owned()), not_allowed);
        assert_eq!(
            code(|search| search.unique_identifier = "userPassword".to_owned()),
            not_allowed
        );
        for name in ["userPassword", "*", "+", "1.1", "cn;binary", "2.5.4.3", ""] {
            assert_eq!(
                code(|search| search.attributes.push(name.to_owned())),
                not_allowed,
                "{name}"
            );
        }
    }
}
