//! Requests that components make: to each other in process, else over plain HTTP, and only where
//! `allowed_outbound_hosts` lets them.

mod allowed;

use std::sync::Arc;

use http::{HeaderValue, Request, Response, Uri, header};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

pub(crate) use allowed::AllowedHosts;

use crate::instance::Neighbours;

/// A component's way out.
#[derive(Clone)]
pub(crate) struct Outbound {
    pub(crate) allowed: Arc<AllowedHosts>,
    pub(crate) neighbours: Neighbours,
}

type Transmission = Box<dyn Future<Output = Result<(), Error>> + Send>;
type Answer = Result<(Response<WasiBody>, Transmission), Error>;

impl WasiHttpHooks for Outbound {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        _options: Option<RequestOptions>,
        _sent: Transmission,
    ) -> Box<dyn Future<Output = Answer> + Send> {
        let way = self.clone();
        Box::new(async move {
            if !way.allowed.admit(request.uri()) {
                eprintln!("{}: not in allowed_outbound_hosts", request.uri());
                return Err(Error::HttpRequestDenied);
            }
            match neighbour(request.uri()) {
                Some(name) => way.ask_neighbour(&name, request).await,
                None => ask_world(request).await,
            }
        })
    }
}

impl Outbound {
    async fn ask_neighbour(&self, name: &str, request: Request<WasiBody>) -> Answer {
        let handlers = self.neighbours.get().ok_or(Error::DestinationNotFound)?;
        let handler = handlers.get(name).ok_or(Error::DestinationNotFound)?;
        let answer = handler.handle((), request).await;
        Ok((answer.map_err(|_| Error::HttpResponseIncomplete)?, Box::new(async { Ok(()) })))
    }
}

/// The component behind `http://NAME.spin.internal`.
fn neighbour(uri: &Uri) -> Option<String> {
    uri.host()?.strip_suffix(".spin.internal").map(str::to_owned)
}

async fn ask_world(mut request: Request<WasiBody>) -> Answer {
    let uri = request.uri().clone();
    let host = uri.host().ok_or(Error::HttpRequestUriInvalid)?;
    if uri.scheme_str() != Some("http") {
        return Err(Error::TlsProtocolError);
    }
    let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(80))).await;
    let stream = TokioIo::new(stream.map_err(Error::Connect)?);
    let (mut sender, connection) = http1::handshake(stream).await.map_err(Error::Hyper)?;
    tokio::spawn(connection);
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let authority = HeaderValue::from_str(authority).map_err(|_| Error::HttpRequestUriInvalid)?;
    request.headers_mut().insert(header::HOST, authority);
    *request.uri_mut() = uri
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .parse()
        .map_err(|_| Error::HttpRequestUriInvalid)?;
    let response = sender.send_request(request).await.map_err(Error::Hyper)?;
    let response = response.map(|body| body.map_err(Error::Hyper).boxed_unsync());
    Ok((response, Box::new(async { Ok(()) })))
}
