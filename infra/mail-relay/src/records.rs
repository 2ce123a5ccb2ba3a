use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mail_relay_client::{Answer, Outcome, Stage};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::mail::Mail;

/// What became of each mail, in a SQLite file. It holds identifiers and servers' words, no text and
/// no address: a recipient is there as a SHA-256, to tell one mail from another.
///
/// Each change is on the disk before it counts (`synchronous = FULL`). One process has the file to
/// itself, because two would not know what the other is sending.
#[derive(Clone)]
pub(crate) struct Records(Arc<Mutex<Connection>>);

/// How long a record is kept after its last change. Dispatchers give a mail up after a day.
const KEPT_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What is known of a mail that somebody hands over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// What became of it.
    Settled(Answer),
    /// Nothing, or that it was certainly not taken: it may be sent, and its record says so now.
    Begun,
    /// The same, but an attempt was cut off: perhaps a server has taken it already.
    Uncertain,
    /// Another recipient had a mail of this id.
    Another,
}

/// A record could not be read or written.
#[derive(Debug)]
pub(crate) struct NoRecords(pub(crate) String);

impl From<rusqlite::Error> for NoRecords {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

impl Records {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// When it cannot be had, or another process has it.
    pub(crate) fn open(file: &Path) -> Result<Self, NoRecords> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(Duration::ZERO)?;
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             BEGIN IMMEDIATE;
             CREATE TABLE IF NOT EXISTS messages (
               id TEXT NOT NULL PRIMARY KEY,
               recipient BLOB NOT NULL,
               state TEXT NOT NULL CHECK (state IN ('begun', 'deferred', 'delivered', 'refused')),
               stage TEXT,
               reply TEXT,
               changed_at INTEGER NOT NULL
             ) STRICT, WITHOUT ROWID;
             CREATE INDEX IF NOT EXISTS messages_by_change ON messages (changed_at);
             COMMIT;",
        )?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Says what is known of a mail, and if it may be sent notes that it is being sent, as one act.
    ///
    /// # Errors
    /// When the record cannot be kept. The mail must not be sent then.
    pub(crate) async fn begin(&self, mail: &Mail) -> Result<Known, NoRecords> {
        let (id, recipient) = (mail.id.to_string(), recipient(mail));
        self.run(move |transaction| {
            transaction.execute(
                "DELETE FROM messages WHERE changed_at < unixepoch() - ?1",
                params![KEPT_SECONDS],
            )?;
            let known = look_up(transaction, &id, recipient)?;
            if matches!(known, Known::Begun | Known::Uncertain) {
                transaction.execute(
                    "INSERT INTO messages (id, recipient, state, changed_at)
                     VALUES (?1, ?2, 'begun', unixepoch())
                     ON CONFLICT (id) DO UPDATE SET state = 'begun', changed_at = unixepoch()",
                    params![id, recipient],
                )?;
            }
            Ok(known)
        })
        .await
    }

    /// Notes what became of a mail.
    ///
    /// # Errors
    /// When the record cannot be kept.
    pub(crate) async fn settle(&self, id: Uuid, answer: &Answer) -> Result<(), NoRecords> {
        let fate = match answer.outcome {
            Outcome::Delivered => "delivered",
            Outcome::Refused => "refused",
            Outcome::Deferred | Outcome::Unreachable => "deferred",
            Outcome::Unconfirmed => "begun",
        };
        let (stage, reply) = (answer.stage.as_str(), answer.reply.clone());
        self.run(move |transaction| {
            transaction.execute(
                "UPDATE messages SET state = ?2, stage = ?3, reply = ?4, changed_at = unixepoch()
                 WHERE id = ?1",
                params![id.to_string(), fate, stage, reply],
            )?;
            Ok(())
        })
        .await
    }

    /// Whether records can be kept.
    pub(crate) async fn are_well(&self) -> bool {
        let touch = "UPDATE messages SET changed_at = changed_at WHERE id = ''";
        self.run(move |transaction| Ok(transaction.execute(touch, [])?)).await.is_ok()
    }

    async fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Transaction<'_>) -> Result<T, NoRecords> + Send + 'static,
    ) -> Result<T, NoRecords> {
        let connection = Arc::clone(&self.0);
        let work = move || {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = act(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        let joined = tokio::task::spawn_blocking(work).await;
        joined.unwrap_or_else(|error| Err(NoRecords(error.to_string())))
    }
}

fn recipient(mail: &Mail) -> [u8; 32] {
    Sha256::digest(mail.to.as_str().as_bytes()).into()
}

fn look_up(
    transaction: &Transaction<'_>,
    id: &str,
    recipient: [u8; 32],
) -> Result<Known, NoRecords> {
    let sql = "SELECT recipient, state, stage, coalesce(reply, '') FROM messages WHERE id = ?1";
    let row = transaction.query_row(sql, params![id], |row| {
        let recipient: [u8; 32] = row.get(0)?;
        Ok((recipient, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?, row.get(3)?))
    });
    let Some((noted, fate, stage, reply)) = row.optional()? else { return Ok(Known::Begun) };
    if noted != recipient {
        return Ok(Known::Another);
    }
    let settled = |outcome| {
        let stage = stage.as_deref().and_then(stage_of).unwrap_or(Stage::Message);
        Known::Settled(Answer { outcome, stage, reply })
    };
    Ok(match fate.as_str() {
        "delivered" => settled(Outcome::Delivered),
        "refused" => settled(Outcome::Refused),
        "begun" => Known::Uncertain,
        _ => Known::Begun,
    })
}

fn stage_of(word: &str) -> Option<Stage> {
    let all = [
        Stage::Relay,
        Stage::Connect,
        Stage::Tls,
        Stage::Greeting,
        Stage::Authentication,
        Stage::Sender,
        Stage::Recipient,
        Stage::Message,
    ];
    all.into_iter().find(|stage| stage.as_str() == word)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::address::Address;
    use crate::answer::answer;

    /// Files of records that go with their test.
    struct Kept(PathBuf);

    impl Kept {
        fn new() -> Self {
            static NEXT: AtomicU32 = AtomicU32::new(0);
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let name = format!("postern-records-{}-{number}.db", std::process::id());
            Self(std::env::temp_dir().join(name))
        }

        fn open(&self) -> Result<Records, NoRecords> {
            Records::open(&self.0)
        }
    }

    impl Drop for Kept {
        fn drop(&mut self) {
            for end in ["", "-wal"] {
                let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
            }
        }
    }

    fn mail(id: u128, to: &str) -> Mail {
        let address = |text| Address::parse(text).unwrap();
        let from = address("postern@example.com");
        Mail { id: Uuid::from_u128(id), from, to: address(to), message: String::new() }
    }

    #[tokio::test]
    async fn what_ended_is_known_for_good_and_what_was_cut_off_is_uncertain() {
        let kept = Kept::new();
        let records = kept.open().unwrap();
        let mail = mail(1, "ada@example.com");
        assert_eq!(records.begin(&mail).await.unwrap(), Known::Begun);
        assert_eq!(records.begin(&mail).await.unwrap(), Known::Uncertain);
        let later = answer(Outcome::Deferred, Stage::Recipient, "450 later");
        records.settle(mail.id, &later).await.unwrap();
        assert_eq!(records.begin(&mail).await.unwrap(), Known::Begun);
        let perhaps = answer(Outcome::Unconfirmed, Stage::Message, "closed");
        records.settle(mail.id, &perhaps).await.unwrap();
        assert_eq!(records.begin(&mail).await.unwrap(), Known::Uncertain);
        let taken = answer(Outcome::Delivered, Stage::Message, "250 taken");
        records.settle(mail.id, &taken).await.unwrap();
        drop(records);
        let records = kept.open().unwrap();
        assert_eq!(records.begin(&mail).await.unwrap(), Known::Settled(taken));
    }

    #[tokio::test]
    async fn an_id_belongs_to_one_recipient_whose_address_is_not_kept() {
        let kept = Kept::new();
        let records = kept.open().unwrap();
        assert_eq!(records.begin(&mail(2, "ada@example.com")).await.unwrap(), Known::Begun);
        assert_eq!(records.begin(&mail(2, "eve@example.com")).await.unwrap(), Known::Another);
        drop(records);
        let bytes = std::fs::read(&kept.0).unwrap();
        assert!(!bytes.windows(3).any(|bytes| bytes == b"ada"));
    }

    #[tokio::test]
    async fn one_process_alone_has_the_records() {
        let kept = Kept::new();
        let records = kept.open().unwrap();
        assert!(kept.open().is_err());
        assert!(records.are_well().await);
    }
}
