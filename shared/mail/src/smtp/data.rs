/// What ends the text of a mail (RFC 5321 §4.1.1.4).
pub(super) const FINAL_DOT: &[u8] = b".\r\n";

/// A message as it goes over the wire after DATA, without the final dot: every line ends in CRLF,
/// also where a bare CR or LF stood (a server that took one for a line's end could be made to see a
/// second mail in the first), and a dot at a line's beginning is doubled (RFC 5321 §4.5.2).
pub(super) fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(message.len() + message.len() / 32 + 2);
    let mut rest = message;
    while !rest.is_empty() {
        let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let end = rest.iter().position(is_break).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        if line.first() == Some(&b'.') {
            wire.push(b'.');
        }
        wire.extend_from_slice(line);
        wire.extend_from_slice(b"\r\n");
        rest = match after {
            [b'\r', b'\n', rest @ ..] | [_, rest @ ..] => rest,
            [] => after,
        };
    }
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a server makes of it (RFC 5321 §4.5.2): the lines, and that nothing ends it early.
    fn unstuffed(wire: &[u8]) -> Option<Vec<Vec<u8>>> {
        let text = wire.strip_suffix(b"\r\n").or(wire.is_empty().then_some(wire))?;
        if text.is_empty() && wire.is_empty() {
            return Some(Vec::new());
        }
        let mut lines = vec![Vec::new()];
        let mut bytes = text.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match (byte, bytes.peek()) {
                (b'\r', Some(b'\n')) => {
                    bytes.next();
                    lines.push(Vec::new());
                }
                (b'\r' | b'\n', _) => return None,
                _ => lines.last_mut()?.push(byte),
            }
        }
        lines.into_iter().map(unstuffed_line).collect()
    }

    fn unstuffed_line(line: Vec<u8>) -> Option<Vec<u8>> {
        match line.as_slice() {
            [b'.'] => None,
            [b'.', rest @ ..] => Some(rest.to_vec()),
            _ => Some(line),
        }
    }

    fn lines(message: &[u8]) -> Vec<Vec<u8>> {
        let text = String::from_utf8(message.to_vec()).unwrap();
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.strip_suffix('\n').map_or(text.clone(), str::to_owned);
        if message.is_empty() {
            return Vec::new();
        }
        text.split('\n').map(|line| line.as_bytes().to_vec()).collect()
    }

    #[test]
    fn a_server_reads_the_lines_that_were_written_for_every_short_text_of_dots_and_breaks() {
        let letters = [b'.', b'\r', b'\n', b'a'];
        for length in 0..=7_u32 {
            for number in 0..4_usize.pow(length) {
                let letter = |place| letters[number / 4_usize.pow(place) % 4];
                let message: Vec<u8> = (0..length).map(letter).collect();
                let read = unstuffed(&stuffed(&message));
                assert_eq!(read, Some(lines(&message)), "{message:?}");
            }
        }
    }

    #[test]
    fn an_end_of_data_in_any_disguise_stays_text() {
        for smuggled in ["a\r\n.\r\nMAIL", "a\n.\nMAIL", "a\r.\rMAIL", "a\n.\r\nMAIL"] {
            assert_eq!(stuffed(smuggled.as_bytes()), b"a\r\n..\r\nMAIL\r\n", "{smuggled:?}");
        }
    }
}
