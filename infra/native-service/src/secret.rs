use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::Sources;

/// What callers must know. Kept as a hash, so that comparing takes as long for any guess of any length.
pub struct Secret([u8; 32]);

impl Secret {
    /// Characters at least.
    const SHORTEST: usize = 32;

    /// From `SECRET`, or the file that `SECRET_FILE` names.
    pub fn read(from: &mut Sources) -> Option<Self> {
        let before = from.mistakes();
        let Some(secret) = from.text_or_file("SECRET", "SECRET_FILE") else {
            let told = from.mistakes() > before;
            return if told { None } else { from.complain("SECRET or SECRET_FILE is missing") };
        };
        if secret.chars().count() < Self::SHORTEST {
            return from
                .complain("SECRET must have 32 characters or more: openssl rand -base64 32");
        }
        Some(Self::new(&secret))
    }

    /// This one.
    pub fn new(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Whether an `Authorization` header presents it.
    pub fn is_presented_by(&self, header: &[u8]) -> bool {
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
