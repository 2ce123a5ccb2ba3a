use serde::{Deserialize, Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A moment: milliseconds since the Unix epoch, as stored. On the wire it is RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment `milliseconds` after the Unix epoch.
    pub const fn from_ms(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment `milliseconds` later.
    #[must_use]
    pub const fn plus_ms(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The moment that RFC 3339 text names, at any offset; what is finer than a millisecond is cut
    /// off.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let nanoseconds = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
        i64::try_from(nanoseconds.div_euclid(1_000_000)).ok().map(Self)
    }

    /// RFC 3339 in UTC; `None` past the year 9999.
    pub fn to_rfc3339(self) -> Option<String> {
        let nanoseconds = i128::from(self.0) * 1_000_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()?.format(&Rfc3339).ok()
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_rfc3339().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_at_any_offset() {
        let ms = |text| Timestamp::from_rfc3339(text).map(Timestamp::as_ms);
        assert_eq!(ms("2026-11-22T09:36:45.25Z"), Some(1_795_340_205_250));
        assert_eq!(ms("2026-11-22T11:36:45.2509+02:00"), Some(1_795_340_205_250));
        assert_eq!(ms("1969-12-31T23:59:59.9999Z"), Some(-1));
        for text in ["", "2026-11-22", "2026-11-22T09:36:45", "2026-13-01T00:00:00Z", "now"] {
            assert_eq!(ms(text), None, "{text:?}");
        }
    }

    #[test]
    fn it_is_written_as_rfc_3339_in_utc() {
        let json = |ms| serde_json::to_string(&Timestamp::from_ms(ms)).unwrap();
        assert_eq!(json(0), "\"1970-01-01T00:00:00Z\"");
        assert_eq!(json(1_795_340_205_250), "\"2026-11-22T09:36:45.25Z\"");
        assert_eq!(json(i64::MAX), "null");
    }
}
