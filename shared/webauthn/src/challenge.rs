use crate::encoding;

/// The random challenge of one ceremony (§13.4.3). The caller draws it, stores
/// it, and takes it away when it is answered: a challenge is for single use.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge([u8; 32]);

impl Challenge {
    /// Wraps 32 bytes from a cryptographic source of randomness.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to store until the ceremony finishes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn encoded(&self) -> String {
        encoding::encode(&self.0)
    }
}

/// Shows no bytes: whoever reads a log must not learn an open challenge.
impl std::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Challenge(..)")
    }
}
