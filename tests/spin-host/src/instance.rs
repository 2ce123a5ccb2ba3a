//! Instances come and go as in Spin: each is reused for up to 128 requests, 16 of them at once, and
//! ends after an idle second. A trap ends it with all that it was doing.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::time::Sleep;
use wasmtime::component::GuestTaskId;
use wasmtime::{Engine, Store, StoreContextMut};
use wasmtime_wasi_http::WasiHttpView as _;
use wasmtime_wasi_http::handler::{
    HandlerState, Instance, Proxy, ProxyHandler, ShouldAccept, WorkerExpiration, WorkerState,
    WorkerStatus,
};
use wasmtime_wasi_http::p3::bindings::ServicePre;

use crate::key_value::Stores;
use crate::outbound::Outbound;
use crate::state::{Grants, State};

const REQUESTS_OF_AN_INSTANCE: usize = 128;
const REQUESTS_AT_ONCE: usize = 16;
const IDLE: Duration = Duration::from_secs(1);

/// Every component of the application by name.
pub(crate) type Components = BTreeMap<String, ProxyHandler<Factory>>;

/// The same, once all are there; for calls from component to component.
pub(crate) type Neighbours = Arc<OnceLock<Components>>;

/// Makes instances of one component.
pub(crate) struct Factory {
    pub(crate) name: String,
    pub(crate) engine: Engine,
    pub(crate) component: ServicePre<State>,
    pub(crate) grants: Arc<Grants>,
    pub(crate) stores: Arc<Stores>,
    pub(crate) outbound: Outbound,
}

impl HandlerState for Factory {
    type StoreData = State;
    type WorkerExpiration = Idle;
    type WorkerState = Sharing;

    async fn instantiate(&self) -> wasmtime::Result<Instance<State, Idle, Sharing>> {
        let (grants, stores) = (Arc::clone(&self.grants), Arc::clone(&self.stores));
        let state = State::new(grants, stores, self.outbound.clone())?;
        let mut store = Store::new(&self.engine, state);
        let service = self.component.instantiate_async(&mut store).await?;
        Ok(Instance {
            store,
            proxy: Proxy::P3(service),
            view: State::http,
            expiration: Idle(None),
            state: Sharing { component: self.name.clone() },
        })
    }
}

/// Ends an instance that has been idle for long enough.
pub(crate) struct Idle(Option<(Instant, Pin<Box<Sleep>>)>);

impl WorkerExpiration for Idle {
    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        status: WorkerStatus,
        since: Instant,
    ) -> Poll<()> {
        if status != WorkerStatus::Idle {
            return Poll::Pending;
        }
        if self.0.as_ref().is_none_or(|(start, _)| *start != since) {
            let end = tokio::time::sleep_until((since + IDLE).into());
            self.0 = Some((since, Box::pin(end)));
        }
        match &mut self.0 {
            Some((_, end)) => end.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}

/// How many requests an instance takes.
pub(crate) struct Sharing {
    component: String,
}

impl WorkerState for Sharing {
    type StoreData = State;
    type RequestData = ();

    fn should_accept_request(&self, at_once: usize, in_all: usize) -> ShouldAccept {
        if in_all >= REQUESTS_OF_AN_INSTANCE {
            ShouldAccept::Never
        } else if at_once >= REQUESTS_AT_ONCE {
            ShouldAccept::No
        } else {
            ShouldAccept::Yes
        }
    }

    fn on_request_start(
        &self,
        _: StoreContextMut<'_, State>,
        (): (),
        _: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + 'static + Send + Sync>> {
        Box::pin(std::future::pending())
    }

    fn drop(&self, _: Store<State>, result: wasmtime::Result<()>) {
        if let Err(error) = result {
            eprintln!("{}: {error:?}", self.component);
        }
    }
}
