use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::{Clock, Entropy, EntropyError, Log, SETTINGS, Settings};

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        #[expect(clippy::disallowed_methods, reason = "this is the Clock port's adapter")]
        let now = SystemTime::now();
        let since_epoch = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
    }
}

/// The system's random generator.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        #[expect(clippy::disallowed_methods, reason = "this is the Entropy port's adapter")]
        getrandom::fill(buffer).map_err(|_| EntropyError)
    }
}

/// Settings given at start.
#[derive(Default)]
pub struct FixedSettings(HashMap<String, String>);

impl<const N: usize> From<[(&str, &str); N]> for FixedSettings {
    fn from(settings: [(&str, &str); N]) -> Self {
        Self(settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}

impl FixedSettings {
    /// With one more, or another value for one.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.to_owned());
        self
    }
}

impl Settings for FixedSettings {
    fn get(&self, name: &str) -> Option<String> {
        debug_assert!(SETTINGS.contains(&name), "{name} is not in platform::SETTINGS");
        self.0.get(name).cloned()
    }
}

/// Log lines to standard error.
pub struct StderrLog;

impl Log for StderrLog {
    fn line(&self, line: &str) {
        eprintln!("{line}");
    }
}
