use platform::{Statement, Value};
use serde::Deserialize;

use super::UserGroup;
use super::record::group_json;
use crate::{Batch, Outcomes, StoreError};

/// A page of groups.
///
/// Every order is along an index. Without a search the total comes from a maintained counter; a
/// search of three characters and more uses the trigram index, a shorter one matches the beginning
/// of either name along the sort indexes.
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

/// A page and where it lies.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// The groups.
    pub items: Vec<UserGroup>,
    /// How many there are on all pages.
    pub total: u32,
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
}

impl Batch for List {
    type Output = Page;

    fn statements(&self) -> Vec<Statement> {
        let (Source { with, from }, term) = self.source();
        let column = self.sort.column();
        let direction = if self.descending { "DESC" } else { "ASC" };
        let group = group_json!();
        let sql = format!(
            "{with} SELECT json_object('total', (SELECT n FROM total), 'items', json((\
               SELECT json_group_array(json(item)) FROM (\
                 SELECT {group} AS item FROM {from} \
                 ORDER BY {column} {direction}, g.seq {direction} \
                 LIMIT ?2 OFFSET ?2 * max(0, min(?3 - 1, ((SELECT n FROM total) - 1) / ?2))))))"
        );
        vec![Statement::new(sql, [term, self.limit.into(), self.page.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
        Ok(outcomes.one()?.unwrap_or(Page { items: Vec::new(), total: 0 }))
    }
}
