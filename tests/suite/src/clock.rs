use std::sync::atomic::{AtomicI64, Ordering};

use platform::Clock;
use platform::native::SystemClock;

/// The system's clock, put forward when told to.
#[derive(Default)]
pub struct MovableClock(AtomicI64);

impl MovableClock {
    /// Puts the clock forward.
    pub fn forward_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }
}

impl Clock for MovableClock {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms() + self.0.load(Ordering::Relaxed)
    }
}
