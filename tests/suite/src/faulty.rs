use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use platform::{Database, DatabaseError, Detail, Outcome, Statement};

/// What a database port may do to a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Locked: refused at once.
    Busy,
    /// Not reached: nothing ran.
    Unreachable,
    /// Killed before the statement with this number; what ran before it is rolled back.
    KilledAt(usize),
    /// It ran and committed, but the reply was lost.
    ReplyLost,
}

/// A real database whose port fails when told to.
pub struct FaultyDatabase {
    inner: Arc<dyn Database>,
    next: Mutex<Option<(Fault, usize)>>,
    statements: AtomicUsize,
    batches: Mutex<Vec<usize>>,
}

impl FaultyDatabase {
    /// Works like `inner` until told otherwise.
    pub fn new(inner: Arc<dyn Database>) -> Self {
        Self {
            inner,
            next: Mutex::default(),
            statements: AtomicUsize::new(0),
            batches: Mutex::default(),
        }
    }

    /// The batch after `skip` more will suffer `fault`, once.
    pub fn fail(&self, fault: Fault, skip: usize) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some((fault, skip));
    }

    /// Nothing will fail any more.
    pub fn heal(&self) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// How many statements the largest batch so far had.
    pub fn largest_batch(&self) -> usize {
        self.statements.load(Ordering::Relaxed)
    }

    /// How many statements each batch had since this was last asked.
    pub fn batches(&self) -> Vec<usize> {
        std::mem::take(&mut *self.batches.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn due(&self) -> Option<Fault> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        match *next {
            Some((fault, 0)) => {
                *next = None;
                Some(fault)
            }
            Some((fault, skip)) => {
                *next = Some((fault, skip - 1));
                None
            }
            None => None,
        }
    }
}

#[async_trait]
impl Database for FaultyDatabase {
    async fn batch(&self, mut statements: Vec<Statement>) -> Result<Vec<Outcome>, DatabaseError> {
        self.statements.fetch_max(statements.len(), Ordering::Relaxed);
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).push(statements.len());
        let lost =
            || DatabaseError::Unavailable(Detail::new("secret-looking detail of the engine"));
        match self.due() {
            None => self.inner.batch(statements).await,
            Some(Fault::Busy) => Err(DatabaseError::Busy),
            Some(Fault::Unreachable) => Err(lost()),
            Some(Fault::ReplyLost) => self.inner.batch(statements).await.and(Err(lost())),
            Some(Fault::KilledAt(number)) => {
                statements.truncate(number);
                statements.push(Statement::new("SELECT killed here", []));
                self.inner.batch(statements).await
            }
        }
    }
}
