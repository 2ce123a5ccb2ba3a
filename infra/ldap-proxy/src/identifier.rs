use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Attributes whose 16 bytes are a GUID, also where they happen to be text.
const BINARY: [&str; 2] = ["objectguid", "guid"];

/// A unique identifier as text: 16 raw bytes as a UUID in the order in which they come (which for
/// Active Directory is not the order in which Windows prints them, but the one in which other clients
/// of this directory have stored them), text as it is, anything else in base64.
pub(crate) fn text(attribute: &str, value: Vec<u8>) -> String {
    let binary = BINARY.iter().any(|name| name.eq_ignore_ascii_case(attribute));
    match <[u8; 16]>::try_from(value.as_slice()) {
        Ok(bytes) if binary || std::str::from_utf8(&bytes).is_err() => uuid(bytes),
        _ => String::from_utf8(value).unwrap_or_else(|error| STANDARD.encode(error.as_bytes())),
    }
}

fn uuid(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if [4, 6, 8, 10].contains(&index) {
            text.push('-');
        }
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_raw_bytes_are_a_uuid_in_their_own_order() {
        let bytes: Vec<u8> = (0xa0..=0xaf).collect();
        assert_eq!(text("anything", bytes), "a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf");
        let letters = b"sixteen letters!".to_vec();
        assert_eq!(text("objectGUID", letters.clone()), "73697874-6565-6e20-6c65-747465727321");
        assert_eq!(text("uid", letters), "sixteen letters!");
    }

    #[test]
    fn other_bytes_are_text_or_base64() {
        assert_eq!(text("uid", "zoë".into()), "zoë");
        assert_eq!(text("objectGUID", b"short".to_vec()), "short");
        assert_eq!(text("objectSid", vec![0xff, 0xfe, 0xfd, 0xfc]), "//79/A==");
    }
}
