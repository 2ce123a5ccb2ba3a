use crate::DatabaseError;

/// What D1 says when it did not start the batch and a moment later may.
const BUSY: [&str; 5] = [
    "is overloaded",
    "Too many requests queued",
    "too many requests queued",
    "SQLITE_BUSY",
    "database is locked",
];

/// What D1 says when a statement, or a value bound to it, is wrong.
const REFUSED: [&str; 8] = [
    "SQLITE_CONSTRAINT",
    "SQLITE_ERROR",
    "SQLITE_MISMATCH",
    "SQLITE_RANGE",
    "SQLITE_TOOBIG",
    "constraint failed",
    "syntax error",
    "D1_TYPE_ERROR",
];

/// Sorts D1's message by what a caller may conclude from it. D1 has no codes, only words.
pub(super) fn classify(message: &str) -> DatabaseError {
    DatabaseError::from_words(message, &BUSY, &REFUSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_that_is_full_is_busy() {
        for message in [
            "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
            "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
            "D1_ERROR: database is locked: SQLITE_BUSY",
        ] {
            assert!(matches!(classify(message), DatabaseError::Busy), "{message}");
        }
    }

    #[test]
    fn a_broken_constraint_or_statement_is_refused_with_the_engine_s_words() {
        for message in [
            "D1_ERROR: UNIQUE constraint failed: users.username: SQLITE_CONSTRAINT",
            "D1_ERROR: near \"SELEC\": syntax error at offset 0: SQLITE_ERROR",
            "D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'",
        ] {
            let error = classify(message);
            assert!(matches!(error, DatabaseError::Refused(_)), "{message}");
            assert!(error.to_string().ends_with(message));
        }
    }

    #[test]
    fn anything_else_leaves_the_outcome_unknown() {
        for message in [
            "D1_ERROR: Network connection lost.",
            "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
        ] {
            assert!(matches!(classify(message), DatabaseError::Unavailable(_)), "{message}");
        }
    }
}
