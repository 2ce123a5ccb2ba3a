//! The indexes that find matches.

use platform::Value;

use super::matching::MANY;
use super::{Direction, Sort};

/// The index that finds the matches. It gives a `user` and a `position` to go on from, in its order.
/// `?1` is what it looks for, `?2` the search in lower case.
pub(super) enum Source {
    /// `?1` is a full-text query.
    Substring,
    /// `?1` is the beginning of a name; where there are many users, of a username.
    Prefix,
    /// The same among the members of the group `?3`.
    PrefixInGroup,
    /// `?1` is a group.
    Group,
    /// A flag, given with its value.
    Flag(&'static str),
}

impl Source {
    /// In which direction the index is walked: with the order, where it is the index's own.
    pub(super) fn walk(&self, sort: Sort, direction: Direction) -> Direction {
        let own = if self.is_by_name() { Sort::Username } else { Sort::CreatedAt };
        if sort == own { direction } else { Direction::Ascending }
    }

    fn is_by_name(&self) -> bool {
        matches!(self, Self::Prefix | Self::PrefixInGroup | Self::Group)
    }

    /// What a find names its user by.
    pub(super) fn user(&self) -> &'static str {
        if matches!(self, Self::Group) { "u.id" } else { "u.seq" }
    }

    /// A position as the index holds it.
    pub(super) fn position(&self, text: &str) -> Value {
        if self.is_by_name() { text.into() } else { Value::Integer(text.parse().unwrap_or(0)) }
    }

    /// The first `most` finds, after a position where one is given.
    pub(super) fn found(&self, after: Option<&str>, direction: Direction, most: &str) -> String {
        let order = direction.keyword();
        let beyond = |column: &str| match after {
            Some(after) => format!(" AND {column} {} {after}", direction.beyond()),
            None => String::new(),
        };
        match self {
            Self::Substring => format!(
                "SELECT rowid AS user, rowid AS position FROM user_search \
                 WHERE user_search MATCH ?1{} ORDER BY rowid {order} LIMIT {most}",
                beyond("rowid")
            ),
            Self::Prefix => prefixes("users WHERE", after, direction, most),
            Self::PrefixInGroup => prefixes(MEMBERS, after, direction, most),
            Self::Group => format!(
                "SELECT user_id AS user, username AS position FROM user_group_members \
                 WHERE group_id = ?1{} ORDER BY username {order} LIMIT {most}",
                beyond("username")
            ),
            Self::Flag(flag) => format!(
                "SELECT u.seq AS user, u.seq AS position FROM users u \
                 WHERE ({flag}) = ?1{} ORDER BY u.seq {order} LIMIT {most}",
                beyond("u.seq")
            ),
        }
    }
}

/// All names that begin so; where there are many users, usernames alone. Names are compared without
/// case by their columns, addresses are stored in lower case.
fn prefixes(from_whom: &str, after: Option<&str>, direction: Direction, most: &str) -> String {
    let (from, to) = match (after, direction) {
        (Some(after), Direction::Ascending) => (format!("> {after}"), UP_TO.to_owned()),
        (Some(after), Direction::Descending) => (">= ?1".to_owned(), format!("< {after}")),
        (None, _) => (">= ?1".to_owned(), UP_TO.to_owned()),
    };
    let order = direction.keyword();
    let others: Vec<String> =
        [("email_key", 2), ("first_name", 1), ("last_name", 1), ("display_name", 1)]
            .iter()
            .map(|(column, term)| {
                format!(
                    " UNION SELECT u.username, u.seq FROM users u WHERE u.{column} >= ?{term} \
                 AND u.{column} < ?{term} || iif({MANY}, '', char(1114111))"
                )
            })
            .collect();
    // Without a limit of its own, the order would be thought to matter to nobody.
    format!(
        "SELECT * FROM (SELECT username AS position, seq AS user FROM {from_whom} \
           username {from} AND username {to} ORDER BY username {order} LIMIT {most}){} \
         ORDER BY position {order} LIMIT -1",
        others.concat()
    )
}

/// Members of a group, whose usernames stand in their index.
const MEMBERS: &str = "(SELECT m.group_id, m.username, u.seq FROM user_group_members m \
    CROSS JOIN users u ON u.id = m.user_id) WHERE group_id = ?3 AND";

/// Behind every name that begins so.
const UP_TO: &str = "< ?1 || char(1114111)";
