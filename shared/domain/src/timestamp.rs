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
    fn it_is_written_as_rfc_3339_in_utc() {
        let json = |ms| serde_json::to_string(&Timestamp::from_ms(ms)).unwrap();
        assert_eq!(json(0), "\"1970-01-01T00:00:00Z\"");
        assert_eq!(json(1_795_340_205_250), "\"2026-11-22T09:36:45.25Z\"");
        assert_eq!(json(i64::MAX), "null");
    }
}
