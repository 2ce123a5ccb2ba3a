//! Forms with files: `multipart/form-data`, RFC 7578 over RFC 2046 §5.1.
//!
//! Our own, because the form is in memory anyway and one field of it is asked for: 60 lines instead
//! of the 12 KB that a streaming parser takes of what a Worker transfers.

/// The body is no such form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The boundary that a `Content-Type` names.
pub(crate) fn boundary(content_type: &str) -> Option<&str> {
    let (essence, parameters) = content_type.split_once(';')?;
    if !essence.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters.as_bytes(), "boundary")?;
    (1..=70).contains(&boundary.len()).then(|| std::str::from_utf8(boundary).ok())?
}

/// The content of the first field of this name, if the form has one.
pub(crate) fn field<'a>(
    body: &'a [u8],
    boundary: &str,
    name: &str,
) -> Result<Option<&'a [u8]>, Malformed> {
    let delimiter = format!("\r\n--{boundary}");
    let delimiter = delimiter.as_bytes();
    // The line break before a delimiter belongs to it; before the first there may be none.
    let mut rest = match body.strip_prefix(&delimiter[2..]) {
        Some(rest) => rest,
        None => split(body, delimiter).ok_or(Malformed)?.1,
    };
    while !rest.starts_with(b"--") {
        let (part, next) = split(rest, delimiter).ok_or(Malformed)?;
        let (head, content) = split(part, b"\r\n\r\n").ok_or(Malformed)?;
        if is_named(head, name) {
            return Ok(Some(content));
        }
        rest = next;
    }
    Ok(None)
}

/// What stands before and after the first `separator`.
fn split<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == b'\r')?;
        let (before, found) = bytes.split_at(at);
        match found.strip_prefix(separator) {
            Some(after) => return Some((before, after)),
            None => from = at + 1,
        }
    }
}

/// Whether a part's head says that it is the form's field of this name.
fn is_named(head: &[u8], name: &str) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n');
    let disposition = lines.find_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (header, value) = line.split_at(colon);
        header.trim_ascii().eq_ignore_ascii_case(b"content-disposition").then_some(&value[1..])
    });
    let named = disposition.and_then(|value| {
        let semicolon = value.iter().position(|byte| *byte == b';')?;
        let (kind, parameters) = value.split_at(semicolon);
        kind.trim_ascii().eq_ignore_ascii_case(b"form-data").then_some(&parameters[1..])
    });
    named.and_then(|parameters| parameter(parameters, "name")) == Some(name.as_bytes())
}

/// The value of a parameter. What stands between quotes is one value, whatever it looks like:
/// `filename="; name=file"` names no field.
fn parameter<'a>(parameters: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut rest = parameters;
    while !rest.is_empty() {
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let (key, value) = (rest[..equals].trim_ascii(), rest[equals + 1..].trim_ascii_start());
        let (value, next) = match value.strip_prefix(b"\"") {
            Some(quoted) => (quoted, closing_quote(quoted)?),
            None => (value, value.iter().position(|byte| *byte == b';').unwrap_or(value.len())),
        };
        let (value, after) = value.split_at(next);
        if key.eq_ignore_ascii_case(name.as_bytes()) {
            return Some(value.trim_ascii_end());
        }
        let semicolon = after.iter().position(|byte| *byte == b';')?;
        rest = &after[semicolon + 1..];
    }
    None
}

/// Where a quoted value ends; a quote after a backslash does not end it.
fn closing_quote(value: &[u8]) -> Option<usize> {
    let mut escaped = false;
    value.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &[u8] =
        b"preamble\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
        --b \r\ncontent-type: x\r\nCONTENT-DISPOSITION: Form-Data; filename=\"x\\\"; name=no\"; \
        name=file\r\n\r\n\r\n--\r\n-b\r\r\n\r\n--b--\r\nepilogue";

    #[test]
    fn a_field_is_found_with_all_its_line_breaks() {
        assert_eq!(field(FORM, "b", "a"), Ok(Some(&b"1"[..])));
        assert_eq!(field(FORM, "b", "file"), Ok(Some(&b"\r\n--\r\n-b\r\r\n"[..])));
        assert_eq!(field(b"--b--", "b", "file"), Ok(None));
    }

    #[test]
    fn what_a_file_is_called_names_no_field() {
        assert_eq!(field(FORM, "b", "no"), Ok(None));
        assert_eq!(field(FORM, "b", "no\""), Ok(None));
        let other = b"--b\r\ncontent-disposition: attachment; name=file\r\n\r\nx\r\n--b--";
        assert_eq!(field(other, "b", "file"), Ok(None));
    }

    #[test]
    fn a_form_that_is_cut_off_is_malformed_wherever_it_is_cut() {
        let end = FORM.len() - b"--\r\nepilogue".len();
        for length in 0..end {
            assert_eq!(field(&FORM[..length], "b", "nothing"), Err(Malformed), "{length}");
        }
        assert_eq!(field(FORM, "c", "file"), Err(Malformed));
        assert_eq!(field(b"--b\r\nno head\r\n--b--", "b", "file"), Err(Malformed));
    }

    #[test]
    fn the_boundary_is_read_quoted_or_not() {
        for (content_type, expected) in [
            ("multipart/form-data; boundary=b", Some("b")),
            ("Multipart/Form-Data;charset=utf-8; Boundary=\"a b\"", Some("a b")),
            ("multipart/form-data", None),
            ("multipart/form-data; boundary=", None),
            ("multipart/form-data; boundary=\"", None),
            ("multipart/form-data; x=\"boundary=b\"", None),
            ("multipart/mixed; boundary=b", None),
        ] {
            assert_eq!(boundary(content_type), expected, "{content_type}");
        }
        assert_eq!(boundary(&format!("multipart/form-data; boundary={}", "b".repeat(71))), None);
    }
}
