use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::{Call, Fault, Problem, SettingError};

/// Seals secrets that are stored and must be read again: XChaCha20-Poly1305 (its nonce is long
/// enough to be random) under a key that HKDF-SHA256 derives from `DATA_KEY`.
///
/// A sealed secret is bound to its name, so that one cannot be put in another's place. Its text is
/// `v1.` and the base64url of nonce, ciphertext and tag.
pub struct DataKey(XChaCha20Poly1305);

const VERSION: &str = "v1.";
const PURPOSE: &[u8] = b"postern sealed settings v1";
const NONCE_BYTES: usize = 24;

impl DataKey {
    /// The deployment's key.
    ///
    /// # Errors
    /// 500 when the setting is missing or shorter than 32 characters.
    pub fn of(call: &Call) -> Result<Self, Problem> {
        let secret = call.setting("DATA_KEY").filter(|secret| secret.len() >= 32);
        let missing = Problem::Internal(Fault::Setting(SettingError::DataKey));
        secret.and_then(|secret| Self::derive(&secret)).ok_or(missing)
    }

    fn derive(secret: &str) -> Option<Self> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, secret.as_bytes()).expand(PURPOSE, &mut key).ok()?;
        Some(Self(XChaCha20Poly1305::new(&key.into())))
    }

    /// Seals `secret` under its `name`, with 24 random bytes that are used this once.
    ///
    /// # Errors
    /// 500 when the cipher refuses, which it does for more than 256 GB.
    pub fn seal(
        &self,
        name: &str,
        secret: &str,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<String, Problem> {
        let payload = Payload { msg: secret.as_bytes(), aad: name.as_bytes() };
        let ciphertext = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| sealed())?;
        Ok(format!("{VERSION}{}", URL_SAFE_NO_PAD.encode([&nonce[..], &ciphertext].concat())))
    }

    /// Opens what was sealed under `name`.
    ///
    /// # Errors
    /// 500 when it was sealed with another key or under another name, or was changed.
    pub fn open(&self, name: &str, text: &str) -> Result<String, Problem> {
        let bytes = text.strip_prefix(VERSION).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let bytes = bytes.ok_or_else(sealed)?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(sealed)?;
        let payload = Payload { msg: ciphertext, aad: name.as_bytes() };
        let secret = self.0.decrypt(&XNonce::from(*nonce), payload).map_err(|_| sealed())?;
        String::from_utf8(secret).map_err(|_| sealed())
    }
}

fn sealed() -> Problem {
    Problem::Internal(Fault::Sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";
    const PINNED: &str =
        "v1.BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHrf2m1Tcw7bS-Ls7TQjUMXTeWt6VUWgkIyjDEAfg";

    fn key(secret: &str) -> DataKey {
        DataKey::derive(secret).unwrap()
    }

    fn is_refused(opened: &Result<String, Problem>) -> bool {
        matches!(opened, Err(Problem::Internal(Fault::Sealed)))
    }

    #[test]
    fn the_sealed_form_is_pinned() {
        let sealed = key(SECRET).seal("smtpPassword", "correct horse", [7; 24]).unwrap();
        assert_eq!(sealed, PINNED);
        assert_eq!(key(SECRET).open("smtpPassword", PINNED).unwrap(), "correct horse");
    }

    #[test]
    fn another_key_or_name_does_not_open_it() {
        assert!(is_refused(&key(&SECRET.replace('0', "1")).open("smtpPassword", PINNED)));
        assert!(is_refused(&key(SECRET).open("ldapBindPassword", PINNED)));
    }

    #[test]
    fn what_was_changed_is_refused() {
        let (rest, last) = PINNED.split_at(PINNED.len() - 1);
        let other = if last == "A" { "B" } else { "A" };
        for text in
            ["", "v1.", "correct horse", &PINNED.replace("v1.", "v2."), &format!("{rest}{other}")]
        {
            assert!(is_refused(&key(SECRET).open("smtpPassword", text)), "{text}");
        }
    }
}
