use super::orientation::Orientation;

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// The orientation that EXIF data notes (a TIFF header, then directories); anything that cannot be
/// read is upright, because metadata is no reason to refuse a picture.
pub(super) fn orientation(exif: &[u8]) -> Orientation {
    // WebP files of some cameras repeat JPEG's prefix.
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    find(tiff).map(Orientation::from_tag).unwrap_or_default()
}

fn find(tiff: &[u8]) -> Option<u16> {
    let big_endian = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let tiff = Tiff { bytes: tiff, big_endian };
    let directory = usize::try_from(tiff.long(4)?).ok()?;
    let entries = usize::from(tiff.short(directory)?);
    let entry = |number: usize| directory.checked_add(2 + number * 12);
    let at = (0..entries)
        .map_while(|number| entry(number).filter(|at| tiff.short(*at).is_some()))
        .find(|at| tiff.short(*at) == Some(ORIENTATION) && tiff.short(at + 2) == Some(SHORT))?;
    tiff.short(at + 8)
}

struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl Tiff<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LITTLE: &[u8] = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
    const BIG: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";

    #[test]
    fn both_byte_orders_are_read() {
        for exif in [LITTLE, BIG] {
            assert_eq!(orientation(exif), Orientation::from_tag(6));
        }
    }

    #[test]
    fn data_that_is_cut_off_or_points_outside_is_upright() {
        for length in 0..LITTLE.len() - 2 {
            assert_eq!(orientation(&LITTLE[..length]), Orientation::default(), "{length}");
        }
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff"), Orientation::default());
        assert_eq!(orientation(b"II*\0\x08\0\0\0\xff\xff"), Orientation::default());
    }
}
