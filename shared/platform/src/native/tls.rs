use std::sync::Arc;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// TLS that trusts `authorities`, certificates in DER; what is none is passed over.
pub(super) fn trusting(authorities: impl IntoIterator<Item = Vec<u8>>) -> Option<TlsConnector> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(authorities.into_iter().map(CertificateDer::from));
    let ring = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(ring).with_safe_default_protocol_versions();
    let config = builder.map(|it| it.with_root_certificates(roots).with_no_client_auth());
    config.ok().map(|config| TlsConnector::from(Arc::new(config)))
}
