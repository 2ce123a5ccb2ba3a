use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::json;

use crate::host::Host;

/// Somebody else's transaction.
fn lock(host: &Host) -> Connection {
    let other = Connection::open(&host.database).expect("the file opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    other
}

#[test]
fn a_locked_database_is_said_to_be_busy_within_seconds_and_works_once_released() {
    let host = Host::start();
    let deployment = host.set_up();
    let client = &deployment.admin.client;
    let body = json!({ "username": "later", "email": "later@example.com" });
    let other = lock(&host);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                let reply = client.post("/api/users", &body).expect(503);
                assert_eq!(reply.code(), "database_busy");
                assert_eq!(reply.header("retry-after"), "1");
            });
            scope.spawn(|| client.get("/api/users").expect(503));
        }
    });
    let waited = start.elapsed();
    assert!((4..12).contains(&waited.as_secs()), "{waited:?}");
    other.execute_batch("ROLLBACK").expect("it was open");
    let _ = client.post("/api/users", &body).expect(201);
}

#[test]
fn a_request_outlasts_a_short_lock() {
    let host = Host::start();
    let deployment = host.set_up();
    let other = lock(&host);
    thread::scope(|scope| {
        let request = scope.spawn(|| deployment.new_user());
        thread::sleep(Duration::from_secs(1));
        other.execute_batch("COMMIT").expect("it was open");
        assert!(request.join().expect("it succeeds")["id"].is_string());
    });
}
