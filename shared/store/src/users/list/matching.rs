//! A search, a filter, or both.

use super::source::Source;
use super::{Cursor, Direction, Item, List, Page, users};
use crate::flag::flag;
use crate::sql::user_json;
use crate::{Outcomes, StoreError};
use platform::{Statement, Value};
use serde::Deserialize;

/// How many matches are read beyond the page where there are many users: enough to say "a few
/// more" instead of "some more".
const AHEAD: u32 = 5;

/// How many of an index's finds are examined where there are many users and something else must be
/// true of them, too: it may be true of none of a million.
const WINDOW: u32 = 500;

/// Where the matches are found and what else must be true of them.
pub(super) struct Matching<'a> {
    list: &'a List,
    source: Source,
    conditions: Vec<String>,
    parameters: Vec<Value>,
}

/// What is known of the matches besides the users of the page.
#[derive(Deserialize)]
struct Head {
    /// Whether there are many users.
    #[serde(deserialize_with = "flag")]
    many: bool,
    /// How many matches there are, where a counter knows it.
    total: Option<u32>,
    /// How many matches come before the first that was read.
    start: u32,
    /// The last find of a window that is full.
    end: Option<String>,
}

impl<'a> Matching<'a> {
    pub(super) fn of(list: &'a List) -> Self {
        let mut flags = list.filter.flags();
        let group = list.filter.group.map(|group| group.to_string());
        let (source, term): (Source, Value) =
            match (list.search.chars().count(), &group, flags.first()) {
                (0, Some(group), _) => (Source::Group, group.as_str().into()),
                (0, None, Some(&(column, _))) => {
                    let (_, asked) = flags.remove(0);
                    (Source::Flag(column), asked.into())
                }
                (0..=2, Some(_), _) => (Source::PrefixInGroup, list.search.as_str().into()),
                (0..=2, ..) => (Source::Prefix, list.search.as_str().into()),
                _ => {
                    let phrase = format!("\"{}\"", list.search.replace('"', "\"\""));
                    (Source::Substring, phrase.into())
                }
            };
        let parameters = vec![term, list.search.to_lowercase().into()];
        let mut matching = Self { list, source, conditions: Vec::new(), parameters };
        if let (Some(group), false) = (group, matches!(matching.source, Source::Group)) {
            let group = matching.bind(group.into());
            matching.conditions.push(format!(
                " AND EXISTS (SELECT 1 FROM user_group_members m \
                 WHERE m.user_id = u.id AND m.group_id = {group})"
            ));
        }
        for (column, asked) in flags {
            let asked = matching.bind(asked.into());
            matching.conditions.push(format!(" AND +(u.{column}) = {asked}"));
        }
        matching
    }

    fn bind(&mut self, value: Value) -> String {
        self.parameters.push(value);
        format!("?{}", self.parameters.len())
    }

    pub(super) fn statements(mut self) -> Vec<Statement> {
        let List { limit, .. } = *self.list;
        let page = self.list.page_number();
        let (page, limit) = (self.bind(page.into()), self.bind(limit.into()));
        let after = match &self.list.after {
            Some(Cursor::Position(position)) => Some(self.source.position(position)),
            _ => None,
        };
        let after = after.map(|position| self.bind(position));
        let start = self.start(&page, &limit);
        let texts = [
            self.head(after.as_deref(), &start),
            self.among_few(&page, &limit),
            self.among_many(after.as_deref(), &start, &limit),
        ];
        texts.into_iter().map(|sql| self.statement(sql)).collect()
    }

    /// A statement takes no more parameters than it names.
    fn statement(&self, sql: String) -> Statement {
        let named = (1..=self.parameters.len()).rev().find(|n| sql.contains(&format!("?{n}")));
        let parameters = self.parameters.iter().take(named.unwrap_or(0)).cloned();
        Statement::new(sql, parameters.collect::<Vec<_>>())
    }

    /// The finds of the index and the users they are, of whom all else is true.
    fn matches(&self, after: Option<&str>, most: &str) -> String {
        let found = self.source.found(after, self.walk(), most);
        let (user, conditions) = (self.source.user(), self.conditions.concat());
        format!("({found}) found CROSS JOIN users u ON {user} = found.user WHERE 1{conditions}")
    }

    fn walk(&self) -> Direction {
        self.source.walk(self.list.sort, self.list.direction)
    }

    /// Where the page begins among many. Of so few matches that they are ordered, all are read; a page
    /// past the end is the last one.
    fn start(&self, page: &str, limit: &str) -> String {
        if self.list.page_number() == 1 {
            return "0".to_owned();
        }
        let most = if self.conditions.is_empty() {
            format!("iif({MANY}, {limit} * {page} + {AHEAD}, 0)")
        } else {
            format!("iif({MANY}, {WINDOW}, 0)")
        };
        let matches = self.matches(None, &most);
        format!(
            "(SELECT iif(count(*) < {limit} + {AHEAD}, 0, \
               {limit} * min({page} - 1, (count(*) - 1) / {limit})) FROM {matches})"
        )
    }

    fn head(&self, after: Option<&str>, start: &str) -> String {
        let end = if self.conditions.is_empty() {
            "NULL".to_owned()
        } else {
            let found = self.source.found(after, self.walk(), &format!("iif({MANY}, {WINDOW}, 0)"));
            format!("(SELECT CAST(position AS TEXT) FROM ({found}) LIMIT 1 OFFSET {WINDOW} - 1)")
        };
        let total = self.known_total();
        format!(
            "SELECT json_object('many', {MANY}, 'total', {total}, 'start', {start}, 'end', {end})"
        )
    }

    /// All matches, counted and in order: for deployments of few users.
    fn among_few(&self, page: &str, limit: &str) -> String {
        let (column, direction) = (self.list.sort.column(), self.list.direction.keyword());
        let (user, matches) = (user_json!(), self.matches(None, &format!("iif({MANY}, 0, -1)")));
        format!(
            "WITH matches AS MATERIALIZED (SELECT u.seq FROM {matches}), \
             size AS MATERIALIZED (SELECT count(*) AS total FROM matches) \
             SELECT json_object('seq', u.seq, 'position', '', 'total', total, 'user', {user}) \
             FROM (SELECT u.seq, total FROM size CROSS JOIN matches \
               CROSS JOIN users u ON u.seq = matches.seq \
               ORDER BY {column} {direction}, u.seq {direction} LIMIT {limit} + 1 \
               OFFSET (SELECT {limit} * max(0, min({page} - 1, (total - 1) / {limit})) FROM size)) page \
             CROSS JOIN users u ON u.seq = page.seq"
        )
    }

    /// The matches of a page and a few more, in the order of their index: for many users.
    fn among_many(&self, after: Option<&str>, start: &str, limit: &str) -> String {
        let cut = format!("iif({MANY}, {limit} + {AHEAD}, 0) OFFSET {start}");
        let rows = if self.conditions.is_empty() {
            self.matches(after, &cut)
        } else {
            self.matches(after, &format!("iif({MANY}, {WINDOW}, 0)")) + " LIMIT " + &cut
        };
        let user = user_json!();
        format!(
            "SELECT json_object('seq', u.seq, 'position', CAST(position AS TEXT), 'user', {user}) \
             FROM {rows}"
        )
    }

    /// A total that is maintained, where the search or filter is as simple as that.
    fn known_total(&self) -> String {
        match &self.source {
            _ if !self.conditions.is_empty() => "NULL".to_owned(),
            Source::Group => "(SELECT user_count FROM user_groups WHERE id = ?1)".to_owned(),
            Source::Flag(flag) => format!(
                "(SELECT iif(?1, c.value, a.value - c.value) FROM counters c, counters a \
                 WHERE c.name = '{}' AND a.name = 'users')",
                counter(flag)
            ),
            Source::Substring | Source::Prefix | Source::PrefixInGroup => "NULL".to_owned(),
        }
    }
}

/// Whether there are many users.
pub(super) const MANY: &str = "(SELECT value > 2000 FROM counters WHERE name = 'users')";

pub(super) fn read(list: &List, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
    let head: Option<Head> = outcomes.one()?;
    let few: Vec<Item> = outcomes.each()?;
    let many: Vec<Item> = outcomes.each()?;
    Ok(match head {
        Some(head) if head.many => page_of_many(list, head, many),
        _ => page_of_few(list, few),
    })
}

fn page_of_few(list: &List, items: Vec<Item>) -> Page {
    let total = items.first().and_then(|item| item.total).unwrap_or(0);
    let page = list.page_number().min(total.div_ceil(list.limit).max(1));
    let (items, more) = list.cut(items);
    let next = more.then(|| Cursor::Page(page + 1));
    Page { next, total, exact: true, items: users(items) }
}

/// Whether the matches are ordered must come out alike for every page: where there are no more than
/// the first page and a few, which are then all here.
fn page_of_many(list: &List, head: Head, items: Vec<Item>) -> Page {
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let read = head.start + count;
    let goes_on = matches!(list.after, Some(Cursor::Position(_)));
    let to_the_end = count < list.limit + AHEAD && head.end.is_none() && !goes_on;
    let all = to_the_end && head.start == 0;
    let mut items = if all { ordered(list, items) } else { items };
    let page = list.page_number().min(read.div_ceil(list.limit).max(1));
    let before = ((page - 1) * list.limit).saturating_sub(head.start) as usize;
    let (items, more) = list.cut(items.split_off(before.min(items.len())));
    let position = items.last().filter(|_| more).map(|item| item.position.clone());
    let next = if all {
        more.then_some(Cursor::Page(page + 1))
    } else {
        position.or(head.end).map(Cursor::Position)
    };
    let exact = to_the_end || head.total.is_some();
    Page { next, total: head.total.unwrap_or(read), exact, items: users(items) }
}

/// Some hundred at most, so that inserting them one by one is quick, and small where it is compiled
/// to.
fn ordered(list: &List, items: Vec<Item>) -> Vec<Item> {
    let mut ordered: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let comes_later = |other: &Item| {
            let order = list.sort.compare(&other.user, &item.user);
            list.direction.apply(order.then(other.seq.cmp(&item.seq))).is_gt()
        };
        let place = ordered.partition_point(|other| !comes_later(other));
        ordered.insert(place, item);
    }
    ordered
}

impl super::Filter {
    /// Each flag asked for as its indexed expression, the rarest kind of people first: whom a flag is
    /// true of are fewer than the others.
    fn flags(&self) -> Vec<(&'static str, bool)> {
        let mut flags: Vec<_> = [
            ("is_admin", self.is_admin),
            ("awaiting_approval", self.awaiting_approval),
            ("disabled", self.disabled),
            ("ldap_id IS NOT NULL", self.is_ldap),
            ("passkey_count > 0", self.has_passkey),
            ("email_verified", self.email_verified),
        ]
        .into_iter()
        .filter_map(|(expression, asked)| Some((expression, asked?)))
        .collect();
        flags.sort_by_key(|(_, asked)| !asked);
        flags
    }
}

/// The counter of a flag.
fn counter(flag: &str) -> &'static str {
    match flag {
        "is_admin" => "users.isAdmin",
        "disabled" => "users.disabled",
        "awaiting_approval" => "users.awaitingApproval",
        "email_verified" => "users.emailVerified",
        "passkey_count > 0" => "users.hasPasskey",
        _ => "users.isLdap",
    }
}
