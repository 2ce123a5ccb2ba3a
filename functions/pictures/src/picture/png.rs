use std::io::Cursor;

use png::{BitDepth, ColorType, DecodeOptions, Decoder, Limits, Reader, Transformations};

use super::orientation::Orientation;
use super::pixels::Layout;
use super::scale::Scaler;
use super::{Picture, Shape, Unreadable, bounds, exif};

impl From<png::DecodingError> for Unreadable {
    fn from(_: png::DecodingError) -> Self {
        Self
    }
}

/// Reads a PNG row by row; only an interlaced one is held whole.
pub(super) fn read(file: &[u8], shape: Shape) -> Result<(Picture, Orientation), Unreadable> {
    let mut reader = open(file)?;
    let layout = match reader.output_color_type() {
        (ColorType::Grayscale, BitDepth::Eight) => Layout::Grey,
        (ColorType::GrayscaleAlpha, BitDepth::Eight) => Layout::GreyAlpha,
        (ColorType::Rgb, BitDepth::Eight) => Layout::Rgb,
        (ColorType::Rgba, BitDepth::Eight) => Layout::Rgba,
        _ => return Err(Unreadable),
    };
    let info = reader.info();
    let (width, height) = info.size();
    let orientation = info.exif_metadata.as_deref().map(exif::orientation).unwrap_or_default();
    let mut scaler = Scaler::new(width, height, shape);
    let mut rgba = Vec::new();
    if info.interlaced {
        let mut pixels = vec![0; reader.output_buffer_size().ok_or(Unreadable)?];
        reader.next_frame(&mut pixels)?;
        for row in pixels.chunks_exact(width as usize * layout.bytes_per_pixel()) {
            layout.to_rgba(row, &mut rgba);
            scaler.push(&rgba);
        }
    } else {
        for _ in 0..height {
            let row = reader.next_row()?.ok_or(Unreadable)?;
            layout.to_rgba(row.data(), &mut rgba);
            scaler.push(&rgba);
        }
    }
    Ok((scaler.finish().ok_or(Unreadable)?, orientation))
}

/// Reads what stands before the pixels. Compressed text and colour profiles, where a small file can
/// hide much, are passed over.
fn open(file: &[u8]) -> Result<Reader<Cursor<&[u8]>>, Unreadable> {
    let mut options = DecodeOptions::default();
    options.set_ignore_text_chunk(true);
    options.set_ignore_iccp_chunk(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(file), options);
    decoder.set_limits(Limits { bytes: bounds::MAX_MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let header = decoder.read_header_info()?;
    let bytes_per_pixel = if header.interlaced { 4 } else { 0 };
    bounds::admit(header.width, header.height, bytes_per_pixel)?;
    Ok(decoder.read_info()?)
}
