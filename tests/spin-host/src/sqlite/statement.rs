use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::types::{Value as SqliteValue, ValueRef};
use rusqlite::{Batch, Connection, Row, params_from_iter};

use crate::bindings::sqlite::sqlite::{RowResult, Value};

/// Runs the first statement of `sql`; what follows it is ignored without a word, as by Spin.
pub(super) fn run(
    connection: &Connection,
    sql: &str,
    parameters: Vec<Value>,
) -> rusqlite::Result<(Vec<String>, Vec<RowResult>)> {
    let Some(mut prepared) = Batch::new(connection, sql).next()? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let columns: Vec<_> = prepared.column_names().map(str::to_owned).collect();
    let width = columns.len();
    let mut rows = prepared.query(params_from_iter(parameters.into_iter().map(bound)))?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        read.push(RowResult { values: values(row, width)? });
    }
    Ok((columns, read))
}

fn values(row: &Row<'_>, width: usize) -> rusqlite::Result<Vec<Value>> {
    (0..width).map(|index| Ok(value(row.get_ref(index)?))).collect()
}

fn bound(value: Value) -> SqliteValue {
    match value {
        Value::Integer(integer) => SqliteValue::Integer(integer),
        Value::Real(real) => SqliteValue::Real(real),
        Value::Text(text) => SqliteValue::Text(text),
        Value::Blob(bytes) => SqliteValue::Blob(bytes),
        Value::Null => SqliteValue::Null,
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(integer) => Value::Integer(integer),
        ValueRef::Real(real) => Value::Real(real),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_statement_of_a_string_runs() {
        let connection = Connection::open_in_memory().unwrap();
        run(&connection, "CREATE TABLE a (x); CREATE TABLE b (x)", Vec::new()).unwrap();
        run(&connection, "INSERT INTO a VALUES (?1)", vec![Value::Integer(7)]).unwrap();
        let (columns, rows) = run(&connection, "SELECT x FROM a", Vec::new()).unwrap();
        assert_eq!(columns, ["x"]);
        assert!(matches!(rows[0].values[..], [Value::Integer(7)]));
        assert!(run(&connection, "SELECT x FROM b", Vec::new()).is_err());
    }
}
