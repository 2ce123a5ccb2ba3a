//! What belongs to one instance of a component.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use wasmtime::component::ResourceTable;
use wasmtime_wasi::sockets::SocketAddrUse;
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

use crate::key_value::Stores;
use crate::outbound::Outbound;

/// What the manifest grants a component.
pub(crate) struct Grants {
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) sqlite_databases: Vec<String>,
    pub(crate) key_value_stores: Vec<String>,
    /// Host folders and where the component sees them.
    pub(crate) files: Vec<(PathBuf, String)>,
    /// The file behind every SQLite database.
    pub(crate) database: PathBuf,
}

/// The data of one instance.
pub(crate) struct State {
    pub(crate) table: ResourceTable,
    pub(crate) grants: Arc<Grants>,
    pub(crate) stores: Arc<Stores>,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    outbound: Outbound,
}

impl State {
    pub(crate) fn new(
        grants: Arc<Grants>,
        stores: Arc<Stores>,
        outbound: Outbound,
    ) -> wasmtime::Result<Self> {
        let mut wasi = WasiCtxBuilder::new();
        wasi.inherit_stdout().inherit_stderr().allow_tcp(true);
        let allowed = Arc::clone(&outbound.allowed);
        wasi.socket_addr_check(move |address, purpose| {
            let admitted = match purpose {
                // What a connection of one's own needs first; it reaches nobody.
                SocketAddrUse::TcpBind => address.port() == 0,
                SocketAddrUse::TcpConnect => allowed.admit_tcp(address),
                _ => false,
            };
            Box::pin(async move { admitted })
        });
        for (folder, destination) in &grants.files {
            wasi.preopened_dir(folder, destination, wasmtime_wasi::FsPerms::ReadOnly)?;
        }
        Ok(Self {
            table: ResourceTable::new(),
            grants,
            stores,
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            outbound,
        })
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for State {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { hooks: &mut self.outbound, table: &mut self.table, ctx: &mut self.http }
    }
}
