//! The indexes that find matches.

use platform::Value;

use super::Direction;

/// An index that finds matches. Each walk along it gives a `key`, which finds the user, and a
/// `position` to go on from.
pub(super) enum Source {
    /// `?1` is a full-text query.
    Substring,
    /// `?1` is the beginning of a name.
    Prefix,
    /// The same among the members of the group `?2`.
    PrefixInGroup,
    /// `?1` is a group.
    Group,
    /// A flag, given with its value.
    Flag(&'static str),
}

const PREFIXED: [&str; 5] = ["username", "email_key", "first_name", "last_name", "display_name"];

impl Source {
    /// All that the index finds, in no order: for few users.
    pub(super) fn all(&self) -> String {
        match self {
            Self::Prefix | Self::PrefixInGroup => PREFIXED
                .map(|column| {
                    format!(
                        "SELECT u.seq AS key FROM users u \
                         WHERE u.{column} >= ?1 AND u.{column} < ?1 || char(1114111)"
                    )
                })
                .join(" UNION "),
            Self::Substring => {
                "SELECT rowid AS key FROM user_search WHERE user_search MATCH ?1".to_owned()
            }
            Self::Group => {
                "SELECT m.user_id AS key FROM user_group_members m WHERE m.group_id = ?1".to_owned()
            }
            Self::Flag(flag) => format!("SELECT u.seq AS key FROM users u WHERE ({flag}) = ?1"),
        }
    }

    /// A walk in the index's order, to be limited: for many users. Short terms are looked for in
    /// usernames alone. `beyond` is a condition on [`Self::position`].
    pub(super) fn walk(&self, beyond: &str, direction: Direction) -> String {
        let (position, direction) = (self.position(), direction.keyword());
        let (key, rest) = match self {
            Self::Substring => ("rowid", "user_search WHERE user_search MATCH ?1"),
            Self::Prefix => {
                ("u.seq", "users u WHERE u.username >= ?1 AND u.username < ?1 || char(1114111)")
            }
            Self::PrefixInGroup => (
                "m.user_id",
                "user_group_members m \
                 WHERE m.group_id = ?2 AND m.username >= ?1 AND m.username < ?1 || char(1114111)",
            ),
            Self::Group => ("m.user_id", "user_group_members m WHERE m.group_id = ?1"),
            Self::Flag(flag) => {
                return format!(
                    "SELECT u.seq AS key, u.seq AS position FROM users u \
                     WHERE ({flag}) = ?1{beyond} ORDER BY u.seq {direction}"
                );
            }
        };
        format!(
            "SELECT {key} AS key, {position} AS position FROM {rest}{beyond} \
             ORDER BY {position} {direction}"
        )
    }

    /// The column of users that `key` is looked up in; in few of them, a short term's is another.
    pub(super) fn key(&self, few: bool) -> &'static str {
        match self {
            Self::Group => "id",
            Self::PrefixInGroup if !few => "id",
            _ => "seq",
        }
    }

    /// What the cursor goes on from.
    pub(super) fn position(&self) -> &'static str {
        match self {
            Self::Substring => "user_search.rowid",
            Self::Prefix => "u.username",
            Self::PrefixInGroup => "m.username",
            Self::Group => "m.user_id",
            Self::Flag(_) => "u.seq",
        }
    }

    /// A cursor's position as the index holds it.
    pub(super) fn at(&self, position: &str) -> Value {
        match self {
            Self::Substring | Self::Flag(_) => Value::Integer(position.parse().unwrap_or(0)),
            Self::Prefix | Self::PrefixInGroup | Self::Group => position.into(),
        }
    }
}
