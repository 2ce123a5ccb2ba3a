use std::collections::HashSet;
use std::sync::Arc;

use ldap_proxy_client::{Digest, Failure, Problem, ProblemKind, Problems};

use crate::allowed::Admitted;
use crate::canonical;
use crate::directory::{Access, Connection, Entry, Reading};
use crate::identifier;

/// The first page is small, because nobody knows yet how large entries are.
const FIRST_PAGE: i32 = 16;
/// What a page may weigh. The connection holds a page in memory, whatever the reader does.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// One reading of a search from its beginning to its end, page by page.
pub(crate) struct Pass {
    connection: Connection,
    search: Arc<Admitted>,
    reading: Reading,
    /// What asks for the next page; `None` after the last.
    cookie: Option<Vec<u8>>,
    size: i32,
    /// The identifiers met so far, hashed: 16 bytes each, however long they are.
    seen: HashSet<Digest>,
    /// Entries read so far.
    pub(crate) entries: u64,
    pub(crate) problems: Problems,
}

/// An entry and its unique identifier.
pub(crate) struct Identified {
    pub(crate) id: String,
    pub(crate) entry: Entry,
}

impl Pass {
    pub(crate) async fn begin(
        access: &Access,
        search: Arc<Admitted>,
        reading: &Reading,
    ) -> Result<Self, Failure> {
        Ok(Self {
            connection: Connection::open(access).await?,
            search,
            reading: reading.clone(),
            cookie: Some(Vec::new()),
            size: FIRST_PAGE.min(reading.page),
            seen: HashSet::new(),
            entries: 0,
            problems: Problems::default(),
        })
    }

    /// The next page; `None` after the last. Entries without one identifier become problems.
    pub(crate) async fn page(&mut self) -> Result<Option<Vec<Identified>>, Failure> {
        let Some(entries) = self.entries().await? else { return Ok(None) };
        Ok(Some(entries.into_iter().filter_map(|entry| self.identify(entry)).collect()))
    }

    /// The next page as it is.
    pub(crate) async fn entries(&mut self) -> Result<Option<Vec<Entry>>, Failure> {
        let Some(cookie) = self.cookie.take() else { return Ok(None) };
        let page = self.connection.page(&self.search, cookie, self.size, &self.reading).await?;
        self.cookie = page.cookie;
        self.entries += page.entries.len() as u64;
        self.size = next_size(&page.entries, self.size, self.reading.page);
        Ok(Some(page.entries))
    }

    fn identify(&mut self, mut entry: Entry) -> Option<Identified> {
        let problem = |kind, id| Problem { kind, dn: entry.dn.clone(), id };
        let value = match entry.identifiers.len() {
            0 => return self.leave(problem(ProblemKind::Missing, None)),
            1 => entry.identifiers.swap_remove(0),
            _ => return self.leave(problem(ProblemKind::Ambiguous, None)),
        };
        if value.is_empty() {
            return self.leave(problem(ProblemKind::Missing, None));
        }
        let id = identifier::text(&self.search.identifier, value);
        if !self.seen.insert(Digest::of(id.as_bytes())) {
            self.problems.add(problem(ProblemKind::Duplicate, Some(id.clone())));
        }
        Some(Identified { id, entry })
    }

    fn leave(&mut self, problem: Problem) -> Option<Identified> {
        self.problems.add(problem);
        None
    }

    /// The digest of an entry, after what was still missing of it has been read.
    pub(crate) async fn digest(&mut self, found: &mut Identified) -> Result<Digest, Failure> {
        self.connection.complete(&mut found.entry, &self.search, &self.reading).await?;
        Ok(canonical::digest(&found.id, &found.entry))
    }

    /// Ends the connection politely.
    pub(crate) async fn close(self) {
        self.connection.close().await;
    }
}

/// As many entries as the page that was just read suggests, at most twice as many as it had.
fn next_size(entries: &[Entry], size: i32, most: i32) -> i32 {
    let bytes: usize = entries.iter().map(|entry| entry.bytes).sum();
    let each = (bytes / entries.len().max(1)).max(1);
    let fits = i32::try_from(PAGE_BYTES / each).unwrap_or(most);
    fits.clamp(1, most).min(size.saturating_mul(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(entries: usize, bytes: usize) -> Vec<Entry> {
        (0..entries).map(|_| Entry { bytes, ..Entry::default() }).collect()
    }

    #[test]
    fn pages_grow_while_entries_are_small_and_shrink_when_they_are_large() {
        assert_eq!(next_size(&page(64, 300), 64, 500), 128);
        assert_eq!(next_size(&page(256, 300), 256, 500), 500);
        assert_eq!(next_size(&page(64, 1024 * 1024), 64, 500), 4);
        assert_eq!(next_size(&page(1, 20 * 1024 * 1024), 4, 500), 1);
        assert_eq!(next_size(&page(0, 0), 64, 500), 128);
    }
}
