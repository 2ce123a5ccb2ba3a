//! A page of users, along indexes at any size.
//!
//! Nobody may wait, or pay, for a walk through a million rows to see twenty of them, so there are
//! three ways:
//!
//! - **Everybody** ([`everybody`]): along the index of the order. The total is a maintained
//!   counter, a cursor continues where a page ended, an offset is counted from the nearer end.
//! - **Matching, among few** ([`matching`], at most 2,000 users in all): all matches are read,
//!   counted and ordered.
//! - **Matching, among many**: the first matches are read and a few more. When there are no more than
//!   on the first page and those few, they are ordered and counted as ever; else every page comes
//!   in the order of the index that found them, a cursor goes on, and the total is a lower bound
//!   unless a counter knows it or the page saw the end. Where more must be true of them than the
//!   index knows, so many are examined at a time; a page may then have fewer users than asked for,
//!   even none, and a cursor all the same.
//!
//! Which of the last two applies is decided in the batch, by the counter of users. A row a user,
//! as everywhere: a page of people in many groups each would be larger than a value may be.

mod everybody;
mod matching;
mod order;
mod source;

use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

pub use order::{Direction, Sort};

use super::UserRecord;
use crate::{Batch, Outcomes, StoreError};
use matching::Matching;

/// Which users, and in which order.
pub struct List {
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Users a page, 1–100.
    pub limit: u32,
    /// Order.
    pub sort: Sort,
    /// Order's direction.
    pub direction: Direction,
    /// What to look for in usernames, addresses and names; empty: everybody. Three characters and
    /// more are found anywhere, fewer at the beginning; among many, of usernames alone.
    pub search: String,
    /// Which of them.
    pub filter: Filter,
    /// Where the page before ended; goes before `page`.
    pub after: Option<Cursor>,
}

/// Only users of whom all of this is true.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Members of this group.
    pub group: Option<Uuid>,
    /// Administrators, or the others.
    pub is_admin: Option<bool>,
    /// Those shut out, or the others.
    pub disabled: Option<bool>,
    /// Those who signed up and wait for approval, or the others.
    pub awaiting_approval: Option<bool>,
    /// Those synced from a directory, or the others.
    pub is_ldap: Option<bool>,
    /// Those whose address is verified, or the others.
    pub email_verified: Option<bool>,
    /// Those who have a passkey, or the others.
    pub has_passkey: Option<bool>,
}

/// Where a page ended. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    /// After this row in the order of a column.
    Key {
        /// The column's value there.
        key: String,
        /// The row.
        seq: i64,
    },
    /// After this position in the order of the index that found the matches.
    Position(String),
    /// At this page.
    Page(u32),
}

impl Cursor {
    /// Reads a cursor as clients give it back.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_at_checked(1)?;
        match kind {
            "k" => {
                let (seq, key) = rest.split_once('.')?;
                Some(Self::Key { key: key.to_owned(), seq: seq.parse().ok()? })
            }
            "i" => Some(Self::Position(rest.to_owned())),
            "p" => rest.parse().ok().filter(|page| *page > 0).map(Self::Page),
            _ => None,
        }
    }

    /// What clients are given.
    pub fn to_text(&self) -> String {
        match self {
            Self::Key { key, seq } => format!("k{seq}.{key}"),
            Self::Position(position) => format!("i{position}"),
            Self::Page(page) => format!("p{page}"),
        }
    }
}

/// A page and where it lies.
#[derive(Debug, Default)]
pub struct Page {
    /// The users.
    pub items: Vec<UserRecord>,
    /// How many there are on all pages; at least, unless `exact`.
    pub total: u32,
    /// Whether `total` counts everything.
    pub exact: bool,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// A user in a list, with its place in the order.
#[derive(Debug, Deserialize)]
struct Item {
    seq: i64,
    position: String,
    /// Of all matches, where all were counted.
    total: Option<u32>,
    user: UserRecord,
}

impl List {
    /// Whether it is about everybody.
    fn is_open(&self) -> bool {
        self.search.is_empty() && self.filter == Filter::default()
    }

    /// The page asked for, whichever way.
    fn page_number(&self) -> u32 {
        match self.after {
            Some(Cursor::Page(page)) => page,
            Some(_) => 1,
            None => self.page,
        }
    }

    /// Cuts the item away that was read to see whether there is a next page.
    fn cut(&self, mut items: Vec<Item>) -> (Vec<Item>, bool) {
        let limit = self.limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        (items, more)
    }
}

impl Batch for List {
    type Output = Page;

    fn statements(&self) -> Vec<Statement> {
        if self.is_open() { everybody::statements(self) } else { Matching::of(self).statements() }
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
        if self.is_open() {
            everybody::read(self, outcomes)
        } else {
            matching::read(self, outcomes)
        }
    }
}

fn users(items: Vec<Item>) -> Vec<UserRecord> {
    items.into_iter().map(|item| item.user).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_back_as_written() {
        for cursor in [
            Cursor::Key { key: "o'Brien.k1".to_owned(), seq: 42 },
            Cursor::Key { key: String::new(), seq: 1 },
            Cursor::Position("17".to_owned()),
            Cursor::Page(3),
        ] {
            assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
        }
    }

    #[test]
    fn text_that_is_no_cursor_is_none() {
        for text in ["", "k", "k1", "kx.y", "p0", "p-1", "z1", "é"] {
            assert_eq!(Cursor::parse(text), None, "{text:?}");
        }
    }
}
