use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many may wait for one that runs.
const WAITING: usize = 4;

/// One search at a time within a base DN, so that the proxy is never the directory's largest customer.
pub(super) struct Turns(Vec<Arc<Base>>);

struct Base {
    free: Arc<Semaphore>,
    /// Those that run or wait.
    inside: AtomicUsize,
}

/// The right to search. It ends when it is dropped.
pub(super) struct Turn {
    _place: Place,
    _permit: OwnedSemaphorePermit,
}

struct Place(Arc<Base>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Turns {
    pub(super) fn new(bases: usize) -> Self {
        let base = || Base { free: Arc::new(Semaphore::new(1)), inside: AtomicUsize::new(0) };
        Self((0..bases).map(|_| Arc::new(base())).collect())
    }

    /// Waits for the base to be free; `None` if too many wait already.
    pub(super) async fn take(&self, base: usize) -> Option<Turn> {
        let base = self.0.get(base)?;
        let inside = base.inside.fetch_add(1, Ordering::AcqRel);
        let place = Place(Arc::clone(base));
        if inside > WAITING {
            return None;
        }
        let permit = Arc::clone(&base.free).acquire_owned().await.ok()?;
        Some(Turn { _place: place, _permit: permit })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn one_runs_four_wait_and_the_sixth_is_refused() {
        let turns = Arc::new(Turns::new(2));
        let first = turns.take(0).await;
        let waiting: Vec<_> = (0..4)
            .map(|_| {
                let turns = Arc::clone(&turns);
                tokio::spawn(async move { turns.take(0).await.is_some() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(turns.take(0).await.is_none());
        assert!(turns.take(1).await.is_some());
        drop(first);
        for one in waiting {
            assert!(timeout(Duration::from_secs(5), one).await.unwrap().unwrap());
        }
        assert!(turns.take(0).await.is_some());
    }
}
