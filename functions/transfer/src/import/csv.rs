//! RFC 4180 with LF as well as CRLF, and `,` or `;` between the cells.
//!
//! A parser of one's own for one reason: a quotation mark that is never closed must cost its own
//! row and not all that follow, so after a broken row reading goes on with the next line.

use std::borrow::Cow;

use domain::Violation;
use http_api::Problem;

use super::row::Draft;
use crate::cell::{split_names, unguarded};
use crate::{COLUMNS, FURTHER_COLUMNS};

/// How far a row may reach beyond its first line, and quoted text at all, in bytes from where the row
/// begins. Without a limit, one mark that is never closed could mean to read the file once a row.
const MAX_ROW_BYTES: usize = 32_768;

const UNCLOSED: Violation =
    Violation::InvalidFormat { rule: "has a quotation mark that is not closed" };
const BEHIND: Violation =
    Violation::InvalidFormat { rule: "has text after a closing quotation mark" };
const TOO_LONG: Violation = Violation::InvalidFormat { rule: "must be at most 32768 bytes" };
const TOO_FEW: Violation = Violation::InvalidFormat { rule: "has fewer cells than the header" };
const TOO_MANY: Violation = Violation::InvalidFormat { rule: "has more cells than the header" };

type Cells<'a> = Vec<Cow<'a, str>>;

/// The rows of a file, up to `limit` of them.
///
/// # Errors
/// When the header names what is no column, or no username.
pub(super) fn read(text: &str, limit: usize) -> Result<Vec<Draft>, Problem> {
    let first_line = text.lines().next().unwrap_or_default();
    let count = |delimiter: char| first_line.matches(delimiter).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut records = Records { rest: text, delimiter };
    let header = match records.next() {
        None => return Err(("file", Violation::Required).into()),
        Some(Err(violation)) => return Err(("file", violation).into()),
        Some(Ok(cells)) => columns(&cells)?,
    };
    Ok(records.take(limit).map(|record| draft(&header, record)).collect())
}

/// The column of each cell; `None`: passed over.
fn columns(cells: &[Cow<'_, str>]) -> Result<Vec<Option<&'static str>>, Problem> {
    let (mut columns, mut unknown) = (Vec::new(), Vec::new());
    for name in cells.iter().map(|cell| cell.trim()) {
        let is_it = |column: &&&'static str| column.eq_ignore_ascii_case(name);
        let column = COLUMNS.iter().find(is_it).copied();
        if column.is_none() && !FURTHER_COLUMNS.iter().any(|further| is_it(&further))
            || column.is_some() && columns.contains(&column)
        {
            unknown.push(name.chars().take(100).collect());
        }
        columns.push(column);
    }
    if !unknown.is_empty() {
        return Err(Problem::UnknownColumns(unknown));
    }
    if !columns.contains(&Some("username")) {
        return Err(("username", Violation::Required).into());
    }
    Ok(columns)
}

fn draft(columns: &[Option<&'static str>], record: Result<Cells<'_>, Violation>) -> Draft {
    let mut draft = Draft::default();
    match record {
        Err(violation) => draft.refuse("row", violation),
        Ok(cells) => {
            for (column, cell) in columns.iter().zip(&cells) {
                if let Some(column) = column {
                    fill(&mut draft, column, unguarded(cell));
                }
            }
            match cells.len().cmp(&columns.len()) {
                std::cmp::Ordering::Less => draft.refuse("row", TOO_FEW),
                std::cmp::Ordering::Greater => draft.refuse("row", TOO_MANY),
                std::cmp::Ordering::Equal => {}
            }
        }
    }
    draft
}

fn fill(draft: &mut Draft, column: &'static str, cell: &str) {
    match column {
        "groups" => draft.groups = Some(split_names(cell)),
        "emailVerified" | "isAdmin" | "disabled" => match cell.trim().to_ascii_lowercase().as_str()
        {
            "" => {}
            "true" => draft.flag(column, true),
            "false" => draft.flag(column, false),
            _ => draft.refuse(column, super::row::NO_FLAG),
        },
        _ => draft.text(column, cell.to_owned()),
    }
}

struct Records<'a> {
    rest: &'a str,
    delimiter: u8,
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Cells<'a>, Violation>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let (record, length) = match self.record() {
                Ok((cells, length)) => (Ok(cells), length),
                Err(violation) => {
                    let line = self.rest.find('\n').map_or(self.rest.len(), |end| end + 1);
                    (Err(violation), line)
                }
            };
            self.rest = &self.rest[length..];
            // An empty line is no row.
            if !matches!(&record, Ok(cells) if cells.len() == 1 && cells[0].is_empty()) {
                return Some(record);
            }
        }
        None
    }
}

impl<'a> Records<'a> {
    /// The next row, unless it goes on beyond what is looked at.
    fn record(&self) -> Result<(Cells<'a>, usize), Violation> {
        let line = self.rest.find('\n').map_or(self.rest.len(), |end| end + 1);
        let window = &self.rest[..self.rest.floor_char_boundary(line.max(MAX_ROW_BYTES))];
        let (cells, length) = record(window, self.delimiter)?;
        let ends = window.ends_with('\n') || length < window.len();
        if ends || window.len() == self.rest.len() { Ok((cells, length)) } else { Err(TOO_LONG) }
    }
}

/// The cells of the first row, and how many bytes it takes with its end. All that is looked for is
/// ASCII, so every cut is between characters.
fn record(text: &str, delimiter: u8) -> Result<(Cells<'_>, usize), Violation> {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let (cell, end) = match text.as_bytes().get(at) {
            Some(b'"') => quoted(text, at + 1)?,
            _ => plain(text, at, delimiter),
        };
        cells.push(cell);
        let behind = &text[end..];
        if behind.as_bytes().first() == Some(&delimiter) {
            at = end + 1;
            continue;
        }
        return match behind.as_bytes() {
            [] => Ok((cells, end)),
            [b'\n', ..] => Ok((cells, end + 1)),
            [b'\r', b'\n', ..] => Ok((cells, end + 2)),
            _ => Err(BEHIND),
        };
    }
}

/// A cell without quotation marks around it, and where it ends.
fn plain(text: &str, start: usize, delimiter: u8) -> (Cow<'_, str>, usize) {
    let bytes = &text.as_bytes()[start..];
    let end = bytes.iter().position(|byte| *byte == delimiter || *byte == b'\n');
    let mut end = start + end.unwrap_or(bytes.len());
    if text.as_bytes().get(end) == Some(&b'\n') && text[start..end].ends_with('\r') {
        end -= 1;
    }
    (Cow::Borrowed(&text[start..end]), end)
}

/// A cell that begins behind a quotation mark, and where it ends, behind the closing one.
fn quoted(text: &str, start: usize) -> Result<(Cow<'_, str>, usize), Violation> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        let window = &bytes[at..bytes.len().min(MAX_ROW_BYTES).max(at)];
        at += window.iter().position(|byte| *byte == b'"').ok_or(UNCLOSED)?;
        if bytes.get(at + 1) != Some(&b'"') {
            break;
        }
        at += 2;
    }
    let cell = &text[start..at];
    let cell = if cell.contains('"') {
        Cow::Owned(cell.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(cell)
    };
    Ok((cell, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = Result<Vec<String>, Violation>;

    fn records(text: &str, delimiter: u8) -> Vec<Row> {
        let to_owned = |cells: Cells<'_>| cells.into_iter().map(Cow::into_owned).collect();
        Records { rest: text, delimiter }.map(|record| record.map(to_owned)).collect()
    }

    fn owned<const N: usize>(cells: [&str; N]) -> Vec<String> {
        cells.map(str::to_owned).to_vec()
    }

    #[test]
    fn cells_are_read_with_and_without_quotation_marks() {
        let text = "a,\"b,\"\"c\"\"\nd\",\r\n\n\"\",é,x\"y\r\n1,2,3";
        let expected = [
            Ok(owned(["a", "b,\"c\"\nd", ""])),
            Ok(owned(["", "é", "x\"y"])),
            Ok(owned(["1", "2", "3"])),
        ];
        assert_eq!(records(text, b','), expected);
        assert_eq!(records("a;\"b;\";c,d", b';'), [Ok(owned(["a", "b;", "c,d"]))]);
    }

    #[test]
    fn a_broken_row_costs_itself_alone() {
        let text = "a,\"b\nc,d\n\"e\"f,g\nh,i\n";
        let expected = [Err(BEHIND), Ok(owned(["c", "d"])), Err(BEHIND), Ok(owned(["h", "i"]))];
        assert_eq!(records(text, b','), expected);
        assert_eq!(records("\"a\nb\n", b','), [Err(UNCLOSED), Ok(owned(["b"]))]);
        let far = format!("\"{}\",b\nc", "a".repeat(MAX_ROW_BYTES));
        assert_eq!(records(&far, b','), [Err(UNCLOSED), Ok(owned(["c"]))]);
    }

    #[test]
    fn a_row_of_several_lines_reaches_so_far_and_no_further_with_all_its_cells() {
        let half = "é".repeat(MAX_ROW_BYTES / 4 - 8);
        let row = |tail: &str| format!("\"{half}\n\",\"{half}\",{tail}");
        let left = MAX_ROW_BYTES - row("").len();
        let fits = row(&format!("{}\n", "a".repeat(left - 1)));
        assert_eq!(fits.len(), MAX_ROW_BYTES);
        assert!(records(&(fits + "c"), b',').iter().all(Result::is_ok));
        assert!(records(&row(&"a".repeat(left)), b',')[0].is_ok());
        assert_eq!(records(&row(&"a".repeat(left + 1)), b',')[0], Err(TOO_LONG));
        assert_eq!(records(&row(&format!("\"{half}\"")), b',')[0], Err(UNCLOSED));
        let line = "a".repeat(2 * MAX_ROW_BYTES);
        assert_eq!(records(&line, b','), [Ok(owned([&line]))]);
    }

    /// Each row goes on through all that follow, until the mark that is never closed.
    #[test]
    fn a_hostile_file_is_not_read_once_a_row() {
        let lines = "\"x\ny\",".repeat(700_000);
        let text = format!("username,email\n{lines}\"");
        assert_eq!(read(&text, 200).map(|rows| rows.len()).ok(), Some(200));
        let few = "\"x\ny\",".repeat(200) + &"a".repeat(5_000_000) + ",\"";
        assert_eq!(records(&few, b',').len(), 201);
    }
}
