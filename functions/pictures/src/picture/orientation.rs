use super::Picture;

/// How a stored picture is turned to stand upright: EXIF's tag 0x0112, first mirrored left to right
/// if so, then turned clockwise by quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Orientation {
    mirrored: bool,
    quarters: u8,
}

impl Orientation {
    /// By the tag's value; whatever it does not define is upright.
    pub(super) fn from_tag(value: u16) -> Self {
        let (mirrored, quarters) = match value {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        Self { mirrored, quarters }
    }

    /// The picture as it is meant to be seen.
    pub(super) fn upright(self, picture: Picture) -> Picture {
        if self == Self::default() {
            return picture;
        }
        let (width, height) = match self.quarters % 2 {
            0 => (picture.width, picture.height),
            _ => (picture.height, picture.width),
        };
        let mut rgba = Vec::with_capacity(picture.rgba.len());
        for y in 0..height {
            for x in 0..width {
                let at = self.source(x, y, &picture) * 4;
                rgba.extend_from_slice(picture.rgba.get(at..at + 4).unwrap_or(&[0; 4]));
            }
        }
        Picture { width, height, rgba }
    }

    /// Where the upright pixel at `x`, `y` is stored.
    fn source(self, x: u32, y: u32, stored: &Picture) -> usize {
        let (right, bottom) = (stored.width - 1, stored.height - 1);
        let (x, y) = match self.quarters {
            0 => (x, y),
            1 => (y, bottom - x),
            2 => (right - x, bottom - y),
            _ => (right - y, x),
        };
        let x = if self.mirrored { right - x } else { x };
        (y * stored.width + x) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letter "F" as each of the eight values stores it, one byte a pixel.
    const STORED: [&[&str]; 8] = [
        &["##", "#.", "##", "#."],
        &["##", ".#", "##", ".#"],
        &[".#", "##", ".#", "##"],
        &["#.", "##", "#.", "##"],
        &["####", "#.#."],
        &["#.#.", "####"],
        &[".#.#", "####"],
        &["####", ".#.#"],
    ];

    fn picture(rows: &[&str]) -> Picture {
        let bytes = rows.iter().flat_map(|row| row.bytes());
        let rgba = bytes.flat_map(|byte| [byte, byte, byte, 255]).collect();
        let side = |length: usize| u32::try_from(length).unwrap();
        Picture { width: side(rows[0].len()), height: side(rows.len()), rgba }
    }

    #[test]
    fn each_of_the_eight_ways_comes_out_upright() {
        for (value, stored) in (1..).zip(STORED) {
            let upright = Orientation::from_tag(value).upright(picture(stored));
            assert_eq!(upright, picture(STORED[0]), "{value}");
        }
    }

    #[test]
    fn values_that_mean_nothing_leave_the_picture_as_it_is() {
        for value in [0, 9, u16::MAX] {
            assert_eq!(Orientation::from_tag(value), Orientation::default());
        }
    }
}
