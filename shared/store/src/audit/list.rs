use platform::Statement;
use serde::Deserialize;

use super::record::{EntryRecord, entry_json};
use super::source::{Cursor, Filter, Source};
use crate::{Batch, Outcomes, StoreError};

/// A page of the log, by time.
///
/// The length of the whole log is kept by triggers. What a filter leaves is counted a little past
/// the page and no further: on the first page, and behind a cursor, by reading so many more. Pages by number reach [`List::REACH`] entries deep, cursors all of them.
pub struct List {
    /// Which entries.
    pub filter: Filter,
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Entries a page, 1–100.
    pub limit: u32,
    /// Whether the newest come first.
    pub descending: bool,
    /// Where an earlier page ended; the page is the one behind it then.
    pub cursor: Option<Cursor>,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// The entries.
    pub items: Vec<EntryRecord>,
    /// How many there are on all pages, or at least so many.
    pub total: u32,
    /// Whether there are no more than that.
    pub total_is_exact: bool,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// The first row has what is known of all, the others have an entry each: a page as one value could be
/// larger than a value may be.
#[derive(Deserialize)]
pub(super) struct Row {
    total: u32,
    window_end: Option<Cursor>,
    pub(super) item: Option<EntryRecord>,
}

impl List {
    /// How deep pages by number go.
    pub const REACH: u32 = 10_000;

    /// How far past the page entries are counted.
    const AHEAD: u32 = 20;

    /// How far past the page a rare combination is looked for.
    const WINDOW: u32 = 500;

    fn page(&self) -> u32 {
        if self.cursor.is_some() { 1 } else { self.page.clamp(1, Self::REACH / self.limit) }
    }

    /// Entries up to the page's end.
    fn depth(&self) -> u32 {
        self.page() * self.limit
    }

    /// Whether the page is read with what is counted past it, in one walk.
    fn counts_as_it_reads(&self) -> bool {
        !self.filter.is_open() && self.page() == 1
    }

    fn most(&self) -> u32 {
        if self.filter.is_open() { Self::REACH } else { self.depth() + Self::AHEAD }
    }
}

impl Batch for List {
    type Output = Page;

    fn statements(&self) -> Vec<Statement> {
        let window = self.depth() + Self::WINDOW;
        let Source { entries, keys, window_end, mut parameters } =
            Source::new(&self.filter, self.descending, self.cursor, window);
        let mut bind = |value: u32| {
            parameters.push(value.into());
            format!("?{}", parameters.len())
        };
        let (limit, page, most) = (bind(self.limit), bind(self.page()), bind(self.most()));
        let read = if self.counts_as_it_reads() { &most } else { &limit };
        let total = if self.filter.is_open() {
            "SELECT value AS n FROM counters WHERE name = 'auditEntries'".to_owned()
        } else if self.counts_as_it_reads() {
            "SELECT 0 AS n".to_owned()
        } else {
            format!("SELECT count(*) AS n FROM ({keys} LIMIT {most})")
        };
        let window_end = window_end.map_or_else(|| "NULL".to_owned(), |end| format!("json({end})"));
        let entry = entry_json!();
        let sql = format!(
            "WITH total AS MATERIALIZED ({total}) \
             SELECT json_object('total', (SELECT n FROM total), 'window_end', {window_end}) \
             UNION ALL SELECT json_object('total', 0, 'item', json(item)) FROM (\
                 SELECT {entry} AS item FROM ({entries} LIMIT {read} OFFSET {limit} * max(0, \
                   min({page} - 1, (min({most}, (SELECT n FROM total)) - 1) / {limit}))) a)"
        );
        vec![Statement::new(sql, parameters)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
        let rows: Vec<Row> = outcomes.each()?;
        let (mut total, window_end) =
            rows.first().map_or((0, None), |row| (row.total, row.window_end));
        let mut items: Vec<EntryRecord> = rows.into_iter().filter_map(|row| row.item).collect();
        if self.counts_as_it_reads() {
            total = u32::try_from(items.len()).unwrap_or(u32::MAX);
            items.truncate(self.limit as usize);
        }
        let is_full = u32::try_from(items.len()).is_ok_and(|count| count == self.limit);
        let is_open_behind_cursor = self.filter.is_open() && self.cursor.is_some();
        let goes_on = total > self.depth() || window_end.is_some() || is_open_behind_cursor;
        let next = if is_full { items.last().map(EntryRecord::cursor) } else { window_end };
        Ok(Page {
            next: next.filter(|_| goes_on),
            total: total.min(self.most()),
            total_is_exact: window_end.is_none()
                && if self.filter.is_open() {
                    total <= self.most()
                } else {
                    total < self.most() && self.cursor.is_none()
                },
            items,
        })
    }
}
