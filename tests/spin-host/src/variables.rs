//! `spin:variables`: what the manifest passes to this component.

use wasmtime::Result;
use wasmtime::component::{Accessor, HasSelf};

use crate::bindings::variables::variables::{Error, Host, HostWithStore};
use crate::state::State;

impl Host for State {}

impl<T: Send + 'static> HostWithStore<T> for HasSelf<State> {
    async fn get(accessor: &Accessor<T, Self>, name: String) -> Result<Result<String, Error>> {
        let value = accessor.with(|mut access| access.get().grants.variables.get(&name).cloned());
        Ok(value.ok_or(Error::Undefined(name)))
    }
}
