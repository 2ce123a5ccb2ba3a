use std::fmt;

/// Why the host cannot start, in words for whoever started it.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

macro_rules! failure {
    ($($text:tt)*) => { $crate::failure::Failure(format!($($text)*)) };
}
pub(crate) use failure;
