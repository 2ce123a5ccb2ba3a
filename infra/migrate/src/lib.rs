//! Migrations on an SQLite file: the same files as on D1, recorded in the same table, so that a
//! database can move from one to the other.
//!
//! **In scope**: applying them, and a script for those who cannot reach the file.
//!
//! **Not in scope**: D1, where wrangler applies them; going back.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// Readers do not wait for the writer then. It stays with the file.
const MODE: &str = "PRAGMA journal_mode = wal";

/// As wrangler makes it.
const LEDGER: &str = "CREATE TABLE IF NOT EXISTS d1_migrations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)";

/// Why a migration could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A file or the folder cannot be read.
    #[error("{0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The database cannot be opened or prepared.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// A migration failed; nothing of it is left, what came before it stays.
    #[error("{0}: {1}")]
    Refused(String, rusqlite::Error),
}

/// A migration by its file's name, and what it does.
struct Migration {
    name: String,
    sql: String,
}

/// Applies what is new in `folder`, each file in a transaction of its own, and gives the names.
///
/// # Errors
/// When a file cannot be read or applied.
pub fn migrate(database: &Path, folder: &Path) -> Result<Vec<String>, MigrateError> {
    let mut connection = Connection::open(database)?;
    connection.execute_batch(MODE)?;
    connection.execute_batch(LEDGER)?;
    let mut applied = Vec::new();
    for migration in migrations(folder)? {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = apply(&transaction, &migration)
            .and_then(|is_new| transaction.commit().map(|()| is_new))
            .map_err(|error| MigrateError::Refused(migration.name.clone(), error))?;
        if done {
            applied.push(migration.name);
        }
    }
    Ok(applied)
}

/// The same as one script, of the migrations after `after` or all of them. A database that has one
/// of them already refuses the script as a whole, because a name is recorded once.
///
/// # Errors
/// When a file cannot be read.
pub fn script(folder: &Path, after: Option<&str>) -> Result<String, MigrateError> {
    let mut script = format!("{MODE};\n{LEDGER};\nBEGIN IMMEDIATE;\n");
    for Migration { name, sql } in migrations(folder)? {
        if after.is_none_or(|after| name.as_str() > after) {
            let _ = writeln!(script, "INSERT INTO d1_migrations (name) VALUES ('{name}');\n{sql}");
        }
    }
    Ok(script + "COMMIT;\n")
}

fn apply(transaction: &Transaction<'_>, migration: &Migration) -> rusqlite::Result<bool> {
    let known = "SELECT EXISTS (SELECT 1 FROM d1_migrations WHERE name = ?1)";
    if transaction.query_row(known, [&migration.name], |row| row.get(0))? {
        return Ok(false);
    }
    transaction.execute_batch(&migration.sql)?;
    transaction.execute("INSERT INTO d1_migrations (name) VALUES (?1)", [&migration.name])?;
    Ok(true)
}

/// The SQL files in the order of their numbers.
fn migrations(folder: &Path) -> Result<Vec<Migration>, MigrateError> {
    let unreadable = |path: &Path| {
        let path = path.to_path_buf();
        move |error| MigrateError::Unreadable(path, error)
    };
    let mut migrations = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let sql = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
            migrations.push(Migration { name, sql });
        }
    }
    migrations.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(migrations)
}

#[cfg(test)]
mod tests;
