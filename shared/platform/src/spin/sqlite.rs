use async_trait::async_trait;
use spin_sdk::sqlite::{Connection, Error, Value as SqliteValue};

use super::error;
use crate::{Database, DatabaseError, Detail, Outcome, Statement, Value};

/// The component's `default` SQLite database.
///
/// Each batch has a connection of its own: one that goes away rolls back what it had not committed,
/// and batches of neighbours in the same instance cannot get into each other's transaction.
pub(super) struct SpinSqlite;

#[async_trait]
impl Database for SpinSqlite {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Outcome>, DatabaseError> {
        if statements.is_empty() {
            return Ok(Vec::new());
        }
        let connection = Connection::open_default().await.map_err(fault)?;
        transaction(&connection, statements).await
    }
}

/// The write lock is taken at the start: a transaction that read first and wanted it later would be
/// refused at once instead of waiting its turn.
async fn transaction(
    connection: &Connection,
    statements: Vec<Statement>,
) -> Result<Vec<Outcome>, DatabaseError> {
    // Per connection, and not on everywhere that speaks for SQLite; inside a transaction it would
    // do nothing.
    run(connection, Statement::new("PRAGMA foreign_keys = ON", [])).await?;
    run(connection, Statement::new("BEGIN IMMEDIATE", [])).await?;
    let outcome = all(connection, statements).await;
    let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = run(connection, Statement::new(end, [])).await;
    // What went wrong first is what to tell; after a failed rollback the connection's end undoes.
    let outcomes = outcome?;
    ended.map(|_| outcomes)
}

async fn all(
    connection: &Connection,
    statements: Vec<Statement>,
) -> Result<Vec<Outcome>, DatabaseError> {
    let mut outcomes = Vec::with_capacity(statements.len());
    for statement in statements {
        outcomes.push(run(connection, statement).await?);
    }
    Ok(outcomes)
}

/// Runs one statement and reads its rows to the end, also when there are none: errors show only
/// there, and a second statement before the end of the first would wait for ever.
async fn run(connection: &Connection, statement: Statement) -> Result<Outcome, DatabaseError> {
    let Statement { sql, parameters } = statement;
    let parameters = parameters.into_iter().map(bound);
    let result = connection.execute(sql, parameters).await.map_err(fault)?;
    let rows = result.collect().await.map_err(fault)?;
    let rows = rows.into_iter().map(|row| row.values.into_iter().map(read).collect()).collect();
    Ok(Outcome { rows, ..Outcome::default() })
}

fn bound(value: Value) -> SqliteValue {
    match value {
        Value::Null => SqliteValue::Null,
        Value::Integer(integer) => SqliteValue::Integer(integer),
        Value::Real(real) => SqliteValue::Real(real),
        Value::Text(text) => SqliteValue::Text(text),
        Value::Blob(bytes) => SqliteValue::Blob(bytes),
    }
}

fn read(value: SqliteValue) -> Value {
    match value {
        SqliteValue::Null => Value::Null,
        SqliteValue::Integer(integer) => Value::Integer(integer),
        SqliteValue::Real(real) => Value::Real(real),
        SqliteValue::Text(text) => Value::Text(text),
        SqliteValue::Blob(bytes) => Value::Blob(bytes),
    }
}

fn fault(error: Error) -> DatabaseError {
    match error {
        Error::Io(message) => error::classify(&message),
        other => DatabaseError::Unavailable(Detail::new(other)),
    }
}
