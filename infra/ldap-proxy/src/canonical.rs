use ldap_proxy_client::Digest;
use sha2::{Digest as _, Sha256};

use crate::directory::{Entry, Values};

/// Begins every entry, so that another form is never taken for this one.
const FORM: &[u8] = b"postern-ldap-entry-1";

/// The digest of all that an answer says of an entry. Every part is preceded by its length, so that no
/// two entries have one form; values stand in the order of their bytes, because a directory's order
/// means nothing.
pub(crate) fn digest(id: &str, entry: &Entry) -> Digest {
    let mut hash = Sha256::new();
    hash.update(FORM);
    part(&mut hash, id.as_bytes());
    part(&mut hash, entry.dn.as_bytes());
    number(&mut hash, entry.attributes.len());
    for (name, values) in &entry.attributes {
        part(&mut hash, name.as_bytes());
        match values {
            Values::Omitted => hash.update([0]),
            Values::Known(values) => {
                hash.update([1]);
                number(&mut hash, values.len());
                for value in values {
                    part(&mut hash, value);
                }
            }
        }
    }
    Digest::from_sha256(&hash.finalize().into())
}

fn part(hash: &mut Sha256, bytes: &[u8]) {
    number(hash, bytes.len());
    hash.update(bytes);
}

fn number(hash: &mut Sha256, number: usize) {
    hash.update((number as u64).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn entry(attributes: &[(&str, &[&str])]) -> Entry {
        let known = |values: &[&str]| {
            Values::Known(values.iter().map(|value| value.as_bytes().to_vec()).collect())
        };
        let attributes: BTreeMap<String, Values> =
            attributes.iter().map(|(name, values)| ((*name).to_owned(), known(values))).collect();
        Entry { dn: "uid=ann,dc=example".to_owned(), attributes, ..Entry::default() }
    }

    #[test]
    fn the_form_is_pinned() {
        let mut ann = entry(&[("cn", &["Ann"]), ("mail", &["a@example.com", "b@example.com"])]);
        assert_eq!(digest("ann", &ann).to_string(), "S2hgi8Q6_01uObIzdfFqnw");
        ann.attributes.insert("jpegphoto".to_owned(), Values::Omitted);
        assert_eq!(digest("ann", &ann).to_string(), "F8D4leBGqOsawZCyVDooMA");
    }

    #[test]
    fn where_one_part_ends_and_the_next_begins_makes_a_difference() {
        let forms = [
            digest("ann", &entry(&[("cn", &["ab"])])),
            digest("ann", &entry(&[("cn", &["a", "b"])])),
            digest("ann", &entry(&[("c", &["nab"])])),
            digest("ann", &entry(&[("cn", &[]), ("ab", &[])])),
            digest("annu", &entry(&[("cn", &["ab"])])),
        ];
        for (index, form) in forms.iter().enumerate() {
            assert!(!forms[..index].contains(form), "{index}");
        }
    }
}
