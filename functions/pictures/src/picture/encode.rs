use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

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
        let rgb = opaque.then(|| over_white(self));
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
        let (width, height) = (side(self.width)?, side(self.height)?);
        let done = encoder.encode(&over_white(self), width, height, ColorType::Rgb);
        done.map(|()| file).map_err(|_| Unwritable)
    }
}

fn over_white(picture: &Picture) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(picture.rgba.len() / 4 * 3);
    for pixel in picture.rgba.chunks_exact(4) {
        let alpha = u16::from(pixel[3]);
        let over = |colour: u8| (u16::from(colour) * alpha + 255 * (255 - alpha)) / 255;
        rgb.extend(pixel[..3].iter().map(|colour| u8::try_from(over(*colour)).unwrap_or(u8::MAX)));
    }
    rgb
}
