use jpeg_decoder::{CodingProcess, Decoder, Error, ImageInfo, PixelFormat};

use super::orientation::Orientation;
use super::pixels::Layout;
use super::scale::Scaler;
use super::{Picture, Shape, Unreadable, bounds, exif};

impl From<Error> for Unreadable {
    fn from(_: Error) -> Self {
        Self
    }
}

/// Most scans. Encoders make about ten; each runs over the whole picture however short it is, so
/// their number bounds the time.
const MAX_SCANS: usize = 64;

/// Reads a JPEG, shrunk to near its result while it is unpacked.
pub(super) fn read(file: &[u8], shape: Shape) -> Result<(Picture, Orientation), Unreadable> {
    if scans(file) > MAX_SCANS {
        return Err(Unreadable);
    }
    let mut decoder = Decoder::new(file);
    decoder.read_info()?;
    let claimed = decoder.info().ok_or(Unreadable)?;
    let layout = layout(claimed)?;
    admit(claimed, layout)?;
    let (width, height) = shape.useful(claimed.width.into(), claimed.height.into());
    let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(side(width), side(height))?;
    // What is kept of the planes, and the result.
    bounds::admit(width.into(), height.into(), layout.bytes_per_pixel() * 2)?;
    let pixels = decoder.decode()?;
    let orientation = decoder.exif_data().map(exif::orientation).unwrap_or_default();
    let mut scaler = Scaler::new(width.into(), height.into(), shape);
    let mut rgba = Vec::new();
    for row in pixels.chunks_exact(usize::from(width) * layout.bytes_per_pixel()) {
        layout.to_rgba(row, &mut rgba);
        scaler.push(&rgba);
    }
    Ok((scaler.finish().ok_or(Unreadable)?, orientation))
}

fn layout(info: ImageInfo) -> Result<Layout, Unreadable> {
    match info.pixel_format {
        _ if info.coding_process == CodingProcess::Lossless => Err(Unreadable),
        PixelFormat::L8 => Ok(Layout::Grey),
        PixelFormat::RGB24 => Ok(Layout::Rgb),
        PixelFormat::CMYK32 => Ok(Layout::Cmyk),
        PixelFormat::L16 => Err(Unreadable),
    }
}

/// A progressive picture's coefficients, two bytes each, are held until its last scan.
fn admit(info: ImageInfo, layout: Layout) -> Result<(), Unreadable> {
    let coefficients = match info.coding_process {
        CodingProcess::DctProgressive => layout.bytes_per_pixel() * 2,
        CodingProcess::DctSequential | CodingProcess::Lossless => 0,
    };
    bounds::admit(info.width.into(), info.height.into(), coefficients)
}

/// How many scans there are at most: within a scan, 0xFF is followed by 0.
fn scans(file: &[u8]) -> usize {
    file.windows(2).filter(|pair| pair == &[0xff, 0xda]).count()
}
