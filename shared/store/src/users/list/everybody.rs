//! Everybody, along the index of the order. Each page is read in two walks of which one is usually
//! empty: each goes straight along the index, where one over both conditions would not.

use platform::{Statement, Value};

use super::{Cursor, Item, List, Page, users};
use crate::sql::user_json;
use crate::{Outcomes, StoreError};

const TOTAL: &str = "(SELECT value FROM counters WHERE name = 'users')";

/// The walks, which read one user more than the page has, to see whether there is a next one.
pub(super) fn statements(list: &List) -> Vec<Statement> {
    let [first, second] = match &list.after {
        Some(Cursor::Key { key, seq }) => after(list, key, *seq),
        _ => at_page(list),
    };
    vec![Statement::new(format!("SELECT json({TOTAL})"), []), first, second]
}

/// The page, in its order.
pub(super) fn read(list: &List, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
    let total = outcomes.one()?.unwrap_or(0);
    let mut items: Vec<Item> = outcomes.each()?;
    let mut rest: Vec<Item> = outcomes.each()?;
    if !matches!(list.after, Some(Cursor::Key { .. })) {
        // Counted from the end.
        rest.reverse();
    }
    items.append(&mut rest);
    let (items, more) = list.cut(items);
    let end = items.last().filter(|_| more);
    let next = end.map(|item| Cursor::Key { key: item.position.clone(), seq: item.seq });
    Ok(Page { next, total, exact: true, items: users(items) })
}

/// One walk: `rest` is everything behind `FROM users u`.
fn walk(list: &List, rest: &str) -> String {
    let (user, column) = (user_json!(), list.sort.column());
    format!(
        "SELECT json_object('seq', u.seq, 'position', CAST({column} AS TEXT), 'user', {user}) \
         FROM users u {rest}"
    )
}

/// After a row: the rest of its key's run, then the keys beyond as far as the page needs them.
fn after(list: &List, key: &str, seq: i64) -> [Statement; 2] {
    let (column, direction) = (list.sort.column(), list.direction.keyword());
    let beyond = list.direction.beyond();
    let run = format!("WHERE {column} = ?2 AND u.seq {beyond} ?3");
    let in_run = format!("(SELECT count(*) FROM (SELECT 1 FROM users u {run} LIMIT ?1 + 1))");
    let first = format!("{run} ORDER BY u.seq {direction} LIMIT ?1 + 1");
    let second = format!(
        "WHERE {column} {beyond} ?2 ORDER BY {column} {direction}, u.seq {direction} \
         LIMIT ?1 + 1 - {in_run}"
    );
    let parameters: [Value; 3] = [list.limit.into(), list.sort.key(key), seq.into()];
    [
        Statement::new(walk(list, &first), parameters.clone()),
        Statement::new(walk(list, &second), parameters),
    ]
}

/// At a page: counted from the nearer end, which makes the last page as cheap as the first.
fn at_page(list: &List) -> [Statement; 2] {
    let (column, direction) = (list.sort.column(), list.direction.keyword());
    let reversed = list.direction.reversed().keyword();
    let offset = format!("?1 * max(0, min(?2 - 1, ({TOTAL} - 1) / ?1))");
    let left = format!("({TOTAL} - {offset})");
    let first = format!(
        "ORDER BY {column} {direction}, u.seq {direction} \
         LIMIT iif({offset} <= {left}, ?1 + 1, 0) OFFSET {offset}"
    );
    let second = format!(
        "ORDER BY {column} {reversed}, u.seq {reversed} \
         LIMIT iif({offset} <= {left}, 0, min(?1 + 1, {left})) OFFSET max(0, {left} - ?1 - 1)"
    );
    let parameters: [Value; 2] = [list.limit.into(), list.page_number().into()];
    [
        Statement::new(walk(list, &first), parameters.clone()),
        Statement::new(walk(list, &second), parameters),
    ]
}
