use png::{BitDepth, ColorType, Compression, Encoder};

use super::strokes::Stroke;

/// Shades from background to letter; as many as four bits tell apart, which is enough for a smooth
/// edge and makes a small file.
const SHADES: usize = 16;

/// A square on which shapes are painted in one colour, with smooth edges.
pub(super) struct Canvas {
    side: u32,
    coverage: Vec<f32>,
}

impl Canvas {
    pub(super) fn new(side: u32) -> Self {
        Self { side, coverage: vec![0.0; (side * side) as usize] }
    }

    /// Paints a stroke with a round brush. A pixel is covered by as much as the brush's edge lies
    /// beyond its middle.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "the canvas is 300 pixels wide"
    )]
    pub(super) fn paint(&mut self, stroke: &Stroke, brush_radius: f32) {
        let [left, top, right, bottom] = stroke.extent();
        let pixel = |at: f32| (at.max(0.0) as u32).min(self.side);
        let reach = brush_radius + 1.0;
        let columns = pixel(left - reach)..pixel(right + reach + 1.0);
        for y in pixel(top - reach)..pixel(bottom + reach + 1.0) {
            for x in columns.clone() {
                let distance = stroke.distance(x as f32 + 0.5, y as f32 + 0.5);
                let covered = (brush_radius - distance + 0.5).clamp(0.0, 1.0);
                if let Some(coverage) = self.coverage.get_mut((y * self.side + x) as usize) {
                    *coverage = coverage.max(covered);
                }
            }
        }
    }

    /// The canvas as a PNG with a palette: white on `background`.
    pub(super) fn to_png(&self, background: [u8; 3]) -> Option<Vec<u8>> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.side, self.side);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Four);
        encoder.set_palette(palette(background));
        encoder.set_compression(Compression::Balanced);
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().ok()?;
        let shades = self.coverage.chunks_exact(2).map(|pair| shade(pair[0]) << 4 | shade(pair[1]));
        writer.write_image_data(&shades.collect::<Vec<u8>>()).ok()?;
        writer.finish().ok()?;
        Some(file)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a coverage lies between 0 and 1"
)]
fn shade(coverage: f32) -> u8 {
    (coverage * (SHADES - 1) as f32 + 0.5) as u8
}

fn palette(background: [u8; 3]) -> Vec<u8> {
    let most = SHADES - 1;
    let mix = |shade: usize, from: u8| (usize::from(from) * (most - shade) + 255 * shade) / most;
    let colours = (0..SHADES).flat_map(|shade| background.map(|from| mix(shade, from)));
    colours.map(|value| u8::try_from(value).unwrap_or(u8::MAX)).collect()
}
