use platform::Statement;

use super::list::Row;
use super::record::{EntryRecord, entry_json};
use super::source::{Cursor, Filter, Source};
use super::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Reads the newest entries for a file, and notes that somebody did.
pub struct Export {
    /// Which entries.
    pub filter: Filter,
    /// Where an earlier file ended.
    pub cursor: Option<Cursor>,
    /// Who exports.
    pub origin: Origin,
    /// The audit entry; it is not in the file.
    pub entry: Entry,
}

/// What goes into the file.
#[derive(Debug)]
pub struct Exported {
    /// The entries, newest first.
    pub items: Vec<EntryRecord>,
    /// Where the next file begins, if there is more.
    pub next: Option<Cursor>,
}

const ENTRY: &str = insert_audit_entry!("?7, ?8, NULL, NULL", "WHERE 1");

impl Export {
    /// Most entries of a file.
    pub const MOST: u32 = 10_000;

    /// After so many characters a file ends earlier: it is made in memory.
    const MOST_CHARACTERS: u32 = 8_000_000;
}

impl Batch for Export {
    type Output = Exported;

    fn statements(&self) -> Vec<Statement> {
        let Source { entries, window_end, mut parameters, .. } =
            Source::new(&self.filter, true, self.cursor, Self::MOST);
        let end = match window_end {
            Some(end) => Statement::new(format!("SELECT {end}"), parameters.clone()),
            None => Statement::new("SELECT NULL", []),
        };
        parameters.extend([Self::MOST.into(), Self::MOST_CHARACTERS.into()]);
        let (entry, characters) = (entry_json!(), parameters.len());
        let most = characters - 1;
        let sql = format!(
            "SELECT json_object('total', 0, 'item', json(iif(\
               sum(length(item)) OVER (ROWS UNBOUNDED PRECEDING) - length(item) < ?{characters}, \
               item, NULL))) FROM (SELECT {entry} AS item FROM ({entries} LIMIT ?{most}) a)"
        );
        let page = Statement::new(sql, parameters);
        let (actor_id, actor) = (self.origin.actor_id.to_string(), &self.origin.actor_username);
        let note = [actor_id.into(), actor.as_str().into()];
        vec![end, page, self.entry.statement(ENTRY, Event::AuditLogExported, note)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Exported, StoreError> {
        let window_end = outcomes.one()?;
        let rows: Vec<Row> = outcomes.each()?;
        outcomes.skip()?;
        let read = rows.len();
        let items: Vec<EntryRecord> = rows.into_iter().filter_map(|row| row.item).collect();
        let is_full = read == Self::MOST as usize || items.len() < read;
        let last = items.last().filter(|_| is_full).map(EntryRecord::cursor);
        Ok(Exported { next: last.or(window_end), items })
    }
}
