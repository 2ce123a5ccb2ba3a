/// Static files that a deployment brings along, read-only.
pub trait Files: Send + Sync {
    /// The content of the file at `path`, relative and without `.` or `..`; `None` when there is
    /// none.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}
