//! `spin:sqlite` over one file, with Spin's manners: a connection a guest's connection, opened when
//! first used, five seconds of patience with a locked database, one statement an `execute`.

mod rows;
mod statement;

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};
use wasmtime::Result;
use wasmtime::component::{Accessor, FutureReader, HasSelf, Resource, StreamReader};

use crate::bindings::sqlite::sqlite::{
    Error, Host, HostConnection, HostConnectionWithStore, RowResult, Value,
};
use crate::state::State;
use rows::Rows;

/// A guest's connection. While a result is unread, its rows hold the lock.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Connection(Arc<Mutex<Handle>>);

/// SQLite's connection, or where to open it.
enum Handle {
    Closed(PathBuf),
    Open(rusqlite::Connection),
}

impl Handle {
    fn opened(&mut self) -> rusqlite::Result<&mut rusqlite::Connection> {
        if let Self::Closed(path) = self {
            *self = Self::Open(rusqlite::Connection::open(path)?);
        }
        match self {
            Self::Open(connection) => Ok(connection),
            Self::Closed(_) => Err(rusqlite::Error::InvalidQuery),
        }
    }
}

type Us = HasSelf<State>;
type Executed = (Vec<String>, StreamReader<RowResult>, FutureReader<Result<(), Error>>);

impl Host for State {}
impl HostConnection for State {}

impl<T: Send + 'static> HostConnectionWithStore<T> for Us {
    async fn open_async(
        accessor: &Accessor<T, Self>,
        name: String,
    ) -> Result<Result<Resource<Connection>, Error>> {
        accessor.with(|mut access| {
            let state = access.get();
            if !state.grants.sqlite_databases.contains(&name) {
                return Ok(Err(Error::AccessDenied));
            }
            let handle = Handle::Closed(state.grants.database.clone());
            let connection = Connection(Arc::new(Mutex::new(handle)));
            Ok(Ok(state.table.push(connection)?))
        })
    }

    async fn execute_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
        statement: String,
        parameters: Vec<Value>,
    ) -> Result<Result<Executed, Error>> {
        let handle = lock(accessor, &connection).await?;
        let (handle, ran) = tokio::task::spawn_blocking(move || {
            let mut handle = handle;
            let ran = handle.opened().and_then(|open| statement::run(open, &statement, parameters));
            (handle, ran)
        })
        .await?;
        // As in Spin, an error shows at the end of the rows.
        let (columns, rows, end) = match ran {
            Ok((columns, rows)) => (columns, rows, Ok(())),
            Err(error) => (Vec::new(), Vec::new(), Err(Error::Io(error.to_string()))),
        };
        accessor.with(|mut access| {
            let rows = StreamReader::new(&mut access, Rows::new(rows, handle))?;
            let end = FutureReader::new(&mut access, async move { wasmtime::error::Ok(end) })?;
            Ok(Ok((columns, rows, end)))
        })
    }

    async fn last_insert_rowid_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
    ) -> Result<i64> {
        let mut handle = lock(accessor, &connection).await?;
        Ok(handle.opened()?.last_insert_rowid())
    }

    async fn changes_async(
        accessor: &Accessor<T, Self>,
        connection: Resource<Connection>,
    ) -> Result<u64> {
        let mut handle = lock(accessor, &connection).await?;
        Ok(handle.opened()?.changes())
    }

    async fn drop(accessor: &Accessor<T, Self>, connection: Resource<Connection>) -> Result<()> {
        accessor.with(|mut access| access.get().table.delete(connection))?;
        Ok(())
    }
}

async fn lock<T: Send + 'static>(
    accessor: &Accessor<T, Us>,
    connection: &Resource<Connection>,
) -> Result<OwnedMutexGuard<Handle>> {
    let handle = accessor.with(|mut access| {
        wasmtime::error::Ok(Arc::clone(&access.get().table.get(connection)?.0))
    })?;
    Ok(handle.lock_owned().await)
}
