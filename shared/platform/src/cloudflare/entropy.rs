use crate::{Entropy, EntropyError};

/// `crypto.getRandomValues()`.
pub(super) struct WorkerEntropy;

impl Entropy for WorkerEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the Entropy port's own source")]
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(buffer).map_err(|_| EntropyError)
    }
}
