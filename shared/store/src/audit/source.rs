use std::fmt;

use domain::Timestamp;
use platform::Value;
use serde::Deserialize;

use crate::SecretHash;
use crate::sql::presenter;

/// Which entries of the log.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Whose.
    pub whose: Whose,
    /// Only these events; empty: all.
    pub events: Vec<String>,
    /// Only what was done to these users; empty: to anybody.
    pub users: Vec<String>,
    /// Only what these users did; empty: anybody.
    pub actors: Vec<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

/// Whose entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    Everybody,
    /// What was done by or to whoever presents this secret.
    Presenter(SecretHash),
}

/// A place in the log: behind the entry that was `seq`-th, at a moment that several may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Cursor {
    pub(super) created_at: Timestamp,
    pub(super) seq: i64,
}

impl Cursor {
    /// Reads the text that [`Cursor`] is written as.
    pub fn parse(text: &str) -> Option<Self> {
        let (created_at, seq) = text.split_once('-')?;
        let created_at = created_at.parse().ok().filter(|ms| (0..LATEST).contains(ms))?;
        let seq = seq.parse().ok().filter(|seq| (0..LATEST).contains(seq))?;
        Some(Self { created_at: Timestamp::from_ms(created_at), seq })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.created_at.as_ms(), self.seq)
    }
}

impl Filter {
    /// Whether it lets everything through: the log's length is known without counting then.
    pub fn is_open(&self) -> bool {
        self.whose == Whose::Everybody
            && [&self.events, &self.users, &self.actors].iter().all(|values| values.is_empty())
            && self.from.is_none()
            && self.to.is_none()
    }
}

/// Larger than any moment or row number, and still a number that D1 carries exactly.
const LATEST: i64 = 1 << 52;

/// Most terms of a compound `SELECT` on D1.
const MOST_ARMS: usize = 5;

/// `SELECT`s of entries in the log's order, along indexes alone.
///
/// One index is walked: by user or actor, and event, if the filter names some of them, else by time. For
/// several names the walks are merged as they go, so that a `LIMIT` ends them early. What the filter
/// says besides (user *and* actor, or many of each) is looked for among the next `window` entries of that walk, no further: a rare
/// combination in a long log comes in pieces, each with the cursor to the next.
pub(super) struct Source {
    /// The entries with all columns, in order. Take it into parentheses and limit it.
    pub(super) entries: String,
    /// The same with so few columns that the index alone serves them, to be counted.
    pub(super) keys: String,
    /// Where the window ends, if it is full; `None` where nothing is left out.
    pub(super) window_end: Option<String>,
    /// What all of them are bound to.
    pub(super) parameters: Vec<Value>,
}

const KEYS: &str = "created_at, seq";

const COLUMNS: &str = "created_at, seq, id, event, actor_id, actor_username, user_id, username, \
    ip_address, user_agent, data";

/// One walk: an index with the condition that its first column must meet.
struct Arm {
    index: &'static str,
    condition: String,
}

/// Collects parameters and gives their names.
struct Parameters(Vec<Value>);

impl Parameters {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }

    fn is_one_of(&mut self, column: &str, values: &[String]) -> String {
        let values = self.bind(serde_json::json!(values).to_string());
        format!("{column} IN (SELECT value FROM json_each({values}))")
    }

    /// A condition for each value.
    fn each(
        &mut self,
        column: &'static Column,
        values: &[String],
    ) -> Vec<(&'static Column, String)> {
        values.iter().map(|value| (column, column.is(&self.bind(value.as_str())))).collect()
    }
}

impl Source {
    pub(super) fn new(
        filter: &Filter,
        descending: bool,
        cursor: Option<Cursor>,
        window: u32,
    ) -> Self {
        let mut parameters = Parameters(Vec::new());
        let (arms, left) = walks(filter, &mut parameters);
        let range = range(filter, descending, cursor, &mut parameters);
        let order =
            if descending { "created_at DESC, seq DESC" } else { "created_at ASC, seq ASC" };
        let walk = |columns: &str| {
            let arm = |Arm { index, condition }: &Arm| {
                format!(
                    "SELECT {columns} FROM audit_entries INDEXED BY {index} WHERE {condition}{range}"
                )
            };
            let arms: Vec<_> = arms.iter().map(arm).collect();
            format!("{} ORDER BY {order}", arms.join(" UNION "))
        };
        if left.is_empty() {
            let (entries, keys) = (walk(COLUMNS), walk(KEYS));
            return Self { entries, keys, window_end: None, parameters: parameters.0 };
        }
        let conditions: Vec<_> =
            left.iter().map(|(column, values)| parameters.is_one_of(column.name, values)).collect();
        let window = parameters.bind(window);
        let window_end = format!(
            "(SELECT json_object('created_at', created_at, 'seq', seq) FROM \
              ({} LIMIT 1 OFFSET {window} - 1))",
            walk(KEYS)
        );
        let entries = format!(
            "SELECT * FROM ({} LIMIT {window}) WHERE {} ORDER BY {order}",
            walk(COLUMNS),
            conditions.join(" AND ")
        );
        let (keys, window_end) = (entries.clone(), Some(window_end));
        Self { entries, keys, window_end, parameters: parameters.0 }
    }
}

/// A column that the log can be narrowed to, with the indexes that it begins.
struct Column {
    name: &'static str,
    index: &'static str,
    /// What makes an entry stand in that index, if not all do.
    condition: &'static str,
    /// Narrowed to an event besides.
    index_with_event: &'static str,
}

const USER: Column = Column {
    name: "user_id",
    index: "audit_entries_by_user",
    condition: "",
    index_with_event: "audit_entries_by_user_and_event",
};

const ACTOR: Column = Column {
    name: "actor_id",
    index: "audit_entries_by_actor",
    condition: "",
    index_with_event: "audit_entries_by_actor_and_event",
};

/// What somebody did, but to themselves: beside [`USER`] it repeats nothing.
const ACTOR_ON_OTHERS: Column = Column {
    name: "actor_id",
    index: "audit_entries_by_actor_on_others",
    condition: "actor_id IS NOT user_id AND ",
    index_with_event: "audit_entries_by_actor_and_event",
};

const EVENT: Column = Column {
    name: "event",
    index: "audit_entries_by_event",
    condition: "",
    index_with_event: "audit_entries_by_event",
};

impl Column {
    fn is(&self, value: &str) -> String {
        format!("{} = {value} AND ", self.name)
    }
}

type Left<'f> = Vec<(&'static Column, &'f [String])>;

/// The walks, and the columns whose values they do not settle.
fn walks<'f>(filter: &'f Filter, parameters: &mut Parameters) -> (Vec<Arm>, Left<'f>) {
    let mut left: Vec<_> = [(&USER, filter.users.as_slice()), (&ACTOR, filter.actors.as_slice())]
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .collect();
    let people = if let Whose::Presenter(secret_hash) = filter.whose {
        // The first parameter of all, as the fragment says.
        let _ = parameters.bind(secret_hash);
        [&USER, &ACTOR_ON_OTHERS].map(|column| (column, column.is(presenter!("?1")))).into()
    } else if let Some(at) = left.iter().position(|(_, values)| values.len() <= MOST_ARMS) {
        let (column, values) = left.remove(at);
        parameters.each(column, values)
    } else {
        Vec::new()
    };
    let events = filter.events.as_slice();
    let arms: Vec<_> = if !people.is_empty()
        && (1..=MOST_ARMS).contains(&(people.len() * events.len()))
    {
        let events = parameters.each(&EVENT, events);
        let with = |(column, person): &(&Column, String)| {
            let index = column.index_with_event;
            let arm = |(_, event): &(_, String)| Arm { index, condition: person.clone() + event };
            events.iter().map(arm).collect::<Vec<_>>()
        };
        people.iter().flat_map(with).collect()
    } else {
        let by_event = people.is_empty() && (1..=MOST_ARMS).contains(&events.len());
        if !by_event && !events.is_empty() {
            left.push((&EVENT, events));
        }
        let arms = if by_event { parameters.each(&EVENT, events) } else { people };
        let arm = |(column, condition): (&Column, String)| Arm {
            index: column.index,
            condition: condition + column.condition,
        };
        arms.into_iter().map(arm).collect()
    };
    let everything = Arm { index: "audit_entries_by_created_at", condition: String::new() };
    (if arms.is_empty() { vec![everything] } else { arms }, left)
}

/// Entries of the asked time, behind the cursor.
fn range(
    filter: &Filter,
    descending: bool,
    cursor: Option<Cursor>,
    parameters: &mut Parameters,
) -> String {
    let from = filter.from.map_or(0, Timestamp::as_ms).clamp(0, LATEST);
    let to = filter.to.map_or(LATEST, Timestamp::as_ms).clamp(0, LATEST);
    let (from, to) = (parameters.bind(from), parameters.bind(to));
    let range = format!("created_at >= {from} AND created_at < {to}");
    let Some(Cursor { created_at, seq }) = cursor else { return range };
    let (at, seq) = (parameters.bind(created_at.as_ms()), parameters.bind(seq));
    let (bound, behind) = if descending { ("<=", "<") } else { (">=", ">") };
    format!(
        "{range} AND created_at {bound} {at} AND (created_at {behind} {at} OR seq {behind} {seq})"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_written_and_nothing_else_is_one() {
        let cursor = Cursor { created_at: Timestamp::from_ms(1_795_340_205_250), seq: 42 };
        assert_eq!(cursor.to_string(), "1795340205250-42");
        assert_eq!(Cursor::parse("1795340205250-42"), Some(cursor));
        for text in ["", "-", "1", "1-", "-1-1", "1--1", "1-9007199254740993", "x-1", "1-1-1"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
