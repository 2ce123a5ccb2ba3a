use std::io::Cursor;

use image_webp::{DecodingError, WebPDecoder};

use super::orientation::Orientation;
use super::pixels::Layout;
use super::scale::Scaler;
use super::{Picture, Shape, Unreadable, bounds, exif};

impl From<DecodingError> for Unreadable {
    fn from(_: DecodingError) -> Self {
        Self
    }
}

/// What a byte of lossless data may grow to: a code table of 4 KB takes about 80 bits to describe,
/// and the format allows as many as 300,000 of them.
const TABLES: usize = 400;

/// Reads a WebP; of an animation, the first frame.
pub(super) fn read(file: &[u8], shape: Shape) -> Result<(Picture, Orientation), Unreadable> {
    let mut decoder = WebPDecoder::new(Cursor::new(file))?;
    decoder.set_memory_limit(bounds::MAX_MEMORY);
    let (width, height) = decoder.dimensions();
    admit(file, &decoder)?;
    let layout = if decoder.has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or(Unreadable)?];
    decoder.read_image(&mut pixels)?;
    let exif = decoder.exif_metadata().ok().flatten();
    let mut scaler = Scaler::new(width, height, shape);
    let mut rgba = Vec::new();
    for row in pixels.chunks_exact(width as usize * layout.bytes_per_pixel()) {
        layout.to_rgba(row, &mut rgba);
        scaler.push(&rgba);
    }
    let orientation = exif.as_deref().map(exif::orientation).unwrap_or_default();
    Ok((scaler.finish().ok_or(Unreadable)?, orientation))
}

fn admit(file: &[u8], decoder: &WebPDecoder<Cursor<&[u8]>>) -> Result<(), Unreadable> {
    let (width, height) = decoder.dimensions();
    // An animation's frame, the canvas it goes on and the result; or planes, alpha and the result.
    let bytes_per_pixel = if decoder.is_animated() || decoder.has_alpha() { 12 } else { 8 };
    let lossless = file.windows(4).any(|name| name == b"VP8L" || name == b"ALPH");
    let tables = if lossless { file.len().saturating_mul(TABLES) } else { 0 };
    bounds::admit_with(width, height, bytes_per_pixel, tables)?;
    within(file, width, height)
}

/// Refuses a file with a lossy frame that claims to be larger than the picture: the decoder
/// compares the two only after it has unpacked the frame. Wherever such a frame is found, it
/// follows its chunk's name and size.
fn within(file: &[u8], width: u32, height: u32) -> Result<(), Unreadable> {
    for chunk in file.windows(18).filter(|chunk| chunk.starts_with(b"VP8 ")) {
        let &[.., 0x9d, 0x01, 0x2a, width_low, width_high, height_low, height_high] = chunk else {
            continue;
        };
        let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
        if side(width_low, width_high) > width || side(height_low, height_high) > height {
            return Err(Unreadable);
        }
    }
    Ok(())
}
