//! A search, a filter, or both.

use super::{Cursor, Direction, FEW, Found, Item, List, Page, Sort, users};
use crate::sql::user_json;
use crate::{Outcomes, StoreError};
use platform::{Statement, Value};

/// How many matches are read beyond the page where there are many users: enough to say "a few
/// more" instead of "some more".
const AHEAD: u32 = 5;

/// Where the matches are found and what else must be true of them.
pub(super) struct Matching<'a> {
    list: &'a List,
    source: Source,
    conditions: Vec<String>,
    parameters: Vec<Value>,
}

/// The index that finds the matches. It gives `seq` and a `position` to go on from.
enum Source {
    /// `?1` is a full-text query.
    Substring,
    /// `?1` is the beginning of a name.
    Prefix,
    /// `?1` is a group.
    Group,
    /// A flag, given with its value.
    Flag(&'static str),
}

const MANY: &str = "(SELECT value FROM counters WHERE name = 'users') >";
/// The limit that is none.
const ALL: &str = "-1";
const PREFIXED: [&str; 5] = ["username", "email_key", "first_name", "last_name", "display_name"];

impl<'a> Matching<'a> {
    pub(super) fn of(list: &'a List) -> Self {
        let mut matching = Self {
            list,
            source: Source::Substring,
            conditions: Vec::new(),
            parameters: Vec::new(),
        };
        let mut flags = list.filter.flags();
        let group = list.filter.group.map(|group| group.to_string());
        matching.source = match (list.search.chars().count(), &group, flags.first()) {
            (0, Some(group), _) => matching.found_by(group.as_str().into(), Source::Group),
            (0, None, Some(&(column, _))) => {
                let (_, flag) = flags.remove(0);
                matching.found_by(flag.into(), Source::Flag(column))
            }
            (0..=2, ..) => matching.found_by(list.search.to_lowercase().into(), Source::Prefix),
            _ => {
                let phrase = format!("\"{}\"", list.search.replace('"', "\"\""));
                matching.found_by(phrase.into(), Source::Substring)
            }
        };
        if let (Some(group), false) = (group, matches!(matching.source, Source::Group)) {
            let number = matching.bind(group.into());
            matching.conditions.push(format!(
                " AND EXISTS (SELECT 1 FROM user_group_members m \
                 WHERE m.user_id = u.id AND m.group_id = ?{number})"
            ));
        }
        for (column, flag) in flags {
            let number = matching.bind(flag.into());
            matching.conditions.push(format!(" AND (u.{column}) = ?{number}"));
        }
        matching
    }

    fn found_by(&mut self, term: Value, source: Source) -> Source {
        self.bind(term);
        source
    }

    fn bind(&mut self, value: Value) -> usize {
        self.parameters.push(value);
        self.parameters.len()
    }

    /// All matches, in order: for deployments of few users.
    fn among_few(&self) -> Statement {
        let mut parameters = self.parameters.clone();
        let number = parameters.len();
        parameters.extend([self.list.limit.into(), self.list.page_number().into()]);
        let (limit, page) = (number + 1, number + 2);
        let (column, direction) = (self.list.sort.column(), self.list.direction.keyword());
        let (user, matches) = (user_json!(), self.matches(ALL, ""));
        let total = "(SELECT total FROM size)";
        let sql = format!(
            "WITH matches AS MATERIALIZED ({matches}), \
             size AS MATERIALIZED (SELECT count(*) AS total FROM matches) \
             SELECT json_object('total', {total}, 'items', json((\
               SELECT json_group_array(json_object('seq', seq, 'position', '', 'user', json(user))) \
               FROM (SELECT u.seq, {user} AS user FROM matches CROSS JOIN users u USING (seq) \
                 ORDER BY {column} {direction}, u.seq {direction} LIMIT ?{limit} + 1 \
                 OFFSET ?{limit} * max(0, min(?{page} - 1, ({total} - 1) / ?{limit})))))) \
             WHERE NOT {MANY} {FEW}"
        );
        Statement::new(sql, parameters)
    }

    /// The first matches and a few more, in the order of their index: for many users.
    fn among_many(&self) -> Statement {
        let mut parameters = self.parameters.clone();
        let cap = format!("?{}", parameters.len() + 1);
        parameters.push(self.cap().into());
        let beyond = match &self.list.after {
            Some(Cursor::Position(position)) => {
                parameters.push(self.source.position(position));
                format!(
                    " AND {} {} ?{}",
                    self.source.column(),
                    self.walk().beyond(),
                    parameters.len()
                )
            }
            _ => String::new(),
        };
        let (user, matches) = (user_json!(), self.matches(&cap, &beyond));
        let total = self.known_total();
        let sql = format!(
            "SELECT json_object('total', {total}, 'items', json((\
               SELECT json_group_array(json_object(\
                 'seq', seq, 'position', CAST(position AS TEXT), 'user', json(user))) \
               FROM (SELECT u.seq, matches.position, {user} AS user \
                 FROM ({matches}) matches CROSS JOIN users u ON u.seq = matches.seq)))) \
             WHERE {MANY} {FEW}"
        );
        Statement::new(sql, parameters)
    }

    /// How many matches are read at most.
    fn cap(&self) -> u32 {
        self.list.limit.saturating_mul(self.list.page_number()).saturating_add(AHEAD)
    }

    /// `seq` and `position` of the matches, at most `cap` of them.
    fn matches(&self, cap: &str, beyond: &str) -> String {
        let conditions: String = self.conditions.concat();
        let direction = self.walk().keyword();
        match &self.source {
            Source::Substring if conditions.is_empty() => format!(
                "SELECT rowid AS seq, rowid AS position FROM user_search \
                 WHERE user_search MATCH ?1{beyond} ORDER BY rowid {direction} LIMIT {cap}"
            ),
            Source::Substring => format!(
                "SELECT u.seq, u.seq AS position FROM user_search CROSS JOIN users u \
                 ON u.seq = user_search.rowid WHERE user_search MATCH ?1{beyond}{conditions} \
                 ORDER BY user_search.rowid {direction} LIMIT {cap}"
            ),
            Source::Prefix => prefixes(cap, &conditions),
            Source::Group => format!(
                "SELECT u.seq, m.user_id AS position FROM user_group_members m \
                 CROSS JOIN users u ON u.id = m.user_id \
                 WHERE m.group_id = ?1{beyond}{conditions} ORDER BY m.user_id {direction} LIMIT {cap}"
            ),
            Source::Flag(flag) => format!(
                "SELECT u.seq, u.seq AS position FROM users u \
                 WHERE ({flag}) = ?1{beyond}{conditions} ORDER BY u.seq {direction} LIMIT {cap}"
            ),
        }
    }

    /// In which direction the index is walked: with the order, where it is the index's own.
    fn walk(&self) -> Direction {
        match self.list.sort {
            Sort::CreatedAt => self.list.direction,
            _ => Direction::Ascending,
        }
    }

    /// A total that is maintained, where the search or filter is as simple as that.
    fn known_total(&self) -> String {
        if !self.conditions.is_empty() {
            return "NULL".to_owned();
        }
        match &self.source {
            Source::Group => "(SELECT user_count FROM user_groups WHERE id = ?1)".to_owned(),
            Source::Flag(flag) => format!(
                "(SELECT iif(?1, c.value, a.value - c.value) FROM counters c, counters a \
                 WHERE c.name = '{}' AND a.name = 'users')",
                counter(flag)
            ),
            Source::Substring | Source::Prefix => "NULL".to_owned(),
        }
    }

    pub(super) fn statements(&self) -> Vec<Statement> {
        vec![self.among_few(), self.among_many()]
    }

    pub(super) fn read(&self, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
        let few: Option<Found> = outcomes.one()?;
        let many: Option<Found> = outcomes.one()?;
        Ok(match (few, many) {
            (Some(found), _) => self.page_of_few(found),
            (None, Some(found)) => self.page_of_many(found),
            (None, None) => Page::default(),
        })
    }

    fn page_of_few(&self, found: Found) -> Page {
        let (items, more) = self.list.cut(found.items);
        let total = found.total.unwrap_or(0);
        let page = self.list.page_number().min(total.div_ceil(self.list.limit).max(1));
        let next = more.then(|| Cursor::Page(page + 1));
        Page { next, total, exact: true, items: users(items) }
    }

    fn page_of_many(&self, found: Found) -> Page {
        let read = u32::try_from(found.items.len()).unwrap_or(u32::MAX);
        let goes_on = matches!(self.list.after, Some(Cursor::Position(_)));
        let all = read < self.cap() && !goes_on;
        let mut items = if all { self.ordered(found.items) } else { found.items };
        let pages = if all { read.div_ceil(self.list.limit).max(1) } else { u32::MAX };
        let page = self.list.page_number().min(pages);
        let (items, more) = self.list.cut(items.split_off(self.start_of(page, items.len())));
        let next = more.then(|| match items.last() {
            Some(last) if !all && self.source.goes_on() => Cursor::Position(last.position.clone()),
            _ => Cursor::Page(page + 1),
        });
        let exact = all || found.total.is_some();
        Page { next, total: found.total.unwrap_or(read), exact, items: users(items) }
    }

    /// Some hundred at most, so that inserting them one by one is quick, and small where it is
    /// compiled to.
    fn ordered(&self, items: Vec<Item>) -> Vec<Item> {
        let mut ordered: Vec<Item> = Vec::with_capacity(items.len());
        for item in items {
            let comes_later = |other: &Item| {
                let order = self.list.sort.compare(&other.user, &item.user);
                self.list.direction.apply(order.then(other.seq.cmp(&item.seq))).is_gt()
            };
            let place = ordered.partition_point(|other| !comes_later(other));
            ordered.insert(place, item);
        }
        ordered
    }

    fn start_of(&self, page: u32, len: usize) -> usize {
        (self.list.limit as usize).saturating_mul(page as usize - 1).min(len)
    }
}

impl Source {
    /// What the cursor goes on from.
    fn column(&self) -> &'static str {
        match self {
            Self::Substring | Self::Prefix => "user_search.rowid",
            Self::Group => "m.user_id",
            Self::Flag(_) => "u.seq",
        }
    }

    fn position(&self, text: &str) -> Value {
        match self {
            Self::Group => text.into(),
            _ => Value::Integer(text.parse().unwrap_or(0)),
        }
    }

    /// Whether its order is one to go on in.
    fn goes_on(&self) -> bool {
        !matches!(self, Self::Prefix)
    }
}

impl super::Filter {
    /// Each flag asked for as its indexed expression, the rarest kind of people first.
    fn flags(&self) -> Vec<(&'static str, bool)> {
        [
            ("awaiting_approval", self.awaiting_approval),
            ("is_admin", self.is_admin),
            ("disabled", self.disabled),
            ("ldap_id IS NOT NULL", self.is_ldap),
            ("passkey_count > 0", self.has_passkey),
            ("email_verified", self.email_verified),
        ]
        .into_iter()
        .filter_map(|(expression, asked)| Some((expression, asked?)))
        .collect()
    }
}

/// The counter of a flag.
fn counter(flag: &str) -> &'static str {
    match flag {
        "awaiting_approval" => "users.awaitingApproval",
        "is_admin" => "users.isAdmin",
        "disabled" => "users.disabled",
        "email_verified" => "users.emailVerified",
        "passkey_count > 0" => "users.hasPasskey",
        _ => "users.isLdap",
    }
}

/// All names that begin so; where there are many users, usernames alone.
fn prefixes(cap: &str, conditions: &str) -> String {
    let columns = if cap == ALL { &PREFIXED[..] } else { &PREFIXED[..1] };
    let ranges: Vec<String> = columns
        .iter()
        .map(|column| {
            format!(
                "SELECT u.seq, u.seq AS position FROM users u \
                 WHERE u.{column} >= ?1 AND u.{column} < ?1 || char(1114111){conditions}"
            )
        })
        .collect();
    format!("{} LIMIT {cap}", ranges.join(" UNION "))
}
