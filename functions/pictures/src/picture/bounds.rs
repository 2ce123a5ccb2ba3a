use super::Unreadable;

/// Longest side of a picture.
const MAX_SIDE: u32 = 10_000;

/// Most pixels: bounds the time that unpacking takes.
const MAX_PIXELS: u64 = 40_000_000;

/// Most bytes that unpacking may hold at once: enough for the 12 megapixels that telephones take, in
/// the costliest form, a progressive JPEG. A Worker has 128 MB, of which the upload itself, the
/// result and the runtime need their share.
pub(super) const MAX_MEMORY: usize = 76_000_000;

/// Refuses a picture by what its header claims, before anything is allocated for its pixels.
/// `bytes_per_pixel` is what its decoder will hold at once.
pub(super) fn admit(width: u32, height: u32, bytes_per_pixel: usize) -> Result<(), Unreadable> {
    admit_with(width, height, bytes_per_pixel, 0)
}

/// The same with `further` bytes that do not depend on the dimensions.
pub(super) fn admit_with(
    width: u32,
    height: u32,
    bytes_per_pixel: usize,
    further: usize,
) -> Result<(), Unreadable> {
    let pixels = u64::from(width) * u64::from(height);
    let memory = pixels.saturating_mul(bytes_per_pixel as u64).saturating_add(further as u64);
    let sides = 1..=MAX_SIDE;
    let fits = sides.contains(&width)
        && sides.contains(&height)
        && pixels <= MAX_PIXELS
        && memory <= MAX_MEMORY as u64;
    if fits { Ok(()) } else { Err(Unreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_refused_from_the_limits_on() {
        assert!(admit(10_000, 4_000, 1).is_ok());
        for (width, height, bytes) in [
            (0, 1, 0),
            (1, 0, 0),
            (10_001, 1, 0),
            (1, 10_001, 0),
            (10_000, 4_001, 0),
            (10_000, 4_000, 2),
            (50_000, 50_000, 0),
            (u32::MAX, u32::MAX, 8),
        ] {
            assert_eq!(admit(width, height, bytes), Err(Unreadable), "{width} × {height}");
        }
    }
}
