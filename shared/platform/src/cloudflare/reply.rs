//! D1's reply to a batch, as JSON.
//!
//! The reply crosses from JavaScript once, as text, however many rows it has: one crossing a value
//! would cost more than the query. JSON keeps what matters: columns in their order, integers apart
//! from other numbers (`1.0` is `1` in JavaScript already), and blobs, which D1 answers as arrays
//! of numbers.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::{DatabaseError, Detail, Outcome, Row, Value};

/// Reads the results of a batch of `expected` statements.
pub(super) fn outcomes(json: &str, expected: usize) -> Result<Vec<Outcome>, DatabaseError> {
    let results: Vec<StatementResult> = serde_json::from_str(json).map_err(unreadable)?;
    if results.len() != expected {
        return Err(unreadable(format_args!("{} results for {expected}", results.len())));
    }
    Ok(results.into_iter().map(StatementResult::into_outcome).collect())
}

fn unreadable(reason: impl fmt::Display) -> DatabaseError {
    DatabaseError::Unavailable(Detail::new(format_args!("unreadable reply: {reason}")))
}

#[derive(Deserialize)]
struct StatementResult {
    #[serde(default)]
    results: Vec<Columns>,
    #[serde(default)]
    meta: Meta,
}

impl StatementResult {
    fn into_outcome(self) -> Outcome {
        Outcome {
            rows: self.results.into_iter().map(|columns| columns.0).collect(),
            rows_read: self.meta.rows_read,
            rows_written: self.meta.rows_written,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    rows_read: u64,
    rows_written: u64,
}

/// A row object, `{"column": value, …}`, without its names.
struct Columns(Row);

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ColumnsVisitor)
    }
}

struct ColumnsVisitor;

impl<'de> Visitor<'de> for ColumnsVisitor {
    type Value = Columns;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Columns, A::Error> {
        let mut row = Row::new();
        while let Some((IgnoredAny, Cell(value))) = map.next_entry()? {
            row.push(value);
        }
        Ok(Columns(row))
    }
}

struct Cell(Value);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor).map(Self)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column's value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        i64::try_from(value).map(Value::Integer).map_err(E::custom)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Real(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut blob = Vec::new();
        while let Some(byte) = seq.next_element::<u8>()? {
            blob.push(byte);
        }
        Ok(Value::Blob(blob))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_their_order_and_kinds() {
        let json = r#"[{"success":true,"meta":{"served_by":"x","duration":0.2,"rows_read":3,
            "rows_written":1},"results":[{"z":1,"a":1.5,"m":"é","n":null,"b":[0,255]}]}]"#;
        let outcome = outcomes(json, 1).unwrap().remove(0);
        let row = vec![
            Value::Integer(1),
            Value::Real(1.5),
            Value::Text("é".to_owned()),
            Value::Null,
            Value::Blob(vec![0, 255]),
        ];
        assert_eq!(outcome, Outcome { rows: vec![row], rows_read: 3, rows_written: 1 });
    }

    #[test]
    fn a_statement_without_rows_or_figures_is_an_empty_outcome() {
        assert_eq!(outcomes(r#"[{"success":true}]"#, 1).unwrap(), vec![Outcome::default()]);
    }

    #[test]
    fn a_reply_with_a_missing_result_is_not_taken_for_an_answer() {
        assert!(matches!(outcomes("[]", 1), Err(DatabaseError::Unavailable(_))));
        assert!(matches!(outcomes("{}", 1), Err(DatabaseError::Unavailable(_))));
    }
}
