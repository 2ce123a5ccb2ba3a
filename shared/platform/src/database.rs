use std::borrow::Cow;
use std::fmt;

use async_trait::async_trait;

/// An SQLite database, reached in trips.
///
/// # Atomicity
/// [`batch`](Database::batch) is the only way in. It runs its statements in order as one
/// transaction: all of them take effect, or none does. A later statement sees what an earlier one
/// wrote. Batches are serialised against each other, so a condition that stands in a statement
/// (`INSERT … SELECT … WHERE`, `UPDATE … WHERE … RETURNING`) is exact under any concurrency.
///
/// # Replay
/// When `batch` fails the caller cannot know whether the transaction took effect (the reply may
/// have been lost). Flows are written so that a repeated attempt is safe: it finds its token
/// consumed or its row present and answers so.
#[async_trait]
pub trait Database: Send + Sync {
    /// Runs `statements` as one transaction and one round trip; one [`Outcome`] a statement.
    ///
    /// # Errors
    /// See [`DatabaseError`].
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Outcome>, DatabaseError>;
}

/// One SQL statement in SQLite's dialect with its positional parameters (`?1`, `?2`, …).
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// A single statement, no trailing semicolon. Put together from fixed text alone; whatever
    /// comes from outside is a parameter.
    pub sql: Cow<'static, str>,
    /// Values of `?1`, `?2`, … in order; at most 100 (D1's limit).
    pub parameters: Vec<Value>,
}

impl Statement {
    /// A statement with its parameters in order.
    pub fn new(sql: impl Into<Cow<'static, str>>, parameters: impl Into<Vec<Value>>) -> Self {
        Self { sql: sql.into(), parameters: parameters.into() }
    }
}

/// A value as SQLite stores it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `NULL`.
    Null,
    /// `INTEGER`. D1 carries it as a double: the magnitude stays below 2^53.
    Integer(i64),
    /// `REAL`.
    Real(f64),
    /// `TEXT`.
    Text(String),
    /// `BLOB`.
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Integer(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One row: its columns in the statement's order. Column names in a statement are distinct.
pub type Row = Vec<Value>;

/// What one statement of a batch came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The rows it returned.
    pub rows: Vec<Row>,
    /// Rows the engine visited, as the vendor bills them; `0` where the runtime does not tell.
    pub rows_read: u64,
    /// Rows the engine wrote, indexes included, as the vendor bills them; `0` where the runtime
    /// does not tell.
    pub rows_written: u64,
}

/// Why a batch did not give a result.
#[derive(Debug)]
pub enum DatabaseError {
    /// The database is locked or overloaded; the same batch may pass in a moment. Nothing was
    /// written. Clients see 503 with `Retry-After`.
    Busy,
    /// The database could not be reached or answered with an error of its own; whether the batch
    /// took effect is not known. Clients see 500.
    Unavailable(Detail),
    /// A statement was refused: a syntax error or a broken constraint, that is, a defect of ours.
    /// Nothing was written. Clients see 500.
    Refused(Detail),
}

/// The engine's own words, for the log alone.
#[derive(Debug)]
pub struct Detail(Box<str>);

impl Detail {
    /// Keeps the engine's message.
    pub fn new(message: impl fmt::Display) -> Self {
        Self(message.to_string().into_boxed_str())
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// For engines that give words and no codes.
#[cfg(any(test, target_family = "wasm"))]
impl DatabaseError {
    /// Sorts an engine's message by what a caller may conclude from it, given the words that mean
    /// "not started, try again" and those that mean "your statement is wrong".
    pub(crate) fn from_words(message: &str, busy: &[&str], refused: &[&str]) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        if says(busy) {
            Self::Busy
        } else if says(refused) {
            Self::Refused(Detail::new(message))
        } else {
            Self::Unavailable(Detail::new(message))
        }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("database is busy"),
            Self::Unavailable(detail) => write!(f, "database is unavailable: {}", detail.0),
            Self::Refused(detail) => write!(f, "database refused a statement: {}", detail.0),
        }
    }
}

impl std::error::Error for DatabaseError {}
