use platform::{Statement, Value};
use serde::Deserialize;

use super::UserGroup;
use super::record::group_json;
use crate::{Batch, Outcomes, StoreError};

/// A page of groups.
///
/// Every order is along an index. Without a search the total comes from a maintained counter; a
/// search of three characters and more uses the trigram index, a shorter one matches the beginning
/// of either name along the sort indexes. Whatever a search finds is read, counted and ordered: groups
/// are few beside people. A row a group: a page of groups with many claims each would
/// be larger than a value may be.
pub struct List {
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Groups a page, 1–100.
    pub limit: u32,
    /// Order.
    pub sort: Sort,
    /// Whether the order is descending.
    pub descending: bool,
    /// What to look for in both names; empty: every group.
    pub search: String,
    /// Where the page before ended; goes before `page`.
    pub after: Option<Cursor>,
}

/// A column that the list may be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// When the group came to be.
    CreatedAt,
    /// Name for machines, ignoring case.
    Name,
    /// Name for people, ignoring case.
    FriendlyName,
    /// How many belong to it.
    UserCount,
}

/// Where a page ended: after this row in the order of a column. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    key: String,
    seq: i64,
}

impl Cursor {
    /// Reads a cursor as clients give it back.
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, key) = text.split_once('.')?;
        Some(Self { key: key.to_owned(), seq: seq.parse().ok()? })
    }

    /// What clients are given.
    pub fn to_text(&self) -> String {
        format!("{}.{}", self.seq, self.key)
    }
}

/// A page and where it lies.
#[derive(Debug)]
pub struct Page {
    /// The groups.
    pub items: Vec<UserGroup>,
    /// How many there are on all pages.
    pub total: u32,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

#[derive(Deserialize)]
struct Item {
    seq: i64,
    key: String,
    group: UserGroup,
}

/// The first row has the total alone, the others have the groups.
#[derive(Deserialize)]
struct Row {
    total: u32,
    item: Option<Item>,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Self::CreatedAt => "g.created_at",
            Self::Name => "g.name COLLATE NOCASE",
            Self::FriendlyName => "g.friendly_name",
            Self::UserCount => "g.user_count",
        }
    }

    /// A cursor's key as the column holds it.
    fn key(self, text: &str) -> Value {
        match self {
            Self::CreatedAt | Self::UserCount => Value::Integer(text.parse().unwrap_or(0)),
            Self::Name | Self::FriendlyName => text.into(),
        }
    }
}

/// Where the groups and their number come from; `?1` is the search's. Each begins with `total`.
struct Source {
    with: &'static str,
    from: &'static str,
}

const EVERY: Source = Source {
    with: "WITH total AS (SELECT value AS n FROM counters WHERE name = ?1)",
    from: "user_groups g",
};

const SUBSTRING: Source = Source {
    with: "WITH matches AS MATERIALIZED \
             (SELECT rowid AS seq FROM user_group_search WHERE user_group_search MATCH ?1), \
           total AS (SELECT count(*) AS n FROM matches)",
    from: "matches CROSS JOIN user_groups g ON g.seq = matches.seq",
};

const PREFIX: Source = Source {
    with: "WITH matches AS MATERIALIZED (\
             SELECT seq FROM user_groups WHERE name COLLATE NOCASE >= ?1 \
               AND name COLLATE NOCASE < ?1 || char(1114111) \
             UNION SELECT seq FROM user_groups WHERE friendly_name >= ?1 \
               AND friendly_name < ?1 || char(1114111)), \
           total AS (SELECT count(*) AS n FROM matches)",
    from: "matches CROSS JOIN user_groups g ON g.seq = matches.seq",
};

impl List {
    fn source(&self) -> (&'static Source, Value) {
        match self.search.chars().count() {
            0 => (&EVERY, "userGroups".into()),
            1 | 2 => (&PREFIX, self.search.as_str().into()),
            _ => (&SUBSTRING, format!("\"{}\"", self.search.replace('"', "\"\"")).into()),
        }
    }

    /// Where the page begins; it binds what follows `?2`, the limit.
    fn start(&self) -> (String, Vec<Value>) {
        let Some(Cursor { key, seq }) = &self.after else {
            let offset = "OFFSET ?2 * max(0, min(?3 - 1, ((SELECT n FROM total) - 1) / ?2))";
            return (offset.to_owned(), vec![self.page.into()]);
        };
        let beyond = if self.descending { '<' } else { '>' };
        let condition = format!("WHERE ({}, g.seq) {beyond} (?3, ?4)", self.sort.column());
        (condition, vec![self.sort.key(key), (*seq).into()])
    }
}

impl Batch for List {
    type Output = Page;

    fn statements(&self) -> Vec<Statement> {
        let (Source { with, from }, term) = self.source();
        let column = self.sort.column();
        let direction = if self.descending { "DESC" } else { "ASC" };
        let group = group_json!();
        let (start, position) = self.start();
        let (condition, offset) =
            if self.after.is_some() { (start.as_str(), "") } else { ("", start.as_str()) };
        let sql = format!(
            "{with} SELECT json_object('total', (SELECT n FROM total)) \
             UNION ALL SELECT json_object('total', 0, 'item', json(item)) FROM (\
               SELECT json_object('seq', g.seq, 'key', CAST({column} AS TEXT), \
                 'group', json({group})) AS item FROM {from} {condition} \
               ORDER BY {column} {direction}, g.seq {direction} LIMIT ?2 + 1 {offset})"
        );
        let mut parameters = vec![term, self.limit.into()];
        parameters.extend(position);
        vec![Statement::new(sql, parameters)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
        let rows: Vec<Row> = outcomes.each()?;
        let total = rows.first().map_or(0, |row| row.total);
        let mut items: Vec<Item> = rows.into_iter().filter_map(|row| row.item).collect();
        let limit = self.limit as usize;
        let goes_on = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| goes_on);
        let next = last.map(|item| Cursor { key: item.key.clone(), seq: item.seq });
        Ok(Page { next, total, items: items.into_iter().map(|item| item.group).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_written_and_nothing_else_is_one() {
        let cursor = Cursor { key: "a.b".to_owned(), seq: 7 };
        assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
        for text in ["", ".", "x.y", "7", "1.5e"] {
            assert_eq!(Cursor::parse(text).is_some(), text == "1.5e", "{text:?}");
        }
    }
}
