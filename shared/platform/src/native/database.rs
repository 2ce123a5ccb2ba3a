use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::types::{ToSqlOutput, Value as SqliteValue, ValueRef};
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior, params_from_iter};

use super::scan_status;
use crate::{Database, DatabaseError, Detail, Outcome, Row, Statement, Value};

/// Real SQLite, one connection, `BEGIN IMMEDIATE … COMMIT` a batch.
///
/// It refuses any statement whose query plan walks a whole table, so that every test that runs a
/// statement also proves that an index serves it.
pub struct NativeDatabase {
    connection: Mutex<Connection>,
    examined: Mutex<HashSet<Cow<'static, str>>>,
}

impl NativeDatabase {
    /// A database in memory, gone when dropped.
    ///
    /// # Errors
    /// When SQLite cannot be opened.
    pub fn in_memory() -> Result<Self, DatabaseError> {
        Self::over(Connection::open_in_memory().map_err(fault)?)
    }

    /// A database in a file, made if missing.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, DatabaseError> {
        Self::over(Connection::open(path).map_err(fault)?)
    }

    fn over(connection: Connection) -> Result<Self, DatabaseError> {
        connection.busy_timeout(Duration::from_secs(1)).map_err(fault)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(fault)?;
        Ok(Self { connection: Mutex::new(connection), examined: Mutex::default() })
    }

    /// Runs a migration file: several statements at once.
    ///
    /// # Errors
    /// When SQLite refuses one of them.
    pub fn migrate(&self, sql: &str) -> Result<(), DatabaseError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.execute_batch(sql).map_err(fault)
    }

    fn run(&self, statements: &[Statement]) -> Result<Vec<Outcome>, DatabaseError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let mut outcomes = Vec::with_capacity(statements.len());
        for statement in statements {
            self.examine(&transaction, statement)?;
            outcomes.push(execute(&transaction, statement)?);
        }
        transaction.commit().map_err(fault)?;
        Ok(outcomes)
    }

    fn examine(
        &self,
        transaction: &Transaction<'_>,
        statement: &Statement,
    ) -> Result<(), DatabaseError> {
        let mut examined = self.examined.lock().unwrap_or_else(PoisonError::into_inner);
        if !examined.contains(&statement.sql) {
            refuse_table_scan(transaction, statement)?;
            examined.insert(statement.sql.clone());
        }
        Ok(())
    }
}

#[async_trait]
impl Database for NativeDatabase {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Outcome>, DatabaseError> {
        self.run(&statements)
    }
}

fn execute(transaction: &Transaction<'_>, statement: &Statement) -> Result<Outcome, DatabaseError> {
    // The full-text index keeps statements of its own prepared; what they visited earlier is not ours.
    let visited_before = scan_status::rows_visited(transaction);
    let mut prepared = transaction.prepare(&statement.sql).map_err(fault)?;
    let columns = prepared.column_count();
    let changes_before = transaction.total_changes();
    refuse_large_row(&statement.parameters)?;
    let mut rows = Vec::new();
    let mut cursor = prepared.query(params_from_iter(&statement.parameters)).map_err(fault)?;
    while let Some(row) = cursor.next().map_err(fault)? {
        let row: rusqlite::Result<Row> =
            (0..columns).map(|i| row.get::<_, SqliteValue>(i).map(Value::from)).collect();
        rows.push(row.map_err(fault)?);
    }
    rows.iter().try_for_each(|row| refuse_large_row(row))?;
    let rows_read = scan_status::rows_visited(transaction).saturating_sub(visited_before);
    Ok(Outcome { rows, rows_read, rows_written: transaction.total_changes() - changes_before })
}

/// D1 lets neither a value nor a row have more bytes.
const MAX_ROW_BYTES: usize = 2_000_000;

/// What D1 would refuse is refused here, too: a row that is too large, or a parameter.
fn refuse_large_row(values: &[Value]) -> Result<(), DatabaseError> {
    let bytes = |value: &Value| match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        _ => 8,
    };
    let bytes = values.iter().map(bytes).sum::<usize>();
    if bytes > MAX_ROW_BYTES {
        return Err(DatabaseError::Refused(Detail::new(format_args!("a row of {bytes} bytes"))));
    }
    Ok(())
}

/// `EXPLAIN QUERY PLAN` says `SCAN t` when no index narrows the walk over table `t`. Virtual
/// tables, subqueries and constant rows are named by other forms of the line, and what the
/// statement itself materialises is no table.
fn refuse_table_scan(
    transaction: &Transaction<'_>,
    statement: &Statement,
) -> Result<(), DatabaseError> {
    let mut explain =
        transaction.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).map_err(fault)?;
    let mut lines = explain.query(params_from_iter(&statement.parameters)).map_err(fault)?;
    let mut plan: Vec<String> = Vec::new();
    while let Some(line) = lines.next().map_err(fault)? {
        plan.push(line.get("detail").map_err(fault)?);
    }
    let scan = plan.iter().find(|detail| is_table_scan(detail, &plan));
    scan.map_or(Ok(()), |detail| {
        let sql = &statement.sql;
        Err(DatabaseError::Refused(Detail::new(format_args!("{detail}: {sql}"))))
    })
}

fn is_table_scan(detail: &str, plan: &[String]) -> bool {
    let Some(target) = detail.strip_prefix("SCAN ") else { return false };
    let is_made_here = |step: &String| {
        step.strip_prefix("MATERIALIZE ").or(step.strip_prefix("CO-ROUTINE ")) == Some(target)
    };
    !(plan.iter().any(is_made_here)
        || target.contains("USING INDEX")
        || target.contains("USING COVERING INDEX")
        || target.contains("VIRTUAL TABLE")
        || target.starts_with("CONSTANT ROW")
        || target.starts_with('('))
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(integer) => ValueRef::Integer(*integer),
            Self::Real(real) => ValueRef::Real(*real),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl From<SqliteValue> for Value {
    fn from(value: SqliteValue) -> Self {
        match value {
            SqliteValue::Null => Self::Null,
            SqliteValue::Integer(integer) => Self::Integer(integer),
            SqliteValue::Real(real) => Self::Real(real),
            SqliteValue::Text(text) => Self::Text(text),
            SqliteValue::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

fn fault(error: rusqlite::Error) -> DatabaseError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DatabaseError::Busy,
        _ => DatabaseError::Refused(Detail::new(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_walk_over_a_whole_table_is_a_table_scan() {
        let is_scan = |detail| is_table_scan(detail, &["MATERIALIZE matches".to_owned()]);
        assert!(is_scan("SCAN users"));
        assert!(is_scan("SCAN u"));
        assert!(!is_scan("SCAN matches"));
        assert!(!is_scan("SCAN users USING INDEX users_by_created_at"));
        assert!(!is_scan("SCAN json_each VIRTUAL TABLE INDEX 1:"));
        assert!(!is_scan("SCAN (subquery-1)"));
        assert!(!is_scan("SEARCH users USING INDEX users_by_id (id=?)"));
    }

    #[test]
    fn a_failing_statement_undoes_the_whole_batch() -> Result<(), DatabaseError> {
        let database = NativeDatabase::in_memory()?;
        database.migrate("CREATE TABLE t (id INTEGER PRIMARY KEY)")?;
        let batch = [
            Statement::new("INSERT INTO t VALUES (?1)", [1_i64.into()]),
            Statement::new("INSERT INTO nowhere VALUES (1)", []),
        ];
        assert!(matches!(database.run(&batch), Err(DatabaseError::Refused(_))));
        let rows = database.run(&[Statement::new("SELECT id FROM t WHERE id = 1", [])])?;
        assert_eq!(rows[0].rows, Vec::<Row>::new());
        Ok(())
    }

    #[test]
    fn a_statement_without_an_index_is_refused() -> Result<(), DatabaseError> {
        let database = NativeDatabase::in_memory()?;
        database.migrate("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")?;
        let scan = [Statement::new("SELECT id FROM t WHERE name = 'x'", [])];
        assert!(matches!(database.run(&scan), Err(DatabaseError::Refused(_))));
        Ok(())
    }
}
