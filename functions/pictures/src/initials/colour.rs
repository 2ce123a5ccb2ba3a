use uuid::Uuid;

/// Calm backgrounds on which white is easy to read.
const BACKGROUNDS: [[u8; 3]; 12] = [
    [0x3a, 0x6a, 0xa3],
    [0x2b, 0x75, 0x7a],
    [0x37, 0x78, 0x5a],
    [0x52, 0x76, 0x3a],
    [0x7d, 0x68, 0x2c],
    [0x9c, 0x5a, 0x2e],
    [0xa8, 0x4c, 0x42],
    [0xa1, 0x46, 0x68],
    [0x87, 0x4d, 0x92],
    [0x64, 0x59, 0xa8],
    [0x4a, 0x63, 0x7d],
    [0x7a, 0x5a, 0x4d],
];

/// A user's colour: by the identifier alone, so that it stays when the name changes.
pub(super) fn of(user: Uuid) -> [u8; 3] {
    let number = user.as_u128() % BACKGROUNDS.len() as u128;
    usize::try_from(number).ok().and_then(|i| BACKGROUNDS.get(i)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, relative luminance.
    fn luminance(colour: [u8; 3]) -> f64 {
        let [red, green, blue] = colour.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn white_has_a_contrast_of_at_least_four_and_a_half_on_each() {
        for colour in BACKGROUNDS {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{colour:x?}: {contrast}");
        }
    }
}
