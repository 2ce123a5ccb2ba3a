//! Where the bytes are: the key-value store, under keys that are never used twice.

use http_api::{Call, Problem};
use sha2::{Digest as _, Sha256};
use store::pictures::ImageName;

/// Key of an image of the deployment.
pub(crate) fn key_of_image(name: ImageName, hash: &str) -> String {
    format!("images/{}/{hash}", name.as_str())
}

/// The bytes under `key`. A store that does not have them, yet or at all, or cannot be reached, is
/// no reason to fail: there is always another picture to show.
pub(crate) async fn take(call: &Call, key: &str) -> Option<Vec<u8>> {
    call.key_value().get(key).await.ok().flatten()
}

/// Puts the bytes on the shelf, before the database speaks of them.
pub(crate) async fn put(call: &Call, key: &str, bytes: &[u8]) -> Result<(), Problem> {
    Ok(call.key_value().put(key, bytes).await?)
}

/// Clears away what nothing speaks of any more. If that fails, some bytes stay where nobody looks.
pub(crate) async fn clear(call: &Call, key: &str) {
    let _ = call.key_value().delete(key).await;
}

/// First half of the SHA-256 of the parts, each with its length, in hexadecimal.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digits = hash.finalize().into_iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
