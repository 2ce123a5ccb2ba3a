//! Migrations on an SQLite file: the same files as on D1, recorded in the same table, so that a
//! database can move from one to the other.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::failure::{Failure, failure};

/// As wrangler makes it.
const LEDGER: &str = "CREATE TABLE IF NOT EXISTS d1_migrations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)";

/// Applies what is new in `folder`, each file in a transaction of its own, and gives the names.
pub(crate) fn migrate(database: &Path, folder: &Path) -> Result<Vec<String>, Failure> {
    let mut connection = Connection::open(database)?;
    // Readers do not wait for the writer then. It stays with the file.
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.execute_batch(LEDGER)?;
    let mut applied = Vec::new();
    for file in files(folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if apply(&transaction, &file, &name).map_err(|error| failure!("{name}: {error}"))? {
            transaction.commit()?;
            applied.push(name);
        }
    }
    Ok(applied)
}

fn apply(transaction: &Transaction<'_>, file: &Path, name: &str) -> Result<bool, Failure> {
    let known = "SELECT EXISTS (SELECT 1 FROM d1_migrations WHERE name = ?1)";
    if transaction.query_row(known, [name], |row| row.get(0))? {
        return Ok(false);
    }
    transaction.execute_batch(&std::fs::read_to_string(file)?)?;
    transaction.execute("INSERT INTO d1_migrations (name) VALUES (?1)", [name])?;
    Ok(true)
}

/// The SQL files in the order of their numbers.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let named = |error: std::io::Error| failure!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(named)? {
        let path = entry.map_err(named)?.path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/migrations");

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("postern-migrate-{}", std::process::id()));
        let folder = folder.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn each_migration_is_applied_once() {
        let database = scratch("once").join("postern.db");
        let first = migrate(&database, PROJECT.as_ref()).unwrap();
        assert!(first.contains(&"0001_initial.sql".to_owned()));
        assert!(migrate(&database, PROJECT.as_ref()).unwrap().is_empty());
    }

    #[test]
    fn a_migration_that_fails_leaves_nothing_of_itself() {
        let folder = scratch("fails");
        let database = folder.join("postern.db");
        std::fs::write(folder.join("0001_a.sql"), "CREATE TABLE a (x);").unwrap();
        std::fs::write(folder.join("0002_b.sql"), "CREATE TABLE b (x); CREATE TABEL c (x);")
            .unwrap();
        let failure = migrate(&database, &folder).unwrap_err().to_string();
        assert!(failure.starts_with("0002_b.sql"), "{failure}");
        std::fs::write(folder.join("0002_b.sql"), "CREATE TABLE b (x);").unwrap();
        assert_eq!(migrate(&database, &folder).unwrap(), ["0002_b.sql"]);
    }
}
