use async_trait::async_trait;
use worker::js_sys::{Object, Reflect, Uint8Array};
use worker::send::SendFuture;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{ReadableStreamDefaultReader, WritableStreamDefaultWriter};
use worker::worker_sys;

use super::d1::message_of;
use super::socket_error::{During, classify};
use super::within::within;
use crate::{Security, Socket, SocketError, Sockets};

/// `connect()` of `cloudflare:sockets`. Names are resolved and certificates checked by the runtime,
/// which cannot be told to do without; port 25 is closed.
///
/// Called by hand, because `worker`'s wrapper brings tokio's traits that nothing else here needs.
pub(super) struct Connections;

/// How long opening a connection may take.
const OPENING_MS: u32 = 10_000;

#[async_trait]
impl Sockets for Connections {
    async fn connect(
        &self,
        host: &str,
        port: u16,
        security: Security,
    ) -> Result<Box<dyn Socket>, SocketError> {
        SendFuture::new(async {
            let fault = |thrown: JsValue| classify(&message_of(&thrown), During::Opening(security));
            let socket = Open::take(open(host, port, security).map_err(fault)?, security)?;
            let opened = socket.inner.opened().map_err(fault)?;
            within(OPENING_MS, JsFuture::from(opened))
                .await
                .ok_or(SocketError::TimedOut)?
                .map_err(fault)?;
            Ok(Box::new(socket) as Box<dyn Socket>)
        })
        .await
    }
}

fn open(host: &str, port: u16, security: Security) -> Result<worker_sys::Socket, JsValue> {
    let address = Object::new();
    Reflect::set(&address, &"hostname".into(), &host.into())?;
    Reflect::set(&address, &"port".into(), &u32::from(port).into())?;
    let options = Object::new();
    let transport = match security {
        Security::Plain => "off",
        Security::StartTls => "starttls",
        Security::Tls => "on",
    };
    Reflect::set(&options, &"secureTransport".into(), &transport.into())?;
    worker_sys::connect(address.into(), options.into())
}

struct Open {
    inner: worker_sys::Socket,
    reader: ReadableStreamDefaultReader,
    writer: WritableStreamDefaultWriter,
    security: Security,
}

#[expect(unsafe_code, reason = "a Worker has one thread, and so what it holds cannot change it")]
// SAFETY: wasm32-unknown-unknown without threads: nothing is ever sent to another one.
unsafe impl Send for Open {}

impl Open {
    fn take(inner: worker_sys::Socket, security: Security) -> Result<Self, SocketError> {
        let fault = |thrown: JsValue| classify(&message_of(&thrown), During::Opening(security));
        let reader = inner.readable().map_err(fault)?.get_reader().unchecked_into();
        let writer = inner.writable().map_err(fault)?.get_writer().map_err(fault)?;
        Ok(Self { inner, reader, writer, security })
    }

    fn fault(&self, thrown: &JsValue) -> SocketError {
        classify(&message_of(thrown), During::Talking(self.security))
    }

    async fn next_chunk(&self) -> Result<Vec<u8>, JsValue> {
        let chunk = JsFuture::from(self.reader.read()).await?;
        let value = Reflect::get(&chunk, &"value".into())?;
        Ok(if value.is_undefined() { Vec::new() } else { Uint8Array::new(&value).to_vec() })
    }
}

#[async_trait]
impl Socket for Open {
    async fn read(&mut self, timeout_ms: u32) -> Result<Vec<u8>, SocketError> {
        let chunk = SendFuture::new(within(timeout_ms, self.next_chunk())).await;
        chunk.ok_or(SocketError::TimedOut)?.map_err(|thrown| self.fault(&thrown))
    }

    async fn write(&mut self, bytes: &[u8], timeout_ms: u32) -> Result<(), SocketError> {
        let written = self.writer.write_with_chunk(&Uint8Array::from(bytes));
        let written = SendFuture::new(within(timeout_ms, JsFuture::from(written))).await;
        written.ok_or(SocketError::TimedOut)?.map(drop).map_err(|thrown| self.fault(&thrown))
    }

    async fn start_tls(&mut self, timeout_ms: u32) -> Result<(), SocketError> {
        let fault =
            |thrown: JsValue| classify(&message_of(&thrown), During::Opening(Security::Tls));
        self.reader.release_lock();
        self.writer.release_lock();
        *self = Self::take(self.inner.start_tls().map_err(fault)?, Security::Tls)?;
        let opened = JsFuture::from(self.inner.opened().map_err(fault)?);
        let opened = SendFuture::new(within(timeout_ms, opened)).await;
        opened.ok_or(SocketError::TimedOut)?.map(drop).map_err(fault)
    }

    async fn close(&mut self) {
        if let Ok(closed) = self.inner.close() {
            let closed = JsFuture::from(closed);
            // Whatever comes of it, nothing more can be done.
            let _ = SendFuture::new(within(1_000, closed)).await;
        }
    }
}
