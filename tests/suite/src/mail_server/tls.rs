use std::sync::{Arc, OnceLock};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate and its key, ready to serve with.
pub(super) struct Identity(pub(super) Arc<ServerConfig>);

type Authority = CertifiedIssuer<'static, KeyPair>;

/// The authority that this process trusts.
fn issuer() -> &'static Authority {
    static ISSUER: OnceLock<Authority> = OnceLock::new();
    ISSUER.get_or_init(|| {
        let mut parameters = CertificateParams::new(Vec::new()).expect("parameters");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        CertifiedIssuer::self_signed(parameters, key).expect("a certificate")
    })
}

/// The certificate of the authority that vouches for servers, in DER.
pub fn authority() -> Vec<u8> {
    issuer().der().to_vec()
}

/// The same in PEM.
pub fn authority_pem() -> String {
    issuer().pem()
}

/// A private key and a certificate of a host with this name, both in PEM.
pub fn key_and_certificate(name: &str) -> String {
    let key = KeyPair::generate().expect("a key");
    let parameters = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
    let certificate = parameters.signed_by(&key, issuer()).expect("a certificate");
    format!("{}{}", key.serialize_pem(), certificate.pem())
}

impl Identity {
    /// Of a host with this name.
    pub(super) fn of(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let parameters = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        let certificate = parameters.signed_by(&key, issuer()).expect("a certificate");
        let chain = vec![certificate.der().clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let ring = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let builder =
            ServerConfig::builder_with_provider(ring).with_safe_default_protocol_versions();
        let config = builder.expect("versions").with_no_client_auth().with_single_cert(chain, key);
        Self(Arc::new(config.expect("a matching key")))
    }
}
