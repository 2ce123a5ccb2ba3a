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

#[cfg(test)]
mod tests {
    use std::borrow::Borrow;
    use std::fs;
    use std::hash::Hash;
    use std::path::PathBuf;
    use std::process::Command;
    use std::sync::Arc;
    use std::time::Instant;

    use mail_auth::common::parse::TxtRecordParser as _;
    use mail_auth::common::verify::DomainKey;
    use mail_auth::{
        AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
    };

    use super::*;

    /// The key's record, whatever name is asked for.
    struct Dns(String);

    impl ResolverCache<Box<str>, Txt> for Dns {
        fn get<Q>(&self, _: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
            Q: Hash + Eq + ?Sized,
        {
            DomainKey::parse(self.0.as_bytes()).ok().map(|key| Txt::DomainKey(Arc::new(key)))
        }

        fn remove<Q>(&self, _: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
            Q: Hash + Eq + ?Sized,
        {
            None
        }

        fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
    }

    const MESSAGE: &str = "From: Acme <postern@example.com>\r\nTo: ada@example.com\r\n\
        Subject: Hello\r\nDate: Sat, 28 Nov 2026 13:00:00 +0000\r\n\
        Message-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n\r\nWelcome \r\n\r\n\r\n";

    fn openssl(arguments: &[&str]) -> Vec<u8> {
        let output = Command::new("openssl").args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// A signer with a key that openssl made, and the record of the key. RFC 8463 has the bare 32
    /// bytes of an Ed25519 key in it, which are the last of its `SubjectPublicKeyInfo`.
    fn signer(kind: &str, algorithm: &str) -> (Signer, Dns) {
        let name = format!("postern-dkim-{kind}-{}.pem", std::process::id());
        let file: PathBuf = std::env::temp_dir().join(name);
        let path = file.to_str().unwrap();
        openssl(&["genpkey", "-algorithm", algorithm, "-out", path]);
        let public = openssl(&["pkey", "-in", path, "-pubout", "-outform", "DER"]);
        let public = if kind == "ed25519" { &public[public.len() - 32..] } else { &public[..] };
        let signer = Signer::load(&file, "example.com", "postern").unwrap();
        fs::remove_file(&file).unwrap();
        let public = openssl_base64(public);
        (signer, Dns(format!("v=DKIM1; k={kind}; p={public}")))
    }

    fn openssl_base64(bytes: &[u8]) -> String {
        let file = std::env::temp_dir().join(format!(
            "postern-dkim-{}-{}.der",
            std::process::id(),
            bytes.len()
        ));
        fs::write(&file, bytes).unwrap();
        let text = openssl(&["base64", "-A", "-in", file.to_str().unwrap()]);
        fs::remove_file(&file).unwrap();
        String::from_utf8(text).unwrap()
    }

    async fn passes(message: &[u8], dns: &Dns) -> bool {
        let message = AuthenticatedMessage::parse(message).unwrap();
        let verifier = MessageAuthenticator::new_cloudflare().unwrap();
        let parameters = Parameters::new(&message).with_txt_cache(dns);
        let results = verifier.verify_dkim(parameters).await;
        results.iter().any(|output| output.result() == &DkimResult::Pass)
    }

    #[tokio::test]
    async fn what_is_signed_verifies_and_what_was_changed_does_not() {
        for (kind, algorithm) in [("rsa", "RSA"), ("ed25519", "ED25519")] {
            let (signer, dns) = signer(kind, algorithm);
            let message = String::from_utf8(signer.sign(MESSAGE).unwrap()).unwrap();
            assert!(
                message.starts_with("DKIM-Signature: ") && message.ends_with(MESSAGE),
                "{kind}"
            );
            assert!(passes(message.as_bytes(), &dns).await, "{kind}: {message}");
            for (what, with) in [
                ("Welcome", "Farewell"),
                ("Subject: Hello", "Subject: Another"),
                ("Subject: Hello", "Subject: Another\r\nSubject: Hello"),
                ("From: Acme", "From: eve@example.com\r\nFrom: Acme"),
                ("MIME-Version", "Reply-To: eve@example.com\r\nMIME-Version"),
            ] {
                let changed = message.replacen(what, with, 1);
                assert!(!passes(changed.as_bytes(), &dns).await, "{kind}: {with}");
            }
        }
    }

    #[test]
    fn a_file_without_such_a_key_is_refused_by_name() {
        let error = Signer::load(Path::new("/nowhere.pem"), "example.com", "a").err().unwrap();
        assert!(error.contains("/nowhere.pem"), "{error}");
    }
}
