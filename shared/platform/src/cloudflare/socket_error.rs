use crate::{Detail, Security, SocketError};

/// When a socket threw.
#[derive(Debug, Clone, Copy)]
pub(super) enum During {
    /// While it was opened, or TLS begun.
    Opening(Security),
    /// Later.
    Talking(Security),
}

/// Sorts what the runtime throws: it has no codes, only words.
pub(super) fn classify(message: &str, during: During) -> SocketError {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    let security = match during {
        During::Opening(security) | During::Talking(security) => security,
    };
    let speaks_of_tls = says(&["TLS", "SSL", "ertificate", "CERTIFICATE", "handshake"]);
    if says(&["DNS lookup failed", "no such host", "Name or service not known", "getaddrinfo"]) {
        SocketError::NameNotFound
    } else if security == Security::Tls && speaks_of_tls {
        SocketError::Tls(Detail::new(message))
    } else if matches!(during, During::Opening(Security::Tls)) {
        // The runtime says the same of a port where nobody listens and of one without TLS.
        SocketError::Refused(Detail::new(format_args!("{message} (or it speaks no TLS there)")))
    } else if matches!(during, During::Opening(_)) {
        SocketError::Refused(Detail::new(message))
    } else {
        SocketError::Lost(Detail::new(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_about_certificates_are_about_tls_and_others_about_the_way() {
        let certificate = "TLS peer's certificate is not trusted; reason = self-signed certificate";
        let error = classify(certificate, During::Talking(Security::Tls));
        assert!(matches!(error, SocketError::Tls(_)));
        let refused = "proxy request failed, cannot connect to the specified address";
        let error = classify(refused, During::Opening(Security::Tls));
        assert!(matches!(error, SocketError::Refused(_)));
        let lost = classify("Network connection lost.", During::Talking(Security::Plain));
        assert!(matches!(lost, SocketError::Lost(_)));
    }
}
