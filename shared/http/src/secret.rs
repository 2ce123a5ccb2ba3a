use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use store::SecretHash;

/// A random value that lets its bearer in. It is shown once, to its bearer; what is stored is its
/// hash.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Wraps random bytes, at least 16.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Reads a secret as its bearer presents it. Anything else than the canonical text is none.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (16..=64).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// The text that its bearer keeps: base64url without padding.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// What is stored and looked up.
    pub fn hash(&self) -> SecretHash {
        Sha256::digest(&self.0).into()
    }

    /// Another value that only who has this secret can know, for a `purpose` of its own.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(purpose.as_bytes());
        hash.update([0]);
        hash.update(&self.0);
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_and_derived_forms_are_pinned() {
        let secret = Secret::from_bytes([7; 18]);
        let hex = |bytes: [u8; 32]| bytes.map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(secret.to_text(), "BwcHBwcHBwcHBwcHBwcHBwcH");
        assert_eq!(hex(secret.hash()), PINNED_HASH);
        assert_eq!(hex(secret.derive("webauthn challenge")), PINNED_CHALLENGE);
    }

    const PINNED_HASH: &str = "15d74f49bd431d569afe29cac7d4cce5f8b84f47b18436fa80be248e220474ca";
    const PINNED_CHALLENGE: &str =
        "86c1599f4572754f801ae00814c2892fd8b561669a813bc4eba446d99e0e1353";

    #[test]
    fn text_that_is_no_secret_is_none() {
        for text in
            ["", "abc", "BwcHBwcHBwcHBwcHBwcHBw==", "BwcH BwcHBwcHBwcHBwcHBw", &"A".repeat(90)]
        {
            assert!(Secret::from_text(text).is_none(), "{text:?}");
        }
    }
}
