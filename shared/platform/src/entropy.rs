/// Cryptographically secure random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `buffer` completely.
    ///
    /// # Errors
    /// When the system's generator fails; `buffer` must then not be used.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError>;
}

/// The system's random generator failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntropyError;

impl std::fmt::Display for EntropyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the system's random generator failed")
    }
}

impl std::error::Error for EntropyError {}
