//! `spin:key-value` in memory: shared by all components that are given the store, gone with the
//! host.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use wasmtime::Result;
use wasmtime::component::{Accessor, FutureReader, HasSelf, Resource, StreamReader};

use crate::bindings::key_value::key_value::{Error, Host, HostStore, HostStoreWithStore};
use crate::state::State;

/// A store's pairs.
type Pairs = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// An open store.
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Store(Pairs);

/// All stores by label.
#[derive(Default)]
pub(crate) struct Stores(Mutex<BTreeMap<String, Pairs>>);

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
            let mut stores = state.stores.0.lock().unwrap_or_else(PoisonError::into_inner);
            let pairs = Arc::clone(stores.entry(label).or_default());
            drop(stores);
            Ok(Ok(state.table.push(Store(pairs))?))
        })
    }

    async fn get(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
    ) -> Result<Result<Option<Vec<u8>>, Error>> {
        within(accessor, &store, |pairs| pairs.get(&key).cloned())
    }

    async fn set(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
        value: Vec<u8>,
    ) -> Result<Result<(), Error>> {
        within(accessor, &store, |pairs| drop(pairs.insert(key, value)))
    }

    async fn delete(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
    ) -> Result<Result<(), Error>> {
        within(accessor, &store, |pairs| drop(pairs.remove(&key)))
    }

    async fn exists(
        accessor: &Accessor<T, Self>,
        store: Resource<Store>,
        key: String,
    ) -> Result<Result<bool, Error>> {
        within(accessor, &store, |pairs| pairs.contains_key(&key))
    }

    async fn get_keys(accessor: &Accessor<T, Self>, store: Resource<Store>) -> Result<Keys> {
        let keys: Vec<_> = within(accessor, &store, |pairs| pairs.keys().cloned().collect())??;
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

fn within<T: Send + 'static, R>(
    accessor: &Accessor<T, Us>,
    store: &Resource<Store>,
    work: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> R,
) -> Result<Result<R, Error>> {
    let pairs = accessor
        .with(|mut access| wasmtime::error::Ok(Arc::clone(&access.get().table.get(store)?.0)))?;
    let mut pairs = pairs.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Ok(work(&mut pairs)))
}
