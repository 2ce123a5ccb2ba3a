use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What callers must know. Kept as a hash, so that comparing takes as long for any guess of any length.
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) const SHORTEST: usize = 32;

    pub(crate) fn new(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Whether an `Authorization` header presents it.
    pub(crate) fn is_presented_by(&self, header: &[u8]) -> bool {
        let given = match header.split_at_checked(7) {
            Some((scheme, given)) if scheme.eq_ignore_ascii_case(b"bearer ") => given,
            _ => return false,
        };
        let given: [u8; 32] = Sha256::digest(given).into();
        given.ct_eq(&self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_taken_and_nothing_else() {
        let secret = Secret::new("0123456789abcdef0123456789abcdef");
        assert!(secret.is_presented_by(b"Bearer 0123456789abcdef0123456789abcdef"));
        assert!(secret.is_presented_by(b"bearer 0123456789abcdef0123456789abcdef"));
        for wrong in [
            "",
            "Bearer ",
            "Bearer 0123456789abcdef0123456789abcde",
            "Bearer 0123456789abcdef0123456789abcdef0",
            "Basic 0123456789abcdef0123456789abcdef",
            "0123456789abcdef0123456789abcdef",
        ] {
            assert!(!secret.is_presented_by(wrong.as_bytes()), "{wrong}");
        }
    }
}
