use ldap_proxy_client::{Buckets, Digest, Digests, Failure};

use crate::reading::{Identified, Pass};

/// Reads the whole search; `page` has been read already. Of each entry 18 bytes are kept, and 16 of its
/// identifier.
pub(crate) async fn digests(
    mut pass: Pass,
    mut page: Option<Vec<Identified>>,
    buckets: Buckets,
) -> Result<Digests, Failure> {
    let mut entries: Vec<(u16, Digest)> = Vec::new();
    while let Some(found) = page {
        for mut found in found {
            let digest = pass.digest(&mut found).await?;
            entries.push((buckets.of(&found.id), digest));
        }
        page = pass.page().await?;
    }
    let answer = Digests {
        entries: pass.entries,
        digests: (0..buckets.count()).map(of_buckets(entries)).collect(),
        problems: std::mem::take(&mut pass.problems),
        complete: true,
    };
    pass.close().await;
    Ok(answer)
}

/// The digest of each bucket, by its number; to be asked in order.
pub(super) fn of_buckets(mut entries: Vec<(u16, Digest)>) -> impl FnMut(u16) -> Digest {
    entries.sort_unstable_by(|one, two| two.cmp(one));
    move |bucket| {
        let mut held = Vec::new();
        while let Some((_, digest)) = entries.pop_if(|(of, _)| *of <= bucket) {
            held.push(digest);
        }
        Digest::of_bucket(&mut held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bucket_has_its_own_entries() {
        let [one, two, three] = [b"1", b"2", b"3"].map(|text| Digest::of(text));
        let mut of = of_buckets(vec![(3, three), (1, one), (3, two)]);
        assert_eq!(of(0), Digest::of_bucket(&mut []));
        assert_eq!(of(1), Digest::of_bucket(&mut [one]));
        assert_eq!(of(2), Digest::of_bucket(&mut []));
        assert_eq!(of(3), Digest::of_bucket(&mut [three, two]));
    }
}
