use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr};

use super::Picture;

/// A picture could not be written; sizes and buffers are ours, so this is a mistake of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unwritable;

impl Picture {
    /// The picture as PNG, without alpha if it needs none.
    pub(crate) fn to_png(&self) -> Result<Vec<u8>, Unwritable> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        let opaque = self.is_opaque();
        encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let mut writer = encoder.write_header().map_err(|_| Unwritable)?;
        let rgb: Option<Vec<u8>> =
            opaque.then(|| self.rgba.chunks_exact(4).flat_map(on_white).collect());
        let pixels = rgb.as_deref().unwrap_or(&self.rgba);
        writer.write_image_data(pixels).map_err(|_| Unwritable)?;
        writer.finish().map_err(|_| Unwritable)?;
        Ok(file)
    }

    /// The picture as JPEG of this quality (1–100), on white.
    pub(crate) fn to_jpeg(&self, quality: u8) -> Result<Vec<u8>, Unwritable> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        let side = |length: u32| u16::try_from(length).map_err(|_| Unwritable);
        let rows = Rows { picture: self, width: side(self.width)?, height: side(self.height)? };
        encoder.encode_image(rows).map(|()| file).map_err(|_| Unwritable)
    }
}

/// A picture as the JPEG encoder reads it. Its own readers for nine kinds of pixels are 15 KB of
/// what a Worker transfers.
struct Rows<'a> {
    picture: &'a Picture,
    width: u16,
    height: u16,
}

impl ImageBuffer for Rows<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        for pixel in self.picture.rows().nth(y.into()).unwrap_or_default().chunks_exact(4) {
            let [red, green, blue] = on_white(pixel);
            let (luma, blueness, redness) = rgb_to_ycbcr(red, green, blue);
            for (buffer, value) in buffers.iter_mut().zip([luma, blueness, redness]) {
                buffer.push(value);
            }
        }
    }
}

/// A pixel without its alpha, on white.
fn on_white(pixel: &[u8]) -> [u8; 3] {
    let alpha = u16::from(pixel[3]);
    let over = |colour: u8| (u16::from(colour) * alpha + 255 * (255 - alpha)) / 255;
    [0, 1, 2].map(|i| u8::try_from(over(pixel[i])).unwrap_or(u8::MAX))
}
