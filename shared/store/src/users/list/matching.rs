//! A search, a filter, or both.

use super::source::Source;
use super::{Cursor, Direction, FEW, Found, Item, List, Page, Sort, users};
use crate::sql::user_json;
use crate::{Outcomes, StoreError};
use platform::{Statement, Value};

/// How many matches are read beyond the page where there are many users: enough to say "a few
/// more" instead of "some more".
const AHEAD: u32 = 5;

/// How many of what the index finds are examined for what else must be true, beyond the page.
const WINDOW: u32 = 500;

/// Where the matches are found and what else must be true of them.
pub(super) struct Matching<'a> {
    list: &'a List,
    source: Source,
    conditions: Vec<String>,
    parameters: Vec<Value>,
}

const MANY: &str = "(SELECT value FROM counters WHERE name = 'users') >";

impl<'a> Matching<'a> {
    pub(super) fn of(list: &'a List) -> Self {
        let mut flags = list.filter.flags();
        let mut group = list.filter.group.map(|group| group.to_string());
        let length = list.search.chars().count();
        let (term, source): (Value, _) = if length > 2 {
            (format!("\"{}\"", list.search.replace('"', "\"\"")).into(), Source::Substring)
        } else if length > 0 {
            let source = if group.is_some() { Source::PrefixInGroup } else { Source::Prefix };
            (list.search.to_lowercase().into(), source)
        } else if let Some(group) = group.take() {
            (group.into(), Source::Group)
        } else {
            let (column, flag) = flags.remove(0);
            (flag.into(), Source::Flag(column))
        };
        let mut matching = Self { list, source, conditions: Vec::new(), parameters: vec![term] };
        if let Some(group) = group {
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
        let (user, found, key) = (user_json!(), self.source.all(), self.source.key(true));
        let (conditions, total) = (self.conditions.concat(), "(SELECT total FROM size)");
        let sql = format!(
            "WITH matches AS MATERIALIZED (\
               SELECT u.seq FROM ({found}) f CROSS JOIN users u ON u.{key} = f.key \
               WHERE 1{conditions}), \
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

    /// The first matches and a few more, in the order of their index: for many users. Nothing sorts
    /// behind the walk, so it ends as soon as there are enough.
    fn among_many(&self) -> Statement {
        let mut parameters = self.parameters.clone();
        let number = parameters.len();
        parameters.extend([self.cap().into(), self.window().into()]);
        let (cap, window) = (number + 1, number + 2);
        let mut beyond = String::new();
        if let Some(Cursor::Position(position)) = &self.list.after {
            parameters.push(self.source.at(position));
            let (column, further) = (self.source.position(), self.direction().beyond());
            beyond = format!(" AND {column} {further} ?{}", parameters.len());
        }
        let (user, key) = (user_json!(), self.source.key(false));
        let walk = self.source.walk(&beyond, self.direction());
        let (conditions, total) = (self.conditions.concat(), self.known_total());
        let end = if conditions.is_empty() {
            "NULL".to_owned()
        } else {
            format!(
                "iif(json_array_length(items) < ?{cap}, (SELECT CAST(position AS TEXT) \
                   FROM ({walk} LIMIT 1 OFFSET ?{window} - 1)), NULL)"
            )
        };
        let sql = format!(
            "WITH found AS MATERIALIZED (SELECT json_group_array(json_object(\
                 'seq', seq, 'position', CAST(position AS TEXT), 'user', json(user))) AS items \
               FROM (SELECT u.seq, f.position, {user} AS user \
                 FROM ({walk} LIMIT iif({MANY} {FEW}, ?{window}, 0)) f \
                 CROSS JOIN users u ON u.{key} = f.key WHERE 1{conditions} LIMIT ?{cap})) \
             SELECT json_object('total', {total}, 'items', json(items), 'window_end', {end}) \
             FROM found WHERE {MANY} {FEW}"
        );
        Statement::new(sql, parameters)
    }

    /// How many matches are read at most.
    fn cap(&self) -> u32 {
        self.list.limit.saturating_mul(self.list.page_number()).saturating_add(AHEAD)
    }

    /// How many that the index finds are examined at most.
    fn window(&self) -> u32 {
        let further = if self.conditions.is_empty() { 0 } else { WINDOW };
        self.cap().saturating_add(further)
    }

    /// In which direction the index is walked: with the order, where it is the index's own.
    fn direction(&self) -> Direction {
        match (self.list.sort, &self.source) {
            (Sort::Username, Source::Prefix | Source::PrefixInGroup)
            | (Sort::CreatedAt, Source::Substring | Source::Group | Source::Flag(_)) => {
                self.list.direction
            }
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
            Source::Substring | Source::Prefix | Source::PrefixInGroup => "NULL".to_owned(),
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
        let full = read >= self.cap();
        let all = !full && found.window_end.is_none() && !goes_on;
        let mut items = if all { self.ordered(found.items) } else { found.items };
        let pages = if full { u32::MAX } else { read.div_ceil(self.list.limit).max(1) };
        let page = self.list.page_number().min(pages);
        let (items, more) = self.list.cut(items.split_off(self.start_of(page, items.len())));
        let next = match items.last() {
            Some(last) if more && !all => Some(Cursor::Position(last.position.clone())),
            _ if more => Some(Cursor::Page(page + 1)),
            _ => found.window_end.map(Cursor::Position),
        };
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
