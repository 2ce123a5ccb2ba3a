use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use postern_suite::unique;
use rusqlite::Connection;

use crate::host::Host;

/// Makes users one after the other until the host is gone; gives the names of those it confirmed.
fn make_users(address: &str, cookie: &str) -> Vec<String> {
    let mut confirmed = Vec::new();
    loop {
        let name = format!("killed{}", unique());
        match make_user(address, cookie, &name) {
            Some(201) => confirmed.push(name),
            Some(status) => assert_eq!(status, 201, "{name}"),
            None => return confirmed,
        }
    }
}

/// The status, or nothing if none came back.
fn make_user(address: &str, cookie: &str, name: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).ok()?;
    let body = format!(r#"{{"username":"{name}","email":"{name}@example.com"}}"#);
    let length = body.len();
    write!(
        stream,
        "POST /api/users HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .ok()?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).ok()?;
    reply.split(' ').nth(1)?.parse().ok()
}

#[test]
fn a_host_killed_while_many_write_leaves_nothing_half_written() {
    let mut host = Host::start();
    let mut deployment = host.set_up();
    let cookie = deployment.admin.client.cookie("access_token").expect("a session");
    let cookie = format!("access_token={cookie}");
    let mut confirmed = Vec::new();
    for round in 0..4 {
        let address = host.url.trim_start_matches("http://").to_owned();
        thread::scope(|scope| {
            let writers: Vec<_> =
                (0..12).map(|_| scope.spawn(|| make_users(&address, &cookie))).collect();
            thread::sleep(Duration::from_millis(700 + 130 * round));
            host.kill();
            for writer in writers {
                confirmed.extend(writer.join().expect("every answer was a 201"));
            }
        });
        check(&host, &confirmed);
        host = host.start_again();
        deployment.base_url.clone_from(&host.url);
    }
    let address = host.url.trim_start_matches("http://");
    assert_eq!(make_user(address, &cookie, "afterwards"), Some(201));
}

fn check(host: &Host, confirmed: &[String]) {
    assert!(confirmed.len() > 10, "too few to tell: {}", confirmed.len());
    let database = Connection::open(&host.database).expect("the file opens");
    let count =
        |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a count");
    let whole: String =
        database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
    assert_eq!(whole, "ok");
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let users = count("SELECT count(*) FROM users");
    assert_eq!(count("SELECT value FROM counters WHERE name = 'users'"), users);
    let created = "SELECT count(*) FROM users WHERE (SELECT count(*) FROM audit_entries \
        WHERE user_id = users.id AND event = 'ACCOUNT_CREATED') = 1";
    assert_eq!(count(created), users, "each user has an audit entry");
    assert_eq!(count("SELECT count(*) FROM audit_entries WHERE event = 'ACCOUNT_CREATED'"), users);
    database
        .execute("INSERT INTO user_search (user_search, rank) VALUES ('integrity-check', 1)", [])
        .expect("the search index is that of the table");
    for name in confirmed {
        let found = format!("SELECT count(*) FROM users WHERE username = '{name}'");
        assert_eq!(count(&found), 1, "{name} was confirmed");
    }
}
