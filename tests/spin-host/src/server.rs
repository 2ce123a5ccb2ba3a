//! The wire: routes a request to its component and says, in headers after the client's own, where
//! it came from.

use std::net::SocketAddr;
use std::sync::Arc;

use http::header::{HOST, HeaderName};
use http::{HeaderValue, Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use wasmtime_wasi_http::{Error, WasiBody};

use crate::application::Application;
use crate::routes::Target;

/// Answers connections until the process ends.
pub(crate) async fn serve(listener: TcpListener, application: Arc<Application>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                tokio::spawn(connection(stream, peer, Arc::clone(&application)));
            }
            Err(error) => eprintln!("accept: {error}"),
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, application: Arc<Application>) {
    let service = service_fn(|request| {
        let application = Arc::clone(&application);
        async move { Ok::<_, std::convert::Infallible>(answer(&application, request, peer).await) }
    });
    let served = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
    if let Err(error) = served
        && !error.is_incomplete_message()
    {
        eprintln!("connection of {peer}: {error}");
    }
}

async fn answer(
    application: &Application,
    request: Request<Incoming>,
    peer: SocketAddr,
) -> Response<WasiBody> {
    let Some(target) = application.routes.find(request.uri().path()) else {
        return status(StatusCode::NOT_FOUND);
    };
    let Some(request) = prepared(request, target, peer) else {
        return status(StatusCode::BAD_REQUEST);
    };
    let components = application.components.get();
    let Some(component) = components.and_then(|components| components.get(&target.component))
    else {
        return status(StatusCode::NOT_FOUND);
    };
    match component.handle((), request).await {
        Ok(response) => response,
        Err(error) => {
            eprintln!("{}: {error:#}", target.component);
            status(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// The request as a component gets it: a full URL, and what Spin adds.
fn prepared(
    request: Request<Incoming>,
    target: &Target,
    peer: SocketAddr,
) -> Option<Request<WasiBody>> {
    let (mut head, body) = request.into_parts();
    let host = head.headers.get(HOST)?.to_str().ok()?;
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let uri: Uri = format!("http://{host}{path}").parse().ok()?;
    let added = [
        ("spin-full-url", uri.to_string()),
        ("spin-path-info", uri.path().to_owned()),
        ("spin-matched-route", target.route.clone()),
        ("spin-component-route", target.route.trim_end_matches("/...").to_owned()),
        ("spin-client-addr", peer.to_string()),
    ];
    for (name, value) in added {
        head.headers.append(HeaderName::from_static(name), HeaderValue::try_from(value).ok()?);
    }
    head.uri = uri;
    Some(Request::from_parts(head, body.map_err(Error::Hyper).boxed_unsync()))
}

fn status(status: StatusCode) -> Response<WasiBody> {
    let body = Empty::new().map_err(|never| match never {}).boxed_unsync();
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}
