//! Spin's own interfaces (`wit/`); WASI's come with `wasmtime-wasi` and `wasmtime-wasi-http`.

mod generated {
    wasmtime::component::bindgen!({
        path: "wit",
        world: "imports",
        imports: { default: async | store | trappable },
        with: {
            "spin:sqlite/sqlite.connection": crate::sqlite::Connection,
            "spin:key-value/key-value.store": crate::key_value::Store,
        },
    });
}

pub(crate) use generated::Imports;
pub(crate) use generated::spin::{key_value, sqlite, variables};
