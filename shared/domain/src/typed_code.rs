/// A code short enough to type from one screen to another: 40 bits, eight characters of Crockford's
/// base32, shown as `XXXX-XXXX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedCode([u8; BYTES]);

const BYTES: usize = 5;
const CHARACTERS: usize = 8;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Far more than people put between the characters; nobody gets to make us read on.
const LONGEST: usize = 32;

impl TypedCode {
    /// The code of 40 bits.
    pub const fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads what somebody typed: in either case, with `O` for 0, `I` or `L` for 1, with or without
    /// hyphens and spaces.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let typed = text.chars().filter(|c| !matches!(c, '-' | ' '));
        let values = typed.map(value).collect::<Option<Vec<u64>>>()?;
        if values.len() != CHARACTERS {
            return None;
        }
        let bits = values.iter().fold(0, |bits, value| bits << 5 | value);
        let [_, _, _, bytes @ ..] = bits.to_be_bytes();
        Some(Self(bytes))
    }

    /// The 40 bits.
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As people read it.
    pub fn to_text(&self) -> String {
        let bits = self.0.iter().fold(0, |bits: u64, byte| bits << 8 | u64::from(*byte));
        let mut text = String::with_capacity(CHARACTERS + 1);
        for place in 0..CHARACTERS {
            if place == CHARACTERS / 2 {
                text.push('-');
            }
            let index = bits >> (5 * (CHARACTERS - 1 - place)) & 31;
            text.push(char::from(ALPHABET[usize::try_from(index).unwrap_or_default()]));
        }
        text
    }
}

fn value(c: char) -> Option<u64> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|known| char::from(*known) == c)?;
    u64::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: TypedCode = TypedCode([0x12, 0x34, 0x56, 0x78, 0x90]);

    #[test]
    fn the_text_is_pinned_and_read_back() {
        assert_eq!(CODE.to_text(), "28T5-CY4G");
        assert_eq!(TypedCode::parse("28T5-CY4G"), Some(CODE));
        for bytes in [[0; 5], [0xff; 5], [0, 0, 0, 0, 1]] {
            let code = TypedCode::from_bytes(bytes);
            assert_eq!(TypedCode::parse(&code.to_text()), Some(code));
        }
    }

    #[test]
    fn what_people_type_instead_is_the_same() {
        for text in ["28t5cy4g", " 28T5 CY4G ", "2-8-T-5-C-Y-4-G"] {
            assert_eq!(TypedCode::parse(text), Some(CODE), "{text:?}");
        }
        assert_eq!(TypedCode::parse("OoIi-Ll00"), TypedCode::parse("0011-1100"));
    }

    #[test]
    fn anything_else_is_no_code() {
        let long = "-".repeat(40);
        for text in
            ["", "28T5-CY4", "28T5-CY4GG", "28T5-CY4U", "28T5-CY4\u{c4}", "２8T5CY4G", &long]
        {
            assert_eq!(TypedCode::parse(text), None, "{text:?}");
        }
    }
}
