use std::collections::BTreeMap;

use ldap3::asn1::{PL, StructureTag};

/// An entry, as far as it was asked for.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub(crate) dn: String,
    /// By name in small letters. An attribute without values is not there.
    pub(crate) attributes: BTreeMap<String, Values>,
    /// The values of the unique identifier.
    pub(crate) identifiers: Vec<Vec<u8>>,
    /// Attributes of which the directory has more values, and where they go on.
    pub(crate) continued: Vec<(String, u32)>,
    /// How much it holds, to choose the size of the next page.
    pub(crate) bytes: usize,
}

/// The values of an attribute.
#[derive(Debug)]
pub(crate) enum Values {
    /// In the order of their bytes.
    Known(Vec<Vec<u8>>),
    /// One of them is too large.
    Omitted,
}

/// What is kept of an entry.
pub(crate) struct Shape<'a> {
    /// By name in small letters.
    pub(crate) attributes: &'a BTreeMap<String, String>,
    pub(crate) identifier: &'a str,
    /// The most bytes of a value.
    pub(crate) longest: usize,
}

impl Entry {
    /// Reads a `SearchResultEntry` (RFC 4511, 4.5.2); `None` if it is none.
    pub(crate) fn read(tag: StructureTag, shape: &Shape<'_>) -> Option<Self> {
        let mut parts = tag.expect_constructed()?.into_iter();
        let dn = String::from_utf8(parts.next()?.expect_primitive()?).ok()?;
        let mut entry = Self { bytes: dn.len(), dn, ..Self::default() };
        for attribute in parts.next()?.expect_constructed()? {
            let mut parts = attribute.expect_constructed()?.into_iter();
            let name = String::from_utf8(parts.next()?.expect_primitive()?).ok()?;
            let values = parts.next()?.expect_constructed()?;
            entry.take(&name, values, shape)?;
        }
        Some(entry)
    }

    fn take(&mut self, name: &str, values: Vec<StructureTag>, shape: &Shape<'_>) -> Option<()> {
        let name = name.to_ascii_lowercase();
        let (name, option) = name.split_once(';').unwrap_or((&name, ""));
        // A language or another option makes it another attribute, which nobody has asked for.
        let next = match option.strip_prefix("range=") {
            Some(range) => next_of(range).ok()?,
            None if option.is_empty() => None,
            None => return Some(()),
        };
        let values: Vec<Vec<u8>> =
            values.into_iter().map(StructureTag::expect_primitive).collect::<Option<_>>()?;
        self.bytes += values.iter().map(Vec::len).sum::<usize>();
        if name.eq_ignore_ascii_case(shape.identifier) {
            self.identifiers.extend_from_slice(&values);
        }
        if shape.attributes.contains_key(name) && !values.is_empty() {
            self.add(name, values, shape.longest);
        }
        self.continued.extend(next.map(|next| (name.to_owned(), next)));
        Some(())
    }

    /// Adds values; they stand in order afterwards.
    fn add(&mut self, name: &str, values: Vec<Vec<u8>>, longest: usize) {
        let empty = || Values::Known(Vec::new());
        let held = self.attributes.entry(name.to_owned()).or_insert_with(empty);
        match held {
            Values::Known(known) if values.iter().all(|value| value.len() <= longest) => {
                known.extend(values);
                known.sort_unstable();
            }
            _ => *held = Values::Omitted,
        }
    }

    /// Adds what the directory gave in a later range, and where that goes on.
    pub(crate) fn append(&mut self, other: Self, longest: usize) {
        for (name, values) in other.attributes {
            match values {
                Values::Known(values) => self.add(&name, values, longest),
                Values::Omitted => drop(self.attributes.insert(name, Values::Omitted)),
            }
        }
        self.continued.extend(other.continued);
    }
}

/// Where the values go on after a range such as `0-1499`; nowhere after `1500-*`.
fn next_of(range: &str) -> Result<Option<u32>, NoRange> {
    let (_, end) = range.split_once('-').ok_or(NoRange)?;
    if end == "*" {
        return Ok(None);
    }
    let end: u32 = end.parse().map_err(|_| NoRange)?;
    end.checked_add(1).ok_or(NoRange).map(Some)
}

/// What follows `range=` is no range.
struct NoRange;

/// The bytes of a primitive part, by its place.
pub(super) fn primitive(parts: &[StructureTag], at: usize) -> Option<&[u8]> {
    match parts.get(at)?.payload {
        PL::P(ref bytes) => Some(bytes),
        PL::C(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use ldap3::asn1::{ASNTag, OctetString, Sequence, Tag};

    use super::*;

    fn sequence(inner: Vec<Tag>) -> Tag {
        Tag::Sequence(Sequence { inner, ..Sequence::default() })
    }

    fn octets(bytes: &[u8]) -> Tag {
        Tag::OctetString(OctetString { inner: bytes.to_vec(), ..OctetString::default() })
    }

    fn read(attributes: &[(&str, &[&[u8]])]) -> Option<Entry> {
        let of = |(name, values): &(&str, &[&[u8]])| {
            let values = values.iter().map(|value| octets(value)).collect();
            sequence(vec![octets(name.as_bytes()), sequence(values)])
        };
        let attributes = sequence(attributes.iter().map(of).collect());
        let entry = sequence(vec![octets(b"cn=staff"), attributes]).into_structure();
        let asked = ["member", "jpegphoto", "cn"].map(|name| (name.to_owned(), name.to_owned()));
        let shape = Shape { attributes: &asked.into(), identifier: "entryUUID", longest: 8 };
        Entry::read(entry, &shape)
    }

    #[test]
    fn what_was_not_asked_for_is_left() {
        let entry = read(&[
            ("CN", &[b"b", b"a"]),
            ("cn;lang-de", &[b"c"]),
            ("sn", &[b"d"]),
            ("entryuuid", &[b"1"]),
            ("member", &[]),
        ]);
        let entry = entry.unwrap();
        assert_eq!(format!("{:?}", entry.attributes), r#"{"cn": Known([[97], [98]])}"#);
        assert_eq!(entry.identifiers, [b"1"]);
    }

    #[test]
    fn a_range_says_where_the_values_go_on() {
        let of = |name| read(&[(name, &[b"x"]), ("member", &[])]).unwrap().continued;
        assert_eq!(of("member;range=0-1499"), [("member".to_owned(), 1500)]);
        assert!(of("member;range=1500-*").is_empty());
        assert!(read(&[("member;range=x", &[])]).is_none());
    }

    #[test]
    fn one_value_too_large_leaves_the_attribute_out() {
        let entry = read(&[("jpegPhoto", &[b"small", b"too large"]), ("cn", &[b"12345678"])]);
        let attributes = entry.unwrap().attributes;
        assert!(matches!(attributes["jpegphoto"], Values::Omitted));
        assert!(matches!(attributes["cn"], Values::Known(_)));
    }
}
