use platform::{Statement, Value};
use serde::Deserialize;

use super::UserRecord;
use crate::sql::user_json;
use crate::{Batch, Outcomes, StoreError};

/// A page of users.
///
/// Every order is along an index. Without a search the total comes from a maintained counter; a
/// search of three characters and more uses the trigram index, a shorter one matches the beginning
/// of a name along the sort indexes.
pub struct List {
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Users a page, 1–100.
    pub limit: u32,
    /// Order.
    pub sort: Sort,
    /// Order's direction.
    pub direction: Direction,
    /// What to look for in usernames, addresses and names; empty: everybody.
    pub search: String,
}

/// A column that the list may be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// When the account came to be.
    CreatedAt,
    /// Username, ignoring case.
    Username,
    /// E-mail address, ignoring case.
    Email,
    /// Verified or not.
    EmailVerified,
    /// First name, ignoring case.
    FirstName,
    /// Last name, ignoring case.
    LastName,
    /// Display name, ignoring case.
    DisplayName,
    /// Administrator or not.
    IsAdmin,
    /// Disabled or not.
    Disabled,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Self::CreatedAt => "u.created_at",
            Self::Username => "u.username",
            Self::Email => "u.email_key",
            Self::EmailVerified => "u.email_verified",
            Self::FirstName => "u.first_name",
            Self::LastName => "u.last_name",
            Self::DisplayName => "u.display_name",
            Self::IsAdmin => "u.is_admin",
            Self::Disabled => "u.disabled",
        }
    }
}

/// An order's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Ascending.
    Ascending,
    /// Descending.
    Descending,
}

impl Direction {
    fn keyword(self) -> &'static str {
        match self {
            Self::Ascending => "ASC",
            Self::Descending => "DESC",
        }
    }
}

/// A page and where it lies.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// The users.
    pub items: Vec<UserRecord>,
    /// How many there are on all pages.
    pub total: u32,
}

/// Where the users and their number come from. `?1` and `?2` are the search's.
struct Source {
    with: &'static str,
    total: &'static str,
    from: &'static str,
}

const EVERYBODY: Source = Source {
    with: "WITH total AS (SELECT value AS n FROM counters WHERE name = ?1)",
    total: "(SELECT n FROM total)",
    from: "users u",
};

const SUBSTRING: Source = Source {
    with: "WITH matches AS MATERIALIZED \
             (SELECT rowid AS seq FROM user_search WHERE user_search MATCH ?1), \
           total AS (SELECT count(*) AS n FROM matches)",
    total: "(SELECT n FROM total)",
    from: "matches CROSS JOIN users u ON u.seq = matches.seq",
};

const PREFIX: Source = Source {
    with: "WITH matches AS MATERIALIZED (\
             SELECT seq FROM users WHERE username >= ?1 AND username < ?1 || char(1114111) \
             UNION SELECT seq FROM users WHERE email_key >= ?1 AND email_key < ?1 || char(1114111) \
             UNION SELECT seq FROM users WHERE first_name >= ?1 AND first_name < ?1 || char(1114111) \
             UNION SELECT seq FROM users WHERE last_name >= ?1 AND last_name < ?1 || char(1114111) \
             UNION SELECT seq FROM users \
               WHERE display_name >= ?1 AND display_name < ?1 || char(1114111)), \
           total AS (SELECT count(*) AS n FROM matches)",
    total: "(SELECT n FROM total)",
    from: "matches CROSS JOIN users u ON u.seq = matches.seq",
};

impl List {
    fn source(&self) -> (&'static Source, Value) {
        match self.search.chars().count() {
            0 => (&EVERYBODY, "users".into()),
            1 | 2 => (&PREFIX, self.search.to_lowercase().into()),
            _ => (&SUBSTRING, format!("\"{}\"", self.search.replace('"', "\"\"")).into()),
        }
    }
}

impl Batch for List {
    type Output = Page;

    fn statements(&self) -> Vec<Statement> {
        let (Source { with, total, from }, term) = self.source();
        let (column, direction) = (self.sort.column(), self.direction.keyword());
        let user = user_json!();
        let sql = format!(
            "{with} SELECT json_object('total', {total}, 'items', json((\
               SELECT json_group_array(json(item)) FROM (\
                 SELECT {user} AS item FROM {from} \
                 ORDER BY {column} {direction}, u.seq {direction} \
                 LIMIT ?2 OFFSET ?2 * max(0, min(?3 - 1, ({total} - 1) / ?2))))))"
        );
        vec![Statement::new(sql, [term, self.limit.into(), self.page.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
        Ok(outcomes.one()?.unwrap_or(Page { items: Vec::new(), total: 0 }))
    }
}
