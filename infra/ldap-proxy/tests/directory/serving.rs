//! The proxy's own TLS, and its figures.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use directory::people::{digests, ldif};
use directory::{Certificates, Proxy, SECRET, Slapd, search};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// What `/metrics` answers over TLS, if the two sides trust each other.
fn metrics(port: u16, authority: &Path, own: Option<&Certificates>) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).unwrap()).unwrap();
    let builder = ClientConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let configuration = match own {
        None => builder.with_no_client_auth(),
        Some(own) => {
            let chain = vec![CertificateDer::from_pem_file(&own.certificate).unwrap()];
            let key = PrivateKeyDer::from_pem_file(&own.key).unwrap();
            builder.with_client_auth_cert(chain, key).unwrap()
        }
    };
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(configuration), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(("127.0.0.1", port))?);
    write!(
        stream,
        "GET /metrics HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {SECRET}\r\n\
         connection: close\r\n\r\n"
    )?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

#[tokio::test]
async fn the_proxy_shows_its_certificate_and_asks_for_the_client_s() {
    let slapd = Slapd::with("");
    let own = Certificates::new(slapd.folder(), "proxy");
    let clients = Certificates::new(slapd.folder(), "clients");
    let [certificate, key, authority] =
        [&own.certificate, &own.key, &clients.authority].map(|path| path.to_str().unwrap());
    let settings = [("TLS_CERT", certificate), ("TLS_KEY", key)];
    let proxy = Proxy::beside(&slapd, &settings);
    assert!(metrics(proxy.port, &own.authority, None).unwrap().starts_with("HTTP/1.1 200"));
    assert!(metrics(proxy.port, &clients.authority, None).is_err());
    let mutual = Proxy::beside(&slapd, &[&settings[..], &[("CLIENT_CA", authority)]].concat());
    let known = metrics(mutual.port, &own.authority, Some(&clients)).unwrap();
    assert!(known.starts_with("HTTP/1.1 200"), "{known}");
    assert!(metrics(mutual.port, &own.authority, None).is_err());
    assert!(metrics(mutual.port, &own.authority, Some(&own)).is_err());
}

#[tokio::test]
async fn the_figures_count_what_happened() {
    let slapd = Slapd::with(&ldif(30));
    let proxy = Proxy::beside(&slapd, &[]);
    proxy.client().digests(&digests(search(), 1)).await.unwrap();
    proxy.ask("POST", "/v1/entries", None);
    let (status, text) = proxy.ask("GET", "/metrics", Some(SECRET));
    assert_eq!(status, 200);
    for line in [
        "ldap_proxy_requests_total{route=\"/v1/digests\",status=\"200\"} 1",
        "ldap_proxy_requests_total{route=\"/v1/entries\",status=\"401\"} 1",
        "ldap_proxy_searches_total 1",
        "ldap_proxy_searches_running 0",
        "ldap_proxy_entries_read_total 30",
    ] {
        assert!(text.lines().any(|own| own == line), "{line} is not in\n{text}");
    }
}
