//! What everybody may see, in the key-value store, so that pages cost no database trip.

use domain::Timestamp;
use http_api::{Call, Fault};
use serde::{Deserialize, Serialize};
use store::configuration::{Configuration, SNAPSHOT};
use store::pictures::Images;

const MAX_AGE_MS: i64 = 60_000;

/// What everybody may see.
#[derive(Serialize, Deserialize)]
pub(super) struct Snapshot {
    /// When the database said so, in milliseconds since the Unix epoch.
    at: i64,
    pub(super) settings: Configuration,
    pub(super) images: Images,
}

impl Snapshot {
    /// What the database says now.
    pub(super) fn new(call: &Call, configuration: &Configuration, images: Images) -> Self {
        Self { at: call.now().as_ms(), settings: configuration.public(), images }
    }
}

/// The snapshot, unless there is none, it is more than a minute old, or it cannot be read.
pub(super) async fn read(call: &Call) -> Option<Snapshot> {
    let bytes = match call.key_value().get(SNAPSHOT).await {
        Ok(bytes) => bytes?,
        Err(error) => {
            call.warn(&Fault::KeyValue(error));
            return None;
        }
    };
    open(&bytes, call.now())
}

fn open(bytes: &[u8], now: Timestamp) -> Option<Snapshot> {
    let snapshot: Snapshot = serde_json::from_slice(bytes).ok()?;
    let age = now.as_ms() - snapshot.at;
    (0..MAX_AGE_MS).contains(&age).then_some(snapshot)
}

/// Puts a newer one in the snapshot's place. It may fail: the database has the truth.
pub(super) async fn write(call: &Call, snapshot: &Snapshot) {
    let Ok(bytes) = serde_json::to_vec(snapshot) else { return };
    if let Err(error) = call.key_value().put(SNAPSHOT, &bytes).await {
        call.warn(&Fault::KeyValue(error));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORED: &[u8] =
        br#"{"at":1000,"settings":{"appName":"Example"},"images":{"favicon":"0a"}}"#;

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
        for bytes in [&b""[..], b"null", b"{\"at\":1000,\"settings\":{}}", &STORED[1..]] {
            assert!(!is_used(bytes, 1000));
        }
    }

    #[test]
    fn the_stored_form_is_pinned() {
        let snapshot = open(STORED, Timestamp::from_ms(1000)).unwrap();
        assert_eq!(snapshot.settings.app_name(), "Example");
        assert_eq!(snapshot.images["favicon"], "0a");
        assert_eq!(serde_json::to_vec(&snapshot).unwrap(), STORED);
    }
}
