use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use tokio::sync::OwnedMutexGuard;
use wasmtime::component::{Destination, StreamProducer, StreamResult};
use wasmtime::{Result, StoreContextMut};

use super::Handle;
use crate::bindings::sqlite::sqlite::RowResult;

/// Rows on their way to the guest, one at a time. Until the last is read or the stream is dropped,
/// no other statement gets the connection.
pub(super) struct Rows {
    rows: IntoIter<RowResult>,
    connection: Option<OwnedMutexGuard<Handle>>,
}

impl Rows {
    pub(super) fn new(rows: Vec<RowResult>, connection: OwnedMutexGuard<Handle>) -> Self {
        Self { rows: rows.into_iter(), connection: Some(connection) }
    }
}

impl<D> StreamProducer<D> for Rows {
    type Item = RowResult;
    type Buffer = Option<RowResult>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: StoreContextMut<'a, D>,
        mut destination: Destination<'a, Self::Item, Self::Buffer>,
        _: bool,
    ) -> Poll<Result<StreamResult>> {
        let Some(row) = self.rows.next() else {
            self.connection = None;
            return Poll::Ready(Ok(StreamResult::Dropped));
        };
        destination.set_buffer(Some(row));
        Poll::Ready(Ok(StreamResult::Completed))
    }
}
