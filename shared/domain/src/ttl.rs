use serde::Deserialize;

use crate::Violation;

/// How long a link or token lives: longer than a second, at most 31 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ttl(i64);

/// A lifetime as clients write it: a JSON number of seconds (a fraction is cut off) or a duration
/// such as `"12h"` or `"1h30m"` (units `h`, `m`, `s`, `ms`, `us`, `ns`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum TtlInput {
    /// Seconds.
    Seconds(f64),
    /// A duration with units.
    Text(String),
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const RULE: &str = "must be longer than one second and at most 31 days";

impl Ttl {
    /// A lifetime of so many milliseconds.
    pub const fn milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// A lifetime of so many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes * 60_000)
    }

    /// Reads `input`; nothing or zero gives `default`.
    ///
    /// # Errors
    /// When it is no duration, or too short or too long.
    pub fn parse(input: Option<&TtlInput>, default: Self) -> Result<Self, Violation> {
        let milliseconds = match input {
            None => 0,
            Some(TtlInput::Seconds(seconds)) => whole_seconds_ms(*seconds),
            Some(TtlInput::Text(text)) => duration_ms(text).ok_or(INVALID)?,
        };
        match milliseconds {
            0 => Ok(default),
            1_001.. if milliseconds <= 31 * DAY_MS => Ok(Self(milliseconds)),
            _ => Err(INVALID),
        }
    }

    /// The lifetime in milliseconds.
    pub const fn as_ms(self) -> i64 {
        self.0
    }
}

const INVALID: Violation = Violation::InvalidFormat { rule: RULE };

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and NaN gives 0")]
fn whole_seconds_ms(seconds: f64) -> i64 {
    (seconds.trunc() as i64).saturating_mul(1000)
}

/// A Go duration: an optional sign and one or more decimal numbers, each with its unit.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and the range is checked next"
)]
fn duration_ms(text: &str) -> Option<i64> {
    if text == "0" {
        return Some(0);
    }
    let mut rest = text;
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        let after = &rest[digits..];
        let unit = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        total += number * unit_ms(&after[..unit])?;
        rest = &after[unit..];
    }
    (!text.is_empty()).then_some(total as i64)
}

fn unit_ms(unit: &str) -> Option<f64> {
    Some(match unit {
        "h" => 3_600_000.0,
        "m" => 60_000.0,
        "s" => 1000.0,
        "ms" => 1.0,
        "us" | "µs" => 0.001,
        "ns" => 0.000_001,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Result<i64, Violation> {
        let input: TtlInput = serde_json::from_str(json).unwrap();
        Ttl::parse(Some(&input), Ttl::minutes(15)).map(Ttl::as_ms)
    }

    #[test]
    fn seconds_and_durations_are_read() {
        assert_eq!(parse("3600"), Ok(3_600_000));
        assert_eq!(parse("90.9"), Ok(90_000));
        assert_eq!(parse("\"12h\""), Ok(12 * 3_600_000));
        assert_eq!(parse("\"1h30m\""), Ok(5_400_000));
        assert_eq!(parse("\"1.5h\""), Ok(5_400_000));
        assert_eq!(parse("\"744h\""), Ok(31 * DAY_MS));
    }

    #[test]
    fn nothing_and_zero_give_the_default() {
        assert_eq!(Ttl::parse(None, Ttl::minutes(15)).map(Ttl::as_ms), Ok(900_000));
        assert_eq!(parse("0"), Ok(900_000));
        assert_eq!(parse("\"0\""), Ok(900_000));
        assert_eq!(parse("\"0s\""), Ok(900_000));
    }

    #[test]
    fn anything_out_of_range_or_unreadable_is_refused() {
        for json in [
            "1", "-5", "1e300", "2678401", "\"1s\"", "\"745h\"", "\"\"", "\"soon\"", "\"5\"",
            "\"h\"", "\"-1h\"",
        ] {
            assert_eq!(parse(json), Err(INVALID), "{json}");
        }
    }
}
