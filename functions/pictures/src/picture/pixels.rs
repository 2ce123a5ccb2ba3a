/// A picture in memory: rows of red, green, blue and alpha, not premultiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgba: Vec<u8>,
}

impl Picture {
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.rgba.chunks_exact(self.width as usize * 4)
    }

    /// Whether nothing shines through.
    pub(super) fn is_opaque(&self) -> bool {
        self.rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX)
    }
}

/// How decoders write a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
    Cmyk,
}

impl Layout {
    pub(super) fn bytes_per_pixel(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }

    /// Rewrites a decoder's row in `rgba`.
    pub(super) fn to_rgba(self, row: &[u8], rgba: &mut Vec<u8>) {
        rgba.clear();
        for pixel in row.chunks_exact(self.bytes_per_pixel()) {
            rgba.extend_from_slice(&match (self, pixel) {
                (Self::Grey, &[grey]) => [grey, grey, grey, u8::MAX],
                (Self::GreyAlpha, &[grey, alpha]) => [grey, grey, grey, alpha],
                (Self::Rgb, &[red, green, blue]) => [red, green, blue, u8::MAX],
                (Self::Rgba, &[red, green, blue, alpha]) => [red, green, blue, alpha],
                (Self::Cmyk, &[cyan, magenta, yellow, black]) => {
                    [light(cyan, black), light(magenta, black), light(yellow, black), u8::MAX]
                }
                _ => [0; 4],
            });
        }
    }
}

/// What an ink and black let through.
fn light(ink: u8, black: u8) -> u8 {
    let product = u16::from(u8::MAX - ink) * u16::from(u8::MAX - black);
    u8::try_from(product / 255).unwrap_or(u8::MAX)
}
