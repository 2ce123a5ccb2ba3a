//! What a WebAssembly file carries for tools alone.

/// `file`, a module or a component, without the custom sections of its outermost level: names and which
/// tools made it (WebAssembly core specification §5.5.3; components are laid out alike). `None`: it is
/// no WebAssembly.
pub(super) fn stripped(file: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    let mut kept = file.get(..HEADER).filter(|it| it.starts_with(b"\0asm"))?.to_vec();
    let mut rest = &file[HEADER..];
    while let Some((id, after)) = rest.split_first() {
        let (size, digits) = length(after)?;
        let section = rest.get(..1 + digits + size)?;
        if *id != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = &rest[section.len()..];
    }
    Some(kept)
}

/// An unsigned LEB128 number of 32 bits, and how many bytes it takes (§5.2.2).
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut number = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\0asm\x0d\0\x01\0";

    #[test]
    fn custom_sections_go_and_others_stay() {
        let long = [&[1, 0x80, 1][..], &[7; 128]].concat();
        let file = [HEADER, &[0, 3, 1, b'n', 9], &long, &[0, 2, 1, b'p'], &[2, 1, 5]].concat();
        assert_eq!(stripped(&file), Some([HEADER, &long, &[2, 1, 5]].concat()));
    }

    #[test]
    fn what_is_cut_off_or_something_else_is_told() {
        for file in
            [&b"\0as"[..], b"MZ012345", b"\0asm\x0d\0\x01\0\x01", b"\0asm\x0d\0\x01\0\x01\x05\0"]
        {
            assert_eq!(stripped(file), None, "{file:?}");
        }
    }
}
