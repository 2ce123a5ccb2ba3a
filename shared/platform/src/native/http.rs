use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt as _;
use futures_util::stream::unfold;
use http::header::HOST;
use http::uri::Scheme;
use http::{HeaderValue, Request, Response, Uri};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::tls;
use crate::{Chunks, Detail, Http, HttpError};

/// The host's HTTP, with TLS that trusts the authorities it is given. Each request has a connection
/// of its own.
pub struct NativeHttp {
    tls: Option<TlsConnector>,
}

impl NativeHttp {
    /// Trusts `authorities`, certificates in DER; what is none is passed over.
    pub fn trusting(authorities: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { tls: tls::trusting(authorities) }
    }

    async fn ask(&self, mut request: Request<Vec<u8>>) -> Result<Response<Body>, HttpError> {
        let mut sender = self.connect(request.uri()).await?;
        let authority = request.uri().authority().map_or("", |authority| authority.as_str());
        let host = HeaderValue::from_str(authority).map_err(|error| unreachable(&error))?;
        request.headers_mut().insert(HOST, host);
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = path.parse().map_err(|error| unreachable(&error))?;
        let reply = sender.send_request(request.map(Body::from)).await;
        reply.map(|reply| reply.map(Body::new)).map_err(|error| lost(&error))
    }

    async fn connect(&self, uri: &Uri) -> Result<SendRequest<Body>, HttpError> {
        let host = uri.host().ok_or_else(|| unreachable(&"the address has no host"))?;
        let is_secure = uri.scheme() == Some(&Scheme::HTTPS);
        let port = uri.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let stream = TcpStream::connect((host, port)).await;
        let stream = stream.map_err(|error| unreachable(&error))?;
        let _ = stream.set_nodelay(true);
        if !is_secure {
            return begin(stream).await;
        }
        let name = ServerName::try_from(host.to_owned()).map_err(|error| unreachable(&error))?;
        let tls = self.tls.as_ref().ok_or_else(|| unreachable(&"TLS is not set up"))?;
        begin(tls.connect(name, stream).await.map_err(|error| unreachable(&error))?).await
    }
}

#[async_trait]
impl Http for NativeHttp {
    async fn send(
        &self,
        request: Request<Vec<u8>>,
        timeout_ms: u32,
    ) -> Result<Response<Chunks>, HttpError> {
        let patience = Duration::from_millis(timeout_ms.into());
        let reply = timeout(patience, self.ask(request)).await;
        let reply = reply.map_err(|_| HttpError::TimedOut)??;
        Ok(reply.map(|body| chunks(body, patience)))
    }
}

/// The connection lives for as long as its sender or the reply's body does.
async fn begin<S>(stream: S) -> Result<SendRequest<Body>, HttpError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let begun = handshake(TokioIo::new(stream)).await;
    let (sender, connection) = begun.map_err(|error| lost(&error))?;
    tokio::spawn(connection);
    Ok(sender)
}

fn chunks(body: Body, patience: Duration) -> Chunks {
    let next = move |body: Option<BodyDataStream>| async move {
        let mut body = body?;
        match timeout(patience, body.next()).await {
            Err(_) => Some((Err(HttpError::TimedOut), None)),
            Ok(None) => None,
            Ok(Some(Ok(bytes))) => Some((Ok(bytes), Some(body))),
            Ok(Some(Err(error))) => Some((Err(lost(&error)), None)),
        }
    };
    unfold(Some(body.into_data_stream()), next).boxed()
}

fn unreachable(error: &impl ToString) -> HttpError {
    HttpError::Unreachable(Detail::new(error.to_string()))
}

fn lost(error: &impl ToString) -> HttpError {
    HttpError::Lost(Detail::new(error.to_string()))
}
