//! The public settings in the key-value store, so that pages cost no database trip.

use domain::Timestamp;
use http_api::{Call, Fault};
use serde::{Deserialize, Serialize};
use store::configuration::Configuration;

const KEY: &str = "configuration/public";
const MAX_AGE_MS: i64 = 60_000;

#[derive(Serialize, Deserialize)]
struct Snapshot {
    /// When the database said so, in milliseconds since the Unix epoch.
    at: i64,
    settings: Configuration,
}

/// The snapshot, unless there is none, it is more than a minute old, or it cannot be read.
pub(super) async fn read(call: &Call) -> Option<Configuration> {
    let bytes = match call.key_value().get(KEY).await {
        Ok(bytes) => bytes?,
        Err(error) => {
            call.warn(&Fault::KeyValue(error));
            return None;
        }
    };
    open(&bytes, call.now())
}

fn open(bytes: &[u8], now: Timestamp) -> Option<Configuration> {
    let snapshot: Snapshot = serde_json::from_slice(bytes).ok()?;
    let age = now.as_ms() - snapshot.at;
    (0..MAX_AGE_MS).contains(&age).then_some(snapshot.settings)
}

/// Puts what the database says now in the snapshot's place. It may fail: the database has the truth.
pub(super) async fn write(call: &Call, configuration: &Configuration) {
    let snapshot = Snapshot { at: call.now().as_ms(), settings: configuration.public() };
    let Ok(bytes) = serde_json::to_vec(&snapshot) else { return };
    if let Err(error) = call.key_value().put(KEY, &bytes).await {
        call.warn(&Fault::KeyValue(error));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORED: &[u8] = br#"{"at":1000,"settings":{"appName":"Example"}}"#;

    fn is_used(bytes: &[u8], now_ms: i64) -> bool {
        open(bytes, Timestamp::from_ms(now_ms)).is_some()
    }

    #[test]
    fn it_is_used_for_a_minute() {
        assert!(is_used(STORED, 1000) && is_used(STORED, 60_999));
        assert!(!is_used(STORED, 61_000) && !is_used(STORED, 999));
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        for bytes in [&b""[..], b"null", b"{}", b"{\"at\":\"now\"}", &STORED[1..]] {
            assert!(!is_used(bytes, 1000));
        }
    }

    #[test]
    fn the_stored_form_is_pinned() {
        let settings = open(STORED, Timestamp::from_ms(1000)).unwrap();
        assert_eq!(settings.app_name(), "Example");
        let written = serde_json::to_vec(&Snapshot { at: 1000, settings }).unwrap();
        assert_eq!(written, STORED);
    }
}
