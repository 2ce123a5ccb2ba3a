use crate::Clock;

/// `Date.now()`: the time of the last I/O operation.
pub(super) struct WorkerClock;

impl Clock for WorkerClock {
    fn now_ms(&self) -> i64 {
        i64::try_from(worker::Date::now().as_millis()).unwrap_or(i64::MAX)
    }
}
