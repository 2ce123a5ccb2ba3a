//! The little CBOR that an authenticator writes, in canonical form.

/// An attestation object with a `none` statement (§6.5.4, §8.7).
pub(crate) fn attestation_object(authenticator_data: &[u8]) -> Vec<u8> {
    let mut out = vec![0xa3];
    out.extend(text("fmt"));
    out.extend(text("none"));
    out.extend(text("attStmt"));
    out.push(0xa0);
    out.extend(text("authData"));
    out.extend(bytes(authenticator_data));
    out
}

/// An ES256 public key on P-256 (RFC 9053, §7.1.1).
pub(crate) fn es256_key(x: &[u8], y: &[u8]) -> Vec<u8> {
    let mut out = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21];
    out.extend(bytes(x));
    out.push(0x22);
    out.extend(bytes(y));
    out
}

fn text(text: &str) -> Vec<u8> {
    item(0x60, text.as_bytes())
}

fn bytes(bytes: &[u8]) -> Vec<u8> {
    item(0x40, bytes)
}

fn item(major: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("content of an authenticator is short");
    let mut out = match length.to_be_bytes() {
        [0, low @ 0..0x18] => vec![major | low],
        [0, low] => vec![major | 0x18, low],
        [high, low] => vec![major | 0x19, high, low],
    };
    out.extend(content);
    out
}
