use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::{Sources, tls};

/// How long a TLS handshake or the head of a request may take.
const TO_BEGIN: Duration = Duration::from_secs(10);
/// How long answers may go on after the process was told to stop.
const TO_FINISH: Duration = Duration::from_secs(25);
/// Connections at once.
const MOST_CONNECTIONS: usize = 64;

/// Where to listen, and whether with TLS.
pub struct Listen {
    address: SocketAddr,
    tls: Option<Arc<ServerConfig>>,
}

impl Listen {
    /// From `LISTEN` (`default` unless set), `TLS_CERT`, `TLS_KEY` and `CLIENT_CA`.
    pub fn read(from: &mut Sources, default: &str) -> Option<Self> {
        let address = from.text("LISTEN").unwrap_or_else(|| default.to_owned());
        let clients = from.text("CLIENT_CA").map(PathBuf::from);
        let own = (from.text("TLS_CERT"), from.text("TLS_KEY"));
        let Ok(address) = address.parse::<SocketAddr>() else {
            return from.complain(format!("LISTEN must be an address and a port: {default}"));
        };
        let tls = match own {
            (Some(certificate), Some(key)) => {
                let tls = tls::server(certificate.as_ref(), key.as_ref(), clients.as_deref());
                Some(tls.map_err(|error| from.note(error)).ok()?)
            }
            (None, None) if clients.is_some() => {
                return from.complain("CLIENT_CA needs TLS_CERT and TLS_KEY");
            }
            (None, None) => {
                if !address.ip().is_loopback() {
                    tracing::warn!(
                        "neither TLS_CERT nor a loopback address: the secret travels in clear"
                    );
                }
                None
            }
            _ => return from.complain("TLS_CERT and TLS_KEY go together"),
        };
        Some(Self { address, tls })
    }
}

/// A port that is listened to.
pub struct Bound {
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
}

impl Listen {
    /// Takes the port.
    ///
    /// # Errors
    /// When it cannot be had, in words for people.
    pub async fn bind(self) -> Result<Bound, String> {
        let failed = |error| format!("listening on {}: {error}", self.address);
        let listener = TcpListener::bind(self.address).await.map_err(failed)?;
        let bound = Bound { listener, tls: self.tls };
        tracing::info!(address = %bound.address()?, tls = bound.tls.is_some(), "listening");
        Ok(bound)
    }
}

impl Bound {
    /// Where.
    ///
    /// # Errors
    /// When the system does not say, in words for people.
    pub fn address(&self) -> Result<SocketAddr, String> {
        self.listener.local_addr().map_err(|error| error.to_string())
    }

    /// Serves until the process is told to stop, then finishes the answers that are under way.
    ///
    /// # Errors
    /// When the system gives no signals, in words for people.
    pub async fn serve(self, router: Router) -> Result<(), String> {
        let Self { listener, tls } = self;
        serve(&listener, tls.map(TlsAcceptor::from), router).await
    }
}

async fn serve(
    listener: &TcpListener,
    acceptor: Option<TlsAcceptor>,
    router: Router,
) -> Result<(), String> {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut stop = std::pin::pin!(told_to_stop()?);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place.map_err(|error| error.to_string())?,
            () = &mut stop => break,
        };
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let connection = Connection { place, router: router.clone(), watcher: graceful.watcher() };
                    tokio::spawn(connection.serve(stream, acceptor.clone()));
                }
                // No more files, for instance: it passes.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    sleep(Duration::from_millis(100)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    tracing::info!("stopping");
    let _ = timeout(TO_FINISH, graceful.shutdown()).await;
    Ok(())
}

struct Connection {
    place: OwnedSemaphorePermit,
    router: Router,
    watcher: hyper_util::server::graceful::Watcher,
}

impl Connection {
    async fn serve(self, stream: TcpStream, acceptor: Option<TlsAcceptor>) {
        let _ = stream.set_nodelay(true);
        let Some(acceptor) = acceptor else { return self.speak(stream).await };
        match timeout(TO_BEGIN, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => self.speak(stream).await,
            Ok(Err(error)) => tracing::info!(%error, "no TLS"),
            Err(_) => tracing::info!("no TLS in time"),
        }
    }

    async fn speak<S>(self, stream: S)
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let Self { place: _place, router, watcher } = self;
        let router = tower::ServiceExt::map_request(router, |request: http::Request<Incoming>| {
            request.map(Body::new)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(TO_BEGIN)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "a connection broke");
        }
    }
}

fn told_to_stop() -> Result<impl Future<Output = ()>, String> {
    let failed = |error: std::io::Error| error.to_string();
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
