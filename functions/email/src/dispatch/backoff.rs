use domain::Timestamp;

/// The wait after the first attempt; it doubles with each.
const FIRST_MS: i64 = 30_000;

/// Half an hour more than this at most, by chance.
const LONGEST_MS: i64 = 60 * 60_000;

/// When a mail is due again that has been tried `attempts` times: 30 s after the first, twice as long
/// after each further one, at most an hour; and up to half as long again, by `chance`, so that mails
/// that failed together do not come back together.
pub(super) fn next_attempt(now: Timestamp, attempts: u32, chance: u16) -> Timestamp {
    let doublings = attempts.saturating_sub(1).min(16);
    let wait = (FIRST_MS << doublings).min(LONGEST_MS);
    now.plus_ms(wait + wait * i64::from(chance) / (2 * i64::from(u16::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_half_of_each_is_chance() {
        let wait =
            |attempts, chance| next_attempt(Timestamp::from_ms(0), attempts, chance).as_ms() / 1000;
        let shortest: Vec<_> = (1..10).map(|attempts| wait(attempts, 0)).collect();
        assert_eq!(shortest, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!((wait(1, u16::MAX), wait(1000, u16::MAX)), (45, 5400));
    }
}
