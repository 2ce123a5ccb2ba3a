/// A line or a part of a circle, along which a round brush goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stroke {
    /// From one point to another; a dot, if they are one.
    Line { from: (f32, f32), to: (f32, f32) },
    /// Clockwise from one angle to another, in degrees; 0 is right, 90 down.
    Arc { centre: (f32, f32), radius: f32, from: f32, to: f32 },
}

impl Stroke {
    pub(super) const fn line(x1: f32, y1: f32, x2: f32, y2: f32) -> Self {
        Self::Line { from: (x1, y1), to: (x2, y2) }
    }

    pub(super) const fn arc(x: f32, y: f32, radius: f32, from: f32, to: f32) -> Self {
        Self::Arc { centre: (x, y), radius, from, to }
    }

    /// The stroke on a canvas: scaled, then moved.
    pub(super) fn placed(self, x: f32, y: f32, scale: f32) -> Self {
        let place = |point: (f32, f32)| (x + point.0 * scale, y + point.1 * scale);
        match self {
            Self::Line { from, to } => Self::Line { from: place(from), to: place(to) },
            Self::Arc { centre, radius, from, to } => {
                Self::Arc { centre: place(centre), radius: radius * scale, from, to }
            }
        }
    }

    /// Left, top, right and bottom of what the stroke may touch with an infinitely thin brush.
    pub(super) fn extent(self) -> [f32; 4] {
        match self {
            Self::Line { from, to } => {
                [from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)]
            }
            Self::Arc { centre: (x, y), radius, .. } => {
                [x - radius, y - radius, x + radius, y + radius]
            }
        }
    }

    /// How far a point is from the stroke.
    pub(super) fn distance(self, x: f32, y: f32) -> f32 {
        match self {
            Self::Line { from, to } => {
                let (along, point) = ((to.0 - from.0, to.1 - from.1), (x - from.0, y - from.1));
                let length = (along.0 * along.0 + along.1 * along.1).max(f32::MIN_POSITIVE);
                let share = (point.0 * along.0 + point.1 * along.1) / length;
                let share = share.clamp(0.0, 1.0);
                norm(point.0 - share * along.0, point.1 - share * along.1)
            }
            Self::Arc { centre, radius, from, to } => {
                let point = (x - centre.0, y - centre.1);
                let (start, end) = (direction(from), direction(to));
                if to - from >= 360.0 || is_between(point, start, end, to - from) {
                    return (norm(point.0, point.1) - radius).abs();
                }
                let to_end =
                    |end: (f32, f32)| norm(point.0 - end.0 * radius, point.1 - end.1 * radius);
                to_end(start).min(to_end(end))
            }
        }
    }
}

fn norm(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

fn direction(degrees: f32) -> (f32, f32) {
    (sine(degrees + 90.0), sine(degrees))
}

/// The sine of an angle from 0 to 900 degrees, to four digits. The library's brings the reduction
/// of arbitrarily large angles along.
fn sine(degrees: f32) -> f32 {
    let turn = degrees % 360.0;
    let x = (if turn > 180.0 { turn - 360.0 } else { turn }).to_radians();
    let (mut term, mut sum) = (x, x);
    for n in [2.0, 4.0, 6.0, 8.0, 10.0, 12.0] {
        term *= -x * x / (n * (n + 1.0));
        sum += term;
    }
    sum
}

/// Whether a direction lies on the way from `start` clockwise to `end`.
fn is_between(point: (f32, f32), start: (f32, f32), end: (f32, f32), sweep: f32) -> bool {
    let clockwise = |a: (f32, f32), b: (f32, f32)| a.0 * b.1 - a.1 * b.0 >= 0.0;
    if sweep <= 180.0 {
        clockwise(start, point) && clockwise(point, end)
    } else {
        !(clockwise(end, point) && clockwise(point, start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sine_is_good_to_four_digits() {
        for degrees in 0..900_u16 {
            let expected = f32::from(degrees).to_radians().sin();
            assert!((sine(f32::from(degrees)) - expected).abs() < 1e-4, "{degrees}");
        }
    }
}
