use crate::Violation;

/// How many people may sign up with one token: 1–100, or up to 10,000 where whoever makes it says
/// that so many are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageLimit(u32);

const MOST: i64 = 100;
const MOST_WHEN_LARGE: i64 = 10_000;

impl UsageLimit {
    /// Checks `limit`; `large` is what whoever makes the token says.
    ///
    /// # Errors
    /// When it is missing or out of range.
    pub fn parse(limit: Option<i64>, large: bool) -> Result<Self, Violation> {
        let (most, rule) = if large {
            (MOST_WHEN_LARGE, "must be between 1 and 10000")
        } else {
            (MOST, "must be between 1 and 100")
        };
        let limit = limit.ok_or(Violation::Required)?;
        let within = u32::try_from(limit).ok().filter(|_| (1..=most).contains(&limit));
        within.map(Self).ok_or(Violation::InvalidFormat { rule })
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_is_the_limit_unless_more_are_meant() {
        let parse = |limit, large| UsageLimit::parse(Some(limit), large).map(UsageLimit::get);
        for limit in [1, 100] {
            assert_eq!(parse(limit, false).map(i64::from), Ok(limit));
        }
        for limit in [101, 10_000] {
            assert!(parse(limit, false).is_err());
            assert_eq!(parse(limit, true).map(i64::from), Ok(limit));
        }
        for limit in [i64::MIN, -1, 0, 10_001, 4_294_967_297, i64::MAX] {
            assert!(parse(limit, false).is_err() && parse(limit, true).is_err(), "{limit}");
        }
        assert_eq!(UsageLimit::parse(None, true), Err(Violation::Required));
    }
}
