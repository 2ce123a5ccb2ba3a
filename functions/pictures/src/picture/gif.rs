use std::num::NonZeroU64;

use gif::{ColorOutput, DecodeOptions, Decoder, DecodingError, Frame, MemoryLimit};

use super::orientation::Orientation;
use super::scale::Scaler;
use super::{Picture, Shape, Unreadable, bounds};

impl From<DecodingError> for Unreadable {
    fn from(_: DecodingError) -> Self {
        Self
    }
}

const TRANSPARENT: [u8; 4] = [0; 4];

/// Reads a GIF's first frame, where it stands on the screen.
pub(super) fn read(file: &[u8], shape: Shape) -> Result<(Picture, Orientation), Unreadable> {
    let mut decoder = open(file)?;
    let (width, height) = (decoder.width(), decoder.height());
    bounds::admit(width.into(), height.into(), 0)?;
    let frame = decoder.next_frame_info()?.ok_or(Unreadable)?.clone();
    bounds::admit(frame.width.into(), frame.height.into(), 1)?;
    let mut indices = vec![0; decoder.buffer_size()];
    decoder.read_into_buffer(&mut indices)?;
    let palette = Palette { colours: decoder.palette()?, transparent: frame.transparent };
    let mut scaler = Scaler::new(width.into(), height.into(), shape);
    let mut row = Vec::new();
    for y in 0..usize::from(height) {
        row.clear();
        row.resize(usize::from(width) * 4, 0);
        draw(&frame, &palette, &indices, y, &mut row);
        scaler.push(&row);
    }
    Ok((scaler.finish().ok_or(Unreadable)?, Orientation::default()))
}

fn open(file: &[u8]) -> Result<Decoder<&[u8]>, Unreadable> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    let most = NonZeroU64::new(bounds::MAX_MEMORY as u64).ok_or(Unreadable)?;
    options.set_memory_limit(MemoryLimit::Bytes(most));
    Ok(options.read_info(file)?)
}

/// Draws the frame's part of the screen's row `y`.
fn draw(frame: &Frame<'_>, palette: &Palette<'_>, indices: &[u8], y: usize, row: &mut [u8]) {
    let Some(line) = y.checked_sub(frame.top.into()) else { return };
    let stored = indices.chunks_exact(frame.width.into()).nth(line).unwrap_or_default();
    let pixels = row.chunks_exact_mut(4).skip(frame.left.into());
    for (pixel, index) in pixels.zip(stored) {
        pixel.copy_from_slice(&palette.colour(*index));
    }
}

struct Palette<'a> {
    colours: &'a [u8],
    transparent: Option<u8>,
}

impl Palette<'_> {
    fn colour(&self, index: u8) -> [u8; 4] {
        match self.colours.chunks_exact(3).nth(index.into()) {
            Some(&[red, green, blue]) if self.transparent != Some(index) => {
                [red, green, blue, u8::MAX]
            }
            _ => TRANSPARENT,
        }
    }
}
