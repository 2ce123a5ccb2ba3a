//! Integers as integers.
//!
//! JavaScript has one kind of number and D1 binds it as a `REAL`: a column of integer affinity
//! turns it back, an expression does not (`?1 - 1` is `6.0`, in JSON too). So each integer
//! parameter is cast where it stands. A cast parameter still seeks an index.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::{Statement, Value};

/// The statement's text with `?N` as `CAST(?N AS INTEGER)` wherever the `N`th value is an integer.
pub(super) fn cast(statement: &Statement) -> Cow<'_, str> {
    let is_integer = |value: &Value| matches!(value, Value::Integer(_));
    if !statement.parameters.iter().any(is_integer) {
        return Cow::Borrowed(&statement.sql);
    }
    let mut pieces = statement.sql.split('?');
    let mut sql = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        let (number, rest) = piece.split_at(digits);
        let value =
            number.parse::<usize>().ok().and_then(|n| statement.parameters.get(n.wrapping_sub(1)));
        let _ = match value {
            Some(Value::Integer(_)) => write!(sql, "CAST(?{number} AS INTEGER){rest}"),
            _ => write!(sql, "?{number}{rest}"),
        };
    }
    Cow::Owned(sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_integer_parameters_are_cast_and_each_wherever_it_stands() {
        let values = [Value::Integer(1), Value::Text("x".to_owned()), Value::Integer(2)];
        let statement = Statement::new("SELECT ?1 - 1, ?2, ?10 WHERE a = ?3 AND b = ?1", values);
        assert_eq!(
            cast(&statement),
            "SELECT CAST(?1 AS INTEGER) - 1, ?2, ?10 \
             WHERE a = CAST(?3 AS INTEGER) AND b = CAST(?1 AS INTEGER)"
        );
    }

    #[test]
    fn a_statement_without_integers_is_left_alone() {
        let statement = Statement::new("SELECT ?1", [Value::Null]);
        assert!(matches!(cast(&statement), Cow::Borrowed("SELECT ?1")));
    }
}
