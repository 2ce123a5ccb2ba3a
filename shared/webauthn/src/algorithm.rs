//! The algorithms we offer, and the keys that belong to them.

use webauthn_rs_core::proto::{COSEAlgorithm, COSEEC2Key, COSEKey, COSEKeyType, ECDSACurve};

/// The COSE algorithm identifiers we offer, best first: ES256, ES384, RS256.
///
/// These are all that `webauthn-rs-core` verifies. Its key type takes ES512
/// and Ed25519 keys but no signature of them, and knows no RS384, RS512 or PS*
/// key; to offer them would be to register passkeys that can't sign in. Every
/// authenticator in use has ES256, old Windows TPMs RS256.
pub const OFFERED_ALGORITHMS: [i64; 3] = [-7, -35, -257];

/// Reads a `COSE_Key`, or `None` if it is no usable key of an offered
/// algorithm. The library checks lengths and that a point is on its curve.
pub(crate) fn read_key(cose: &[u8]) -> Option<COSEKey> {
    let value: serde_cbor_2::Value = serde_cbor_2::from_slice(cose).ok()?;
    let key = COSEKey::try_from(&value).ok()?;
    matches_curve(&key).then_some(key)
}

/// The `alg` (label 3) of a `COSE_Key`, whatever the rest of it says.
pub(crate) fn identifier(cose: &[u8]) -> Option<i64> {
    let serde_cbor_2::Value::Map(map) = serde_cbor_2::from_slice(cose).ok()? else {
        return None;
    };
    match map.get(&serde_cbor_2::Value::Integer(3)) {
        Some(serde_cbor_2::Value::Integer(alg)) => i64::try_from(*alg).ok(),
        _ => None,
    }
}

/// §5.8.5 ties a curve to each algorithm. The library would verify an ES256
/// credential on P-384 by the rules of the curve, so we refuse the mixture.
fn matches_curve(key: &COSEKey) -> bool {
    match (key.type_, &key.key) {
        (COSEAlgorithm::ES256, COSEKeyType::EC_EC2(COSEEC2Key { curve, .. })) => {
            *curve == ECDSACurve::SECP256R1
        }
        (COSEAlgorithm::ES384, COSEKeyType::EC_EC2(COSEEC2Key { curve, .. })) => {
            *curve == ECDSACurve::SECP384R1
        }
        (COSEAlgorithm::RS256, COSEKeyType::RSA(_)) => true,
        _ => false,
    }
}
