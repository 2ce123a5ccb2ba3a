use hkdf::Hkdf;
use hkdf::hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::{Call, Fault, Problem, Secret};

/// Makes tokens that can be shown again though nothing in the database reveals them: HMAC-SHA256 of a
/// purpose and an identifier under a key that HKDF-SHA256 derives from `SESSION_KEY`. What is stored
/// and looked up is their hash, as of any secret; so a token stays good when the key is changed, but
/// cannot be shown any more.
pub struct TokenKey(Hmac<Sha256>);

const PURPOSE: &[u8] = b"postern derived tokens v1";
const TOKEN_BYTES: usize = 18;

impl TokenKey {
    /// The deployment's key.
    ///
    /// # Errors
    /// 500 when HKDF or HMAC refuses a key of 32 bytes, which neither does.
    pub fn of(call: &Call) -> Result<Self, Problem> {
        Self::derive(&call.deployment().session_key).ok_or(Problem::Internal(Fault::Signing))
    }

    /// The key of a deployment whose `SESSION_KEY` is `secret`. `None`: HKDF or HMAC refuses it.
    pub fn derive(secret: &[u8]) -> Option<Self> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, secret).expand(PURPOSE, &mut key).ok()?;
        Hmac::new_from_slice(&key).ok().map(Self)
    }

    /// The token of `id`, for a `purpose` of its own: 144 bits.
    pub fn token(&self, purpose: &str, id: Uuid) -> Secret {
        Secret::from_bytes(&self.tag(purpose, id.as_bytes())[..TOKEN_BYTES])
    }

    /// What only this deployment can say of `bytes`, for a `purpose` of its own.
    pub(crate) fn tag(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
    const ID: Uuid = Uuid::from_u128(0x6b1c_2c1e_0000_4000_8000_0000_0000_002a);

    fn token(secret: &[u8], purpose: &str, id: Uuid) -> String {
        TokenKey::derive(secret).unwrap().token(purpose, id).to_text()
    }

    #[test]
    fn the_token_of_an_identifier_is_pinned() {
        assert_eq!(token(SECRET, "sign-up token", ID), "1sae_4ScOwvpNGc9pQzKM5h3");
    }

    #[test]
    fn another_key_purpose_or_identifier_makes_another_token() {
        let pinned = token(SECRET, "sign-up token", ID);
        assert_ne!(token(&[b'x'; 32], "sign-up token", ID), pinned);
        assert_ne!(token(SECRET, "mailed link", ID), pinned);
        assert_ne!(token(SECRET, "sign-up token", Uuid::nil()), pinned);
    }
}
