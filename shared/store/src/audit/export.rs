use platform::Statement;

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
        parameters.push(Self::MOST.into());
        let (entry, most) = (entry_json!(), parameters.len());
        let page =
            Statement::new(format!("SELECT {entry} FROM ({entries} LIMIT ?{most}) a"), parameters);
        let (actor_id, actor) = (self.origin.actor_id.to_string(), &self.origin.actor_username);
        let note = [actor_id.into(), actor.as_str().into()];
        vec![end, page, self.entry.statement(ENTRY, Event::AuditLogExported, note)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Exported, StoreError> {
        let window_end = outcomes.one()?;
        let items: Vec<EntryRecord> = outcomes.each()?;
        outcomes.skip()?;
        let is_full = u32::try_from(items.len()).is_ok_and(|count| count == Self::MOST);
        let last = items.last().filter(|_| is_full).map(EntryRecord::cursor);
        Ok(Exported { next: last.or(window_end), items })
    }
}
