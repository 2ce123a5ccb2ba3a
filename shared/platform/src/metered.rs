use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;

use crate::{Database, DatabaseError, Outcome, Statement};

/// A [`Database`] that counts what passes through it. One is made for each request.
pub struct Metered {
    inner: Arc<dyn Database>,
    trips: AtomicU64,
    rows_read: AtomicU64,
    rows_written: AtomicU64,
}

/// What a request has cost so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Round trips to the database.
    pub trips: u64,
    /// Rows visited, as the vendor bills them.
    pub rows_read: u64,
    /// Rows written, as the vendor bills them.
    pub rows_written: u64,
}

impl Metered {
    /// Counts from zero over `inner`.
    pub fn new(inner: Arc<dyn Database>) -> Self {
        Self {
            inner,
            trips: AtomicU64::new(0),
            rows_read: AtomicU64::new(0),
            rows_written: AtomicU64::new(0),
        }
    }

    /// What has been used up to now.
    pub fn usage(&self) -> Usage {
        Usage {
            trips: self.trips.load(Ordering::Relaxed),
            rows_read: self.rows_read.load(Ordering::Relaxed),
            rows_written: self.rows_written.load(Ordering::Relaxed),
        }
    }
}

#[async_trait]
impl Database for Metered {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Outcome>, DatabaseError> {
        self.trips.fetch_add(1, Ordering::Relaxed);
        let outcomes = self.inner.batch(statements).await?;
        for outcome in &outcomes {
            self.rows_read.fetch_add(outcome.rows_read, Ordering::Relaxed);
            self.rows_written.fetch_add(outcome.rows_written, Ordering::Relaxed);
        }
        Ok(outcomes)
    }
}
