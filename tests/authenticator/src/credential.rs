use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::Value;

use crate::{cbor, sha256, text};

/// A public key credential source (§4).
pub(crate) struct Credential {
    pub(crate) id: [u8; 32],
    pub(crate) rp_id: String,
    pub(crate) user_handle: Vec<u8>,
    pub(crate) sign_count: u32,
    key: SigningKey,
}

impl Credential {
    pub(crate) fn new(seed: &[u8; 32], index: usize, options: &Value) -> Self {
        let number = u64::try_from(index).expect("an index fits").to_be_bytes();
        let key = SigningKey::from_slice(&sha256(&[seed, b"key", &number]))
            .expect("a hash is practically never outside the scalars");
        let user_handle = URL_SAFE_NO_PAD
            .decode(text(&options["user"], "id"))
            .expect("the user handle is base64url");
        Self {
            id: sha256(&[seed, b"id", &number]),
            rp_id: text(&options["rp"], "id").to_owned(),
            user_handle,
            sign_count: 0,
            key,
        }
    }

    /// The attested credential data (§6.5.2).
    pub(crate) fn attested(&self, aaguid: &[u8; 16]) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        let mut out = aaguid.to_vec();
        out.extend([0, 32]);
        out.extend(self.id);
        out.extend(cbor::es256_key(x, y));
        out
    }

    /// The assertion signature (§6.3.3), deterministic by RFC 6979.
    pub(crate) fn sign(&self, authenticator_data: &[u8], client_data: &[u8]) -> Vec<u8> {
        let signed = [authenticator_data, &sha256(&[client_data])].concat();
        let signature: Signature = self.key.sign(&signed);
        signature.to_der().as_bytes().to_vec()
    }
}

/// Shows no key.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential").field("rp_id", &self.rp_id).finish_non_exhaustive()
    }
}
