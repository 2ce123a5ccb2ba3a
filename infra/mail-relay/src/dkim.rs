use std::path::Path;

use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256, SigningKey};
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::{DkimSigner, Done};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

/// What is signed, present or not: fields that were not there cannot be added then. From, To and
/// Subject are named twice, so that a second one breaks the signature (RFC 6376 §8.15).
const FIELDS: [&str; 12] = [
    "From",
    "From",
    "To",
    "To",
    "Subject",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "Auto-Submitted",
];

/// Signs for one domain.
pub(crate) enum Signer {
    Rsa(DkimSigner<RsaKey<Sha256>, Done>),
    Ed25519(DkimSigner<Ed25519Key, Done>),
}

impl Signer {
    /// With the private key in the file `key` (PEM, PKCS#8 or PKCS#1): RSA or Ed25519.
    ///
    /// # Errors
    /// When there is no such key, for people.
    pub(crate) fn load(key: &Path, domain: &str, selector: &str) -> Result<Self, String> {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", key.display());
        let der = PrivateKeyDer::from_pem_file(key).map_err(|error| failed(&error))?;
        if let PrivateKeyDer::Pkcs8(pkcs8) = &der
            && let Ok(key) = Ed25519Key::from_pkcs8_maybe_unchecked_der(pkcs8.secret_pkcs8_der())
        {
            return Ok(Self::Ed25519(signer(key, domain, selector)));
        }
        let key = RsaKey::from_key_der(der).map_err(|error| failed(&error))?;
        Ok(Self::Rsa(signer(key, domain, selector)))
    }

    /// The message with its signature before it.
    ///
    /// # Errors
    /// When the key cannot sign, for people.
    pub(crate) fn sign(&self, message: &str) -> Result<Vec<u8>, String> {
        let signature = match self {
            Self::Rsa(signer) => signer.sign(message.as_bytes()),
            Self::Ed25519(signer) => signer.sign(message.as_bytes()),
        };
        let signature = signature.map_err(|error| error.to_string())?;
        let mut signed = Vec::with_capacity(message.len() + 1024);
        signature.write_header(&mut signed);
        signed.extend_from_slice(message.as_bytes());
        Ok(signed)
    }
}

fn signer<K: SigningKey>(key: K, domain: &str, selector: &str) -> DkimSigner<K, Done> {
    DkimSigner::from_key(key).domain(domain).selector(selector).headers(FIELDS)
}
