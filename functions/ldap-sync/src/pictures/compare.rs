use std::collections::BTreeMap;

use ldap_proxy_client::{Digest, Digests};

/// Buckets with pictures, beyond which it is no accident that not one is left.
const A_FEW: usize = 3;

/// The buckets whose digest is not the known one. One that was never written down is known to be empty.
///
/// None, if no picture is left where there were more than a few: whoever lost the right to see pictures
/// sees a directory without any.
pub(super) fn differing(found: &Digests, known: &BTreeMap<u16, String>) -> Vec<u16> {
    let empty = Digest::of_bucket(&mut []).to_string();
    let filled = known.values().filter(|digest| **digest != empty).count();
    if found.entries == 0 && filled > A_FEW {
        return Vec::new();
    }
    let pairs = (0u16..).zip(&found.digests);
    let differs = |(bucket, digest): &(u16, &Digest)| {
        digest.to_string() != *known.get(bucket).unwrap_or(&empty)
    };
    pairs.filter(differs).map(|(bucket, _)| bucket).collect()
}

/// As many of the buckets as hold about `most` entries of all that the directory has, one at least.
pub(super) fn some_of(mut differing: Vec<u16>, found: &Digests, most: usize) -> Vec<u16> {
    let entries = usize::try_from(found.entries).unwrap_or(usize::MAX);
    let each = entries.div_ceil(found.digests.len().max(1)).max(1);
    differing.truncate((most / each).max(1));
    differing
}

#[cfg(test)]
mod tests {
    use ldap_proxy_client::Problems;

    use super::*;

    fn found(buckets: &[&[u8]]) -> Digests {
        let digest = |entry: &&[u8]| match entry.len() {
            0 => Digest::of_bucket(&mut []),
            _ => Digest::of_bucket(&mut [Digest::of(entry)]),
        };
        let filled = buckets.iter().filter(|entry| !entry.is_empty()).count();
        Digests {
            entries: filled as u64,
            digests: buckets.iter().map(digest).collect(),
            problems: Problems::default(),
            complete: true,
        }
    }

    fn known(found: &Digests) -> BTreeMap<u16, String> {
        (0..).zip(found.digests.iter().map(ToString::to_string)).collect()
    }

    #[test]
    fn what_is_new_changed_or_gone_differs() {
        let before = known(&found(&[b"a", b"b", b"c", b""]));
        assert_eq!(differing(&found(&[b"a", b"B", b"", b"d"]), &before), [1, 2, 3]);
        assert_eq!(differing(&found(&[b"a", b"", b"c"]), &BTreeMap::new()), [0, 2]);
    }

    #[test]
    fn a_directory_that_has_lost_all_pictures_at_once_has_not() {
        let nothing = found(&[b"", b"", b"", b""]);
        assert_eq!(differing(&nothing, &known(&found(&[b"a", b"b", b"c", b"d"]))), [0; 0]);
        assert_eq!(differing(&nothing, &known(&found(&[b"a", b"b", b"c", b""]))), [0, 1, 2]);
    }

    #[test]
    fn buckets_are_read_as_far_as_they_can_be_handed_on() {
        let mut found = found(&[b"a", b"b", b"c", b"d"]);
        let some = |found: &Digests, most| some_of(vec![0, 1, 2, 3], found, most).len();
        assert_eq!((some(&found, 2), some(&found, 100), some(&found, 0)), (2, 4, 1));
        found.entries = 400;
        assert_eq!((some(&found, 250), some(&found, 50)), (2, 1));
    }
}
