use std::time::{SystemTime, UNIX_EPOCH};

use crate::{Clock, Entropy, EntropyError, Log};

/// The host's clock, through WASI.
pub(super) struct WasiClock;

impl Clock for WasiClock {
    fn now_ms(&self) -> i64 {
        #[expect(clippy::disallowed_methods, reason = "this is the Clock port's adapter")]
        let now = SystemTime::now();
        let since_epoch = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
    }
}

/// The host's random generator, through WASI.
pub(super) struct WasiEntropy;

impl Entropy for WasiEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        #[expect(clippy::disallowed_methods, reason = "this is the Entropy port's adapter")]
        getrandom::fill(buffer).map_err(|_| EntropyError)
    }
}

/// Standard error, which Spin keeps per component and can show on its console.
pub(super) struct Stderr;

impl Log for Stderr {
    fn line(&self, line: &str) {
        eprintln!("{line}");
    }
}
