use crate::DatabaseError;

/// What SQLite says when somebody else holds the database.
const BUSY: [&str; 3] = ["database is locked", "database table is locked", "SQLITE_BUSY"];

/// What SQLite says when a statement, or a value bound to it, is wrong.
const REFUSED: [&str; 9] = [
    "constraint failed",
    "SQLITE_CONSTRAINT",
    "syntax error",
    "no such table",
    "no such column",
    "no such function",
    "datatype mismatch",
    "incomplete input",
    "has no column named",
];

/// Sorts the engine's message by what a caller may conclude from it. Spin passes on no codes, only
/// words.
pub(super) fn classify(message: &str) -> DatabaseError {
    DatabaseError::from_words(message, &BUSY, &REFUSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_database_is_busy() {
        for message in ["database is locked", "database table is locked: users"] {
            assert!(matches!(classify(message), DatabaseError::Busy), "{message}");
        }
    }

    #[test]
    fn a_broken_constraint_or_statement_is_refused_with_the_engine_s_words() {
        for message in [
            "UNIQUE constraint failed: users.username",
            "FOREIGN KEY constraint failed",
            "near \"SELEC\": syntax error in SELEC 1 at offset 0",
            "no such table: nowhere in INSERT INTO nowhere VALUES (1) at offset 12",
        ] {
            let error = classify(message);
            assert!(matches!(error, DatabaseError::Refused(_)), "{message}");
            assert!(error.to_string().ends_with(message));
        }
    }

    #[test]
    fn anything_else_leaves_the_outcome_unknown() {
        for message in ["disk I/O error", "unable to open database file", ""] {
            assert!(matches!(classify(message), DatabaseError::Unavailable(_)), "{message}");
        }
    }
}
