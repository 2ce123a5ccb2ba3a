use std::fmt;

use platform::DatabaseError;

/// Why the store could not answer.
#[derive(Debug)]
pub enum StoreError {
    /// The database failed; see [`DatabaseError`] for what the client sees.
    Database(DatabaseError),
    /// A statement returned something other than it promises: a defect of ours. Clients see 500.
    Shape(serde_json::Error),
    /// A batch returned fewer outcomes than it has statements. Clients see 500.
    MissingOutcome,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => error.fmt(f),
            Self::Shape(error) => write!(f, "a row has an unexpected shape: {error}"),
            Self::MissingOutcome => f.write_str("a batch returned too few outcomes"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Shape(error)
    }
}
