/// Wall-clock time.
pub trait Clock: Send + Sync {
    /// Milliseconds since the Unix epoch. On Workers time stands still between two I/O operations.
    fn now_ms(&self) -> i64;
}
