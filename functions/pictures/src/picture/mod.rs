//! Pictures as pixels: decoded within bounds, scaled, encoded anew. Bytes in, bytes out: no I/O.
//!
//! Nothing of an uploaded file survives: no metadata, no place, no second payload behind the image.

mod bounds;
mod encode;
mod exif;
mod gif;
mod jpeg;
mod orientation;
mod pixels;
mod png;
mod scale;
#[cfg(test)]
mod tests;
mod webp;

pub(crate) use encode::Unwritable;
pub(crate) use pixels::Picture;
pub(crate) use scale::Shape;

/// The file is no picture of its kind, is cut off, or is too large to unpack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// The kinds of files that are read, told by how they begin: names and declared types are the
/// client's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Png,
    Jpeg,
    Gif,
    WebP,
}

impl Kind {
    pub(crate) fn of(file: &[u8]) -> Option<Self> {
        match file {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }

    /// Reads a file of this kind, upright and in `shape`; of an animation, the first frame.
    pub(crate) fn read(self, file: &[u8], shape: Shape) -> Result<Picture, Unreadable> {
        let (picture, orientation) = match self {
            Self::Png => png::read(file, shape),
            Self::Jpeg => jpeg::read(file, shape),
            Self::Gif => gif::read(file, shape),
            Self::WebP => webp::read(file, shape),
        }?;
        Ok(orientation.upright(picture))
    }
}
