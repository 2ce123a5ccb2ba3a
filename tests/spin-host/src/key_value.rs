//! `spin:key-value` in an SQLite file beside the database, as Spin keeps it: shared by all components
//! that are given the store.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension as _};
use wasmtime::Result;
use wasmtime::component::{Accessor, FutureReader, HasSelf, Resource, StreamReader};

use crate::bindings::key_value::key_value::{Error, Host, HostStore, HostStoreWithStore};
use crate::state::State;

/// An open store, by its label.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Store(String);

/// All stores.
pub(crate) struct Stores(Mutex<Connection>);

impl Stores {
    /// The stores kept beside `database`, made when they are not there.
    pub(crate) fn beside(database: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(database.with_extension("key-value.db"))?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS pairs (
               store TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (store, key)
             ) STRICT, WITHOUT ROWID",
        )?;
        Ok(Self(Mutex::new(connection)))
    }
}

type Us = HasSelf<State>;
type Keys = (StreamReader<String>, FutureReader<Result<(), Error>>);

impl Host for State {}
impl HostStore for State {}

impl<T: Send + 'static> HostStoreWithStore<T> for Us {
    async fn open(
        accessor: &Accessor<T, Self>,
        label: String,
    ) -> Result<Result<Resource<Store>, Error>> {
        accessor.with(|mut access| {
            let state = access.get();
            if !state.grants.key_value_stores.contains(&label) {
                return Ok(Err(Error::AccessDenied));
            }
            Ok(Ok(state.table.push(Store(label))?))
        })
    }

    async fn get(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
    ) -> Result<Result<Option<Vec<u8>>, Error>> {
        within(accessor, &store, |pairs, store| {
            pairs
                .query_row(
                    "SELECT value FROM pairs WHERE store = ?1 AND key = ?2",
                    (store, &key),
                    |row| row.get(0),
                )
                .optional()
        })
    }

    async fn set(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
        value: Vec<u8>,
    ) -> Result<Result<(), Error>> {
        within(accessor, &store, |pairs, store| {
            pairs.execute(
                "INSERT OR REPLACE INTO pairs (store, key, value) VALUES (?1, ?2, ?3)",
                (store, &key, &value),
            )?;
            Ok(())
        })
    }

    async fn delete(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
    ) -> Result<Result<(), Error>> {
        within(accessor, &store, |pairs, store| {
            pairs.execute("DELETE FROM pairs WHERE store = ?1 AND key = ?2", (store, &key))?;
            Ok(())
        })
    }

    async fn exists(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
    ) -> Result<Result<bool, Error>> {
        Ok(Self::get(accessor, store, key).await?.map(|value| value.is_some()))
    }

    async fn get_keys(accessor: &Accessor<T, Self>, store: Resource<Store>) -> Result<Keys> {
        let keys: Vec<String> = within(accessor, &store, |pairs, store| {
            let mut keys = pairs.prepare("SELECT key FROM pairs WHERE store = ?1")?;
            keys.query_map([store], |row| row.get(0))?.collect()
        })??;
        accessor.with(|mut access| {
            let keys = StreamReader::new(&mut access, keys)?;
            Ok((keys, FutureReader::new(&mut access, async { wasmtime::error::Ok(Ok(())) })?))
        })
    }

    async fn drop(accessor: &Accessor<T, Self>, store: Resource<Store>) -> Result<()> {
        accessor.with(|mut access| access.get().table.delete(store))?;
        Ok(())
    }
}

/// Does `work` with the connection and the store's label.
fn within<T: Send + 'static, R>(
    accessor: &Accessor<T, Us>,
    store: &Resource<Store>,
    work: impl FnOnce(&Connection, &str) -> rusqlite::Result<R>,
) -> Result<Result<R, Error>> {
    let (stores, label) = accessor.with(|mut access| {
        let state = access.get();
        wasmtime::error::Ok((Arc::clone(&state.stores), state.table.get(store)?.0.clone()))
    })?;
    let pairs = stores.0.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(work(&pairs, &label).map_err(|error| Error::Other(error.to_string())))
}
