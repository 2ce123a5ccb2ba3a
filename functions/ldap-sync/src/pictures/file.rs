use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ldap_proxy_client::{Entry, Value};

/// What an entry has of a picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// A file, by its looks at least.
    File(Vec<u8>),
    /// One that the proxy does not send, because it is too large.
    TooLarge,
    /// None.
    None,
}

/// The picture in the attribute that an entry was asked for; of several values the first.
pub(super) fn picture_of(entry: Entry) -> Picture {
    if !entry.omitted.is_empty() {
        return Picture::TooLarge;
    }
    let first = entry.attributes.into_values().flatten().next();
    first.and_then(file_of).filter(|file| !file.is_empty()).map_or(Picture::None, Picture::File)
}

/// Text is base64; if it is not, an address say, it is a file that nobody can read. What an address leads
/// to is not fetched: whoever may write into the directory could have this deployment ask any server.
fn file_of(value: Value) -> Option<Vec<u8>> {
    let Some(text) = value.text() else { return value.into_bytes() };
    let letters: String = text.split_ascii_whitespace().collect();
    Some(STANDARD.decode(&letters).unwrap_or(letters.into_bytes()))
}

#[cfg(test)]
mod tests {
    use ldap_proxy_client::Digest;

    use super::*;

    fn entry(values: &[&[u8]], omitted: bool) -> Entry {
        let values: Vec<_> = values.iter().map(|value| Value::of(value.to_vec())).collect();
        let name = "jpegPhoto".to_owned();
        Entry {
            id: "ann".to_owned(),
            dn: "uid=ann".to_owned(),
            digest: Digest::of(b"ann"),
            attributes: [(name.clone(), values)].into(),
            omitted: if omitted { vec![name] } else { Vec::new() },
        }
    }

    #[test]
    fn bytes_are_a_file_and_so_is_base64() {
        let file = b"\xff\xd8\xff\xe0 and so on";
        let base64 = STANDARD.encode(file);
        let (one, other) = base64.split_at(7);
        let folded = format!("{one}\r\n {other}\n");
        for value in [&file[..], base64.as_bytes(), folded.as_bytes()] {
            assert_eq!(picture_of(entry(&[value, b"later"], false)), Picture::File(file.to_vec()));
        }
    }

    #[test]
    fn an_address_is_only_text() {
        let address = b"https://10.0.0.1/admin?x=1";
        assert_eq!(picture_of(entry(&[address], false)), Picture::File(address.to_vec()));
    }

    #[test]
    fn nothing_is_no_picture_and_too_much_is_not_nothing() {
        assert_eq!(picture_of(entry(&[], false)), Picture::None);
        assert_eq!(picture_of(entry(&[b""], false)), Picture::None);
        assert_eq!(picture_of(entry(&[b" \n"], false)), Picture::None);
        assert_eq!(picture_of(entry(&[], true)), Picture::TooLarge);
    }
}
