use domain::{Timestamp, Ttl};
use time::OffsetDateTime;

use super::en;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// "22 November 2026, 09:36 UTC".
pub(super) fn moment(at: Timestamp) -> String {
    let Ok(time) = OffsetDateTime::from_unix_timestamp(at.as_seconds()) else {
        return en::NO_MOMENT.to_owned();
    };
    format!("{}, {:02}:{:02} UTC", day(at), time.hour(), time.minute())
}

/// "22 November 2026".
pub(super) fn day(at: Timestamp) -> String {
    let Ok(time) = OffsetDateTime::from_unix_timestamp(at.as_seconds()) else {
        return en::NO_MOMENT.to_owned();
    };
    let month = en::MONTHS[usize::from(u8::from(time.month())) - 1];
    format!("{} {month} {}", time.day(), time.year())
}

/// "15 minutes", "36 hours", "1 day": the largest unit of which there are two, or one and nothing
/// more; never more than it is.
pub(super) fn lifetime(lives: Ttl) -> String {
    let units = [(DAY_MS, en::DAYS), (HOUR_MS, en::HOURS), (MINUTE_MS, en::MINUTES)];
    let fits = |unit: i64| lives.as_ms() >= 2 * unit || lives.as_ms() == unit;
    let found = units.into_iter().find(|(unit, _)| fits(*unit));
    let (unit, names) = found.unwrap_or((1000, en::SECONDS));
    let count = lives.as_ms() / unit;
    format!("{count} {}", if count == 1 { names.0 } else { names.1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_spelled_out_in_utc() {
        let at = Timestamp::from_rfc3339("2026-11-22T09:06:45.25Z").unwrap();
        assert_eq!(moment(at), "22 November 2026, 09:06 UTC");
        assert_eq!(day(Timestamp::from_ms(0)), "1 January 1970");
        assert_eq!(moment(Timestamp::from_ms(i64::MAX)), en::NO_MOMENT);
    }

    #[test]
    fn lifetimes_are_whole_and_never_more_than_they_are() {
        let minutes = |minutes| lifetime(Ttl::minutes(minutes));
        assert_eq!(minutes(15), "15 minutes");
        assert_eq!(minutes(1), "1 minute");
        assert_eq!(minutes(60), "1 hour");
        assert_eq!(minutes(90), "90 minutes");
        assert_eq!(minutes(24 * 60), "1 day");
        assert_eq!(minutes(36 * 60), "36 hours");
        assert_eq!(minutes(31 * 24 * 60), "31 days");
        let input = domain::TtlInput::Seconds(119.0);
        let odd = Ttl::parse(Some(&input), Ttl::minutes(1)).unwrap();
        assert_eq!(lifetime(odd), "119 seconds");
        assert_eq!(lifetime(Ttl::milliseconds(45_000)), "45 seconds");
        assert_eq!(lifetime(Ttl::milliseconds(24 * HOUR_MS - 7)), "23 hours");
        assert_eq!(lifetime(Ttl::milliseconds(15 * MINUTE_MS + 1)), "15 minutes");
    }
}
