//! How many rows SQLite visited, from `sqlite3_stmt_scanstatus` (compiled in through
//! `LIBSQLITE3_FLAGS`, see `.cargo/config.toml`). D1 reports the same figure as `rows_read`.

use std::ffi::c_void;

use rusqlite::Connection;
use rusqlite::ffi::{
    SQLITE_SCANSTAT_NVISIT, sqlite3_next_stmt, sqlite3_stmt, sqlite3_stmt_scanstatus,
};

/// Rows visited by the statements that are prepared on `connection` at this moment.
#[expect(unsafe_code, reason = "rusqlite does not wrap sqlite3_stmt_scanstatus")]
pub(super) fn rows_visited(connection: &Connection) -> u64 {
    let mut total = 0;
    // SAFETY: the handle lives as long as `connection`, which is borrowed for the whole loop, and
    // no statement is finalised meanwhile, so each pointer that sqlite3_next_stmt gives is valid.
    unsafe {
        let handle = connection.handle();
        let mut statement = sqlite3_next_stmt(handle, std::ptr::null_mut());
        while !statement.is_null() {
            total += rows_of(statement);
            statement = sqlite3_next_stmt(handle, statement);
        }
    }
    total
}

#[expect(unsafe_code, reason = "rusqlite does not wrap sqlite3_stmt_scanstatus")]
unsafe fn rows_of(statement: *mut sqlite3_stmt) -> u64 {
    let mut total = 0;
    for loop_index in 0.. {
        let mut visited: i64 = 0;
        // SAFETY: `statement` is valid (see above) and NVISIT writes one sqlite3_int64.
        let status = unsafe {
            sqlite3_stmt_scanstatus(
                statement,
                loop_index,
                SQLITE_SCANSTAT_NVISIT,
                (&raw mut visited).cast::<c_void>(),
            )
        };
        if status != 0 {
            break;
        }
        total += u64::try_from(visited).unwrap_or(0);
    }
    total
}
