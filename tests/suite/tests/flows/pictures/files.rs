//! Files of every kind, made by encoders.

use gif::{Encoder as Gif, Frame};
use image_webp::{ColorType as WebPColour, WebPEncoder};
use jpeg_encoder::{ColorType as JpegColour, Encoder as Jpeg};

/// Rows of red, green and blue.
pub(crate) struct Pixels {
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) rgb: Vec<u8>,
}

/// Left half red, right half blue.
pub(crate) fn halves(width: u16, height: u16) -> Pixels {
    let row = (0..width).flat_map(|x| if x < width / 2 { super::RED } else { super::BLUE });
    let rgb = row.collect::<Vec<_>>().repeat(height.into());
    Pixels { width, height, rgb }
}

pub(crate) fn png(pixels: &Pixels) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width.into(), pixels.height.into());
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels.rgb).expect("pixels");
    writer.finish().expect("an end");
    file
}

pub(crate) fn jpeg(pixels: &Pixels) -> Vec<u8> {
    jpeg_with_orientation(pixels, 1)
}

pub(crate) fn jpeg_with_orientation(pixels: &Pixels, orientation: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Jpeg::new(&mut file, 90);
    let exif = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0][..]];
    encoder.add_exif_metadata(&exif.concat()).expect("metadata");
    encoder.encode(&pixels.rgb, pixels.width, pixels.height, JpegColour::Rgb).expect("a JPEG");
    file
}

/// An animation whose second frame is white.
pub(crate) fn gif(pixels: &Pixels) -> Vec<u8> {
    let (width, height) = (pixels.width, pixels.height);
    let palette = [super::RED, super::BLUE, [255; 3]].concat();
    let mut file = Vec::new();
    let mut encoder = Gif::new(&mut file, width, height, &palette).expect("a header");
    let red = |pixel: &[u8]| u8::from(pixel == super::BLUE);
    let first: Vec<u8> = pixels.rgb.chunks_exact(3).map(red).collect();
    let second = vec![2; first.len()];
    for indices in [first, second] {
        let frame = Frame::from_indexed_pixels(width, height, indices, None);
        encoder.write_frame(&frame).expect("a frame");
    }
    drop(encoder);
    file
}

pub(crate) fn webp(pixels: &Pixels) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = WebPEncoder::new(&mut file);
    let (width, height) = (pixels.width.into(), pixels.height.into());
    encoder.encode(&pixels.rgb, width, height, WebPColour::Rgb8).expect("a WebP");
    file
}

pub(crate) fn every_kind(pixels: &Pixels) -> [(&'static str, Vec<u8>); 4] {
    [("PNG", png(pixels)), ("JPEG", jpeg(pixels)), ("GIF", gif(pixels)), ("WebP", webp(pixels))]
}

/// A form with one file, as browsers send it; its boundary is `frontier`.
pub(crate) fn form(field: &str, file: &[u8]) -> Vec<u8> {
    let head = format!(
        "--frontier\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--frontier\r\n\
         Content-Disposition: form-data; name=\"{field}\"; filename=\"../x.svg\"\r\n\
         Content-Type: text/html\r\n\r\n"
    );
    [head.as_bytes(), file, b"\r\n--frontier--\r\n"].concat()
}

/// Width and height that a PNG or a JPEG of ours claims.
pub(crate) fn size(file: &[u8]) -> (u32, u32) {
    assert!(file.starts_with(b"\x89PNG"), "a PNG");
    let side = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().expect("four bytes"));
    (side(16), side(20))
}

pub(crate) fn colour_at(file: &[u8], x: usize, y: usize) -> [u8; 3] {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    let at = y * info.line_size + x * info.color_type.samples();
    pixels[at..at + 3].try_into().expect("a colour")
}

pub(crate) fn is_alike(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) < 25)
}
