//! Text in a cell of a CSV file, so that a spreadsheet takes it for text and an import for itself.

/// What makes a spreadsheet compute a cell.
const COMPUTES: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether `text` would be computed, or looks like text that has been guarded against that.
fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(COMPUTES)
}

/// The text with the guard that it needs, so that [`unguarded`] gives it back.
pub(crate) fn push_guarded(cell: &mut String, text: &str) {
    if needs_guard(text) {
        cell.push('\'');
    }
    cell.push_str(text);
}

/// The text without its guard.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}

/// Names in one cell, with a semicolon between them; one inside a name is written `\;`.
pub(crate) fn join_names(names: &[String]) -> String {
    let names: Vec<_> =
        names.iter().map(|name| name.replace('\\', "\\\\").replace(';', "\\;")).collect();
    names.join(";")
}

/// The names in a cell, without the space around them; empty ones are passed over.
pub(crate) fn split_names(cell: &str) -> Vec<String> {
    let (mut names, mut name) = (Vec::new(), String::new());
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.next_if(|next| character == '\\' && matches!(next, ';' | '\\')) {
            Some(escaped) => name.push(escaped),
            None if character == ';' => names.push(std::mem::take(&mut name)),
            None => name.push(character),
        }
    }
    names.push(name);
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_cell_computes_nothing_and_comes_back_as_it_was() {
        for text in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@x", "'", "O'Hara", "'x", ""]
        {
            let mut cell = String::new();
            push_guarded(&mut cell, text);
            assert!(!cell.starts_with(COMPUTES), "{text:?}");
            assert_eq!(unguarded(&cell), text);
        }
        assert_eq!(unguarded("'Ada"), "'Ada", "no guard");
    }

    #[test]
    fn names_in_a_cell_come_back_as_they_were() {
        let names = ["a", "b;c", "d\\", "\\;e", "f g"].map(str::to_owned);
        assert_eq!(split_names(&join_names(&names)), names);
        assert_eq!(split_names(" a ; ;b\\c;"), ["a", "b\\c"]);
        assert!(split_names("").is_empty());
    }
}
