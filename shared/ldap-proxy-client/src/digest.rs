use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const LENGTH: usize = 16;

/// The first 16 bytes of a SHA-256: of an entry, or of a bucket. On the wire base64url, 22 letters.
///
/// Half of SHA-256 is enough, because nobody gains by two entries that look alike: whoever can choose
/// the content of entries can simply leave one as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; LENGTH]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_sha256(&Sha256::digest(bytes).into())
    }

    /// The first half of a finished SHA-256.
    pub fn from_sha256(hash: &[u8; 32]) -> Self {
        let [first, ..] = hash.as_chunks::<LENGTH>().0 else { return Self([0; LENGTH]) };
        Self(*first)
    }

    /// The digest of a bucket that holds entries with these digests, in whatever order. It sorts them.
    /// An empty bucket has one too.
    pub fn of_bucket(entries: &mut [Self]) -> Self {
        entries.sort_unstable();
        let mut hash = Sha256::new();
        for entry in entries {
            hash.update(entry.0);
        }
        Self::from_sha256(&hash.finalize().into())
    }

    /// The 16 bytes.
    pub fn as_bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl std::str::FromStr for Digest {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or("not a digest")
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Into how many buckets a search is divided: a power of two from 1 to 4,096.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Buckets(u16);

/// A number that is no power of two from 1 to 4,096.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("buckets must be a power of two from 1 to 4096")]
pub struct NotBuckets;

impl Buckets {
    /// How many there are.
    pub fn count(self) -> u16 {
        self.0
    }

    /// The bucket of the entry with this unique identifier: the first bits of its SHA-256. It does not
    /// depend on what else the entry says, so an entry stays in its bucket for life.
    pub fn of(self, id: &str) -> u16 {
        let hash = Sha256::digest(id.as_bytes());
        let first = u32::from(u16::from_be_bytes([hash[0], hash[1]]));
        // At most 4,095, because the quotient is less than the number of buckets.
        u16::try_from((first * u32::from(self.0)) >> 16).unwrap_or_default()
    }
}

impl TryFrom<u16> for Buckets {
    type Error = NotBuckets;

    fn try_from(count: u16) -> Result<Self, NotBuckets> {
        if count.is_power_of_two() && count <= 4096 { Ok(Self(count)) } else { Err(NotBuckets) }
    }
}

impl From<Buckets> for u16 {
    fn from(buckets: Buckets) -> Self {
        buckets.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_and_buckets_are_pinned() {
        assert_eq!(Digest::of(b"").to_string(), "47DEQpj8HBSa-_TImW-5JA");
        let (one, two) = (Digest::of(b"1"), Digest::of(b"2"));
        assert_eq!(Digest::of_bucket(&mut [one, two]).to_string(), "eKTjlgod7QZgFGKtjm8Z7Q");
        // The SHA-256 of "ann" begins with the bits 0100 1001 1001.
        let of = |count: u16| Buckets::try_from(count).unwrap().of("ann");
        assert_eq!([of(1), of(2), of(16), of(4096)], [0, 0, 4, 1177]);
    }

    #[test]
    fn a_bucket_s_digest_does_not_depend_on_the_order() {
        let (one, two) = (Digest::of(b"1"), Digest::of(b"2"));
        assert_eq!(Digest::of_bucket(&mut [one, two]), Digest::of_bucket(&mut [two, one]));
        assert_ne!(Digest::of_bucket(&mut [one]), Digest::of_bucket(&mut [one, one]));
    }

    #[test]
    fn a_bucket_of_few_is_made_of_whole_buckets_of_many() {
        let [few, many] = [8, 1024].map(|count| Buckets::try_from(count).unwrap());
        for id in 0..500 {
            let id = id.to_string();
            assert_eq!(few.of(&id), many.of(&id) / 128);
        }
    }

    #[test]
    fn only_powers_of_two_up_to_4096_divide() {
        let accepted = |count| Buckets::try_from(count).is_ok();
        assert!([1, 2, 4096].into_iter().all(accepted));
        assert!(![0, 3, 4095, 8192].into_iter().any(accepted));
    }

    #[test]
    fn a_digest_reads_back_and_nothing_else_does() {
        let digest = Digest::of(b"x");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert!("AAAA".parse::<Digest>().is_err());
        assert!("not base64 at all".parse::<Digest>().is_err());
    }
}
