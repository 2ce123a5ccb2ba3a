use std::collections::VecDeque;

use super::Picture;

/// What a picture is brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A square of this side, cut from the middle; smaller pictures are enlarged.
    Square(u32),
    /// At most this long on the longer side, never enlarged.
    Within(u32),
}

impl Shape {
    /// How many pixels of a decoder's picture are of use: a decoder that can shrink while it
    /// unpacks should not go below.
    pub(super) fn useful(self, width: u32, height: u32) -> (u32, u32) {
        let (side, of) = match self {
            Self::Square(side) => (side, width.min(height)),
            Self::Within(side) => (side, width.max(height)),
        };
        // Twice as many, so that the filter has something to choose from.
        let useful = |length: u32| (u64::from(length) * u64::from(side) * 2).div_ceil(of.into());
        let clamp = |length: u64| u32::try_from(length).unwrap_or(u32::MAX);
        (clamp(useful(width)).min(width), clamp(useful(height)).min(height))
    }
}

impl Picture {
    /// The picture at most so long on the longer side.
    pub(crate) fn within(self, side: u32) -> Self {
        if self.width.max(self.height) <= side {
            return self;
        }
        let mut scaler = Scaler::new(self.width, self.height, Shape::Within(side));
        self.rows().for_each(|row| scaler.push(row));
        scaler.finish().unwrap_or(self)
    }
}

/// Takes a picture row by row, from the top, and holds only what its result needs: a picture of 40
/// megapixels passes through a few rows of memory.
///
/// A triangle filter as wide as the reduction, over premultiplied colours, so that what is
/// transparent has no colour of its own.
pub(super) struct Scaler {
    columns: Vec<Taps>,
    rows: Vec<Taps>,
    next_row: usize,
    finished: usize,
    open: VecDeque<Vec<f32>>,
    rgba: Vec<u8>,
}

impl Scaler {
    /// For a source of these dimensions, neither of them 0.
    pub(super) fn new(width: u32, height: u32, shape: Shape) -> Self {
        let (columns, rows) = match shape {
            Shape::Square(side) => {
                let cut = width.min(height);
                (taps((width - cut) / 2, cut, side), taps((height - cut) / 2, cut, side))
            }
            Shape::Within(side) => {
                let longer = width.max(height);
                let fit = |length: u32| match u64::from(length) * u64::from(side) {
                    _ if longer <= side => length,
                    product => u32::try_from(product / u64::from(longer)).unwrap_or(side).max(1),
                };
                (taps(0, width, fit(width)), taps(0, height, fit(height)))
            }
        };
        let rgba = Vec::with_capacity(columns.len() * rows.len() * 4);
        Self { columns, rows, next_row: 0, finished: 0, open: VecDeque::new(), rgba }
    }

    /// Takes the next row, of as many pixels as the source is wide.
    pub(super) fn push(&mut self, rgba: &[u8]) {
        let at = self.next_row;
        self.next_row += 1;
        let waiting = self.rows.get(self.finished..).unwrap_or_default();
        let reached = waiting.iter().take_while(|taps| taps.first <= at).count();
        if reached == 0 {
            return;
        }
        let row = self.narrow(rgba);
        for number in 0..reached {
            if self.open.len() == number {
                self.open.push_back(vec![0.0; row.len()]);
            }
            let weight = self.rows.get(self.finished + number).map_or(0.0, |taps| taps.weight(at));
            if let Some(sum) = self.open.get_mut(number).filter(|_| weight > 0.0) {
                sum.iter_mut().zip(&row).for_each(|(sum, value)| *sum += weight * value);
            }
        }
        while self.rows.get(self.finished).is_some_and(|taps| taps.last() <= at) {
            let Some(row) = self.open.pop_front() else { break };
            row.chunks_exact(4).for_each(|pixel| self.rgba.extend(straight(pixel)));
            self.finished += 1;
        }
    }

    /// The result, if every row came.
    pub(super) fn finish(self) -> Option<Picture> {
        let side = |taps: &[Taps]| u32::try_from(taps.len()).ok();
        let (width, height) = (side(&self.columns)?, side(&self.rows)?);
        (self.finished == self.rows.len()).then_some(Picture { width, height, rgba: self.rgba })
    }

    /// A row as wide as the result, premultiplied.
    fn narrow(&self, rgba: &[u8]) -> Vec<f32> {
        let mut row = Vec::with_capacity(self.columns.len() * 4);
        for taps in &self.columns {
            let mut sum = [0.0; 4];
            let pixels = rgba.chunks_exact(4).skip(taps.first);
            for (weight, pixel) in taps.weights.iter().zip(pixels) {
                let [red, green, blue, alpha] = [0, 1, 2, 3].map(|i| f32::from(pixel[i]));
                let share = weight * alpha;
                sum[0] += share * red;
                sum[1] += share * green;
                sum[2] += share * blue;
                sum[3] += share;
            }
            row.extend(sum);
        }
        row
    }
}

/// Which source pixels make one of the result, and how much each counts. The weights sum to 1.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

impl Taps {
    fn last(&self) -> usize {
        self.first + self.weights.len() - 1
    }

    fn weight(&self, at: usize) -> f32 {
        at.checked_sub(self.first).and_then(|i| self.weights.get(i)).copied().unwrap_or(0.0)
    }
}

/// The taps that bring `length` pixels from `start` on to `target`.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides are at most 10,000"
)]
fn taps(start: u32, length: u32, target: u32) -> Vec<Taps> {
    let ratio = length as f32 / target as f32;
    let reach = ratio.max(1.0);
    (0..target)
        .map(|number| {
            let middle = (number as f32 + 0.5) * ratio;
            let first = (middle - reach).max(0.0) as u32;
            let end = ((middle + reach).ceil() as u32).clamp(first + 1, length);
            let weight = |at: u32| 1.0 - (at as f32 + 0.5 - middle).abs() / reach;
            let weights: Vec<f32> = (first..end).map(|at| weight(at).max(0.0)).collect();
            let sum: f32 = weights.iter().sum();
            let weights = weights.iter().map(|weight| weight / sum).collect();
            Taps { first: (start + first) as usize, weights }
        })
        .collect()
}

/// A premultiplied sum as a pixel.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast to u8 saturates, which is what is wanted"
)]
fn straight(sum: &[f32]) -> [u8; 4] {
    let alpha = sum[3];
    if alpha < 0.5 {
        return [0; 4];
    }
    [sum[0] / alpha, sum[1] / alpha, sum[2] / alpha, alpha].map(|value| (value + 0.5) as u8)
}
