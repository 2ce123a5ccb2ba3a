//! 10,000 mails through a dispatcher that is killed again and again, to a mail server directly or by the
//! relay. `cargo xtask bench mail [--relay]` runs it.
//!
//! The outbox lies in a file, so that it outlives the process that serves it; that process is this
//! program again (`mail serve FILE AHEAD [RELAY]`), and SIGKILL ends it at random moments. Each next one has
//! its clock put forward past the claims of the dead, so that it takes up at once what they had.

#![expect(clippy::expect_used, reason = "a tool of the tests that cannot go on must fail loudly")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use platform::Entropy as _;
use platform::native::{NativeDatabase, SystemEntropy};
use postern_suite::mail_relay::MailRelay;
use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::{Client, MovableClock, NativeServer, SCHEDULE_KEY, migrate};

const MAILS: u32 = 10_000;

/// Longer than a claim lasts.
const AHEAD_SECONDS: i64 = 121;

/// How many processes are killed. Any more, and the clock would come to the day after which mails are
/// given up.
const KILLS: u32 = 300;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match &words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", file, ahead, relay @ ..] => {
            serve(Path::new(file), ahead.parse().expect("seconds"), relay.first().copied());
            ExitCode::SUCCESS
        }
        [] => bench(MAILS, false),
        ["--relay"] => bench(MAILS, true),
        ["--relay", mails] => bench(mails.parse().expect("how many mails"), true),
        [mails] => bench(mails.parse().expect("how many mails"), false),
        _ => {
            eprintln!("mail [--relay] [HOW MANY]");
            ExitCode::FAILURE
        }
    }
}

/// Dispatches until nothing is left, or something kills it.
fn serve(file: &Path, ahead: i64, relay: Option<&str>) {
    let clock = Arc::new(MovableClock::default());
    clock.forward_seconds(ahead);
    let database = Arc::new(NativeDatabase::open(file).expect("the database opens"));
    let server = match relay {
        Some(url) => NativeServer::start_relayed(database, clock, url),
        None => NativeServer::start_at(database, "off", clock),
    };
    let bearer = format!("Bearer {SCHEDULE_KEY}");
    let client = Client::new(&server.base_url, "10.0.0.1").with_header("authorization", &bearer);
    loop {
        let tally = client.post_empty("/api/scheduled/email").expect(200).json;
        if tally["sent"] == 0 && tally["postponed"] == 0 {
            println!("empty");
            return;
        }
    }
}

fn bench(mails: u32, by_relay: bool) -> ExitCode {
    let server = MailServer::start(Behaviour::Obliging);
    let relay = by_relay.then(|| MailRelay::beside(server.port, &[]));
    let relay = relay.as_ref().map(|relay| relay.url.as_str());
    let file = std::env::temp_dir().join(format!("postern-mail-{}.db", std::process::id()));
    fill(&file, &server, mails);
    let mut kills = 0;
    let mut ahead = 0;
    while kills < KILLS {
        let mut child = start(&file, ahead, relay);
        std::thread::sleep(Duration::from_millis(60 + u64::from(chance()) % 500));
        if is_over(&mut child) {
            break;
        }
        child.kill().expect("it can be killed");
        let _ = child.wait();
        kills += 1;
        ahead += AHEAD_SECONDS;
    }
    let mut last = start(&file, ahead, relay);
    let output = last.stdout.take().expect("its output");
    let ended = BufReader::new(output).lines().any(|line| line.is_ok_and(|line| line == "empty"));
    let _ = last.wait();
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    report(&server, mails, kills, ended)
}

fn fill(file: &Path, server: &MailServer, mails: u32) {
    let database = NativeDatabase::open(file).expect("the database opens");
    migrate(&database);
    let sql = format!(
        "PRAGMA journal_mode = WAL; \
         INSERT INTO configuration (key, value) VALUES ('smtpHost', 'localhost'), \
           ('smtpPort', '{}'), ('smtpFrom', 'postern@example.com'); \
         INSERT INTO users (id, username, email, email_key, created_at, updated_at) VALUES \
           ('00000000-0000-4000-8000-000000000001', 'ada', 'ada@example.com', 'ada@example.com', 1, 1); \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {mails}) \
         INSERT INTO outbox (id, kind, user_id, to_address, to_name, data, created_at, due_at) \
           SELECT printf('00000000-0000-4000-a000-%012d', i), 'newSignIn', \
             '00000000-0000-4000-8000-000000000001', 'ada@example.com', 'Ada', '{{}}', \
             unixepoch() * 1000, i FROM n",
        server.port
    );
    database.migrate(&sql).expect("the outbox is filled");
}

fn start(file: &Path, ahead: i64, relay: Option<&str>) -> Child {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.arg("serve").arg(file).arg(ahead.to_string()).args(relay);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts")
}

fn is_over(child: &mut Child) -> bool {
    matches!(child.try_wait(), Ok(Some(_)))
}

fn chance() -> u16 {
    let mut bytes = [0; 2];
    SystemEntropy.fill(&mut bytes).expect("random bytes");
    u16::from_le_bytes(bytes)
}

fn report(server: &MailServer, mails: u32, kills: u32, ended: bool) -> ExitCode {
    let copies = server.copies();
    let delivered = copies.len();
    let doubled = copies.values().filter(|copies| **copies > 1).count();
    let lost = (mails as usize).saturating_sub(delivered);
    println!("{mails} mails, {kills} dispatchers killed, the outbox was emptied: {ended}");
    println!("delivered {delivered}, lost {lost}, transmitted more than once {doubled}");
    if lost > 0 || !ended { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
