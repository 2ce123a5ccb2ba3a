use std::collections::BTreeMap;

use platform::Statement;
use serde::Deserialize;
use serde_json::json;

use super::{Kind, Lease, holds, renew};
use crate::{Batch, Outcomes, StoreError};

/// Which buckets differ, and so are to be read. `false`: the lease has gone.
pub struct Compared {
    /// Who works.
    pub lease: Lease,
    /// By which settings.
    pub mapping: String,
    /// By which ones what is known was applied.
    pub known_mapping: String,
    /// The buckets.
    pub pending: Vec<(Kind, u16)>,
    /// How many users the directory has.
    pub users_read: u64,
    /// How many groups.
    pub groups_read: u64,
    /// How many entries cannot be told apart.
    pub unidentified: u64,
    /// How many entries the buckets to be read have, about.
    pub expected: u64,
}

const COMPARED: &str = renew!(
    ", mapping = ?4, pending = ?5, users_read = ?6, groups_read = ?7, unidentified = ?8, total = ?9"
);

/// From here on whatever else changes something in such a bucket overwrites the mark.
const MARK: &str = concat!(
    "UPDATE ldap_buckets SET digest = '?' WHERE (kind, bucket) IN (\
       SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?3)) AND ",
    holds!("?1", "?2")
);

/// The same for the settings: a switch off and on from here on overwrites the mark.
const MARK_MAPPING: &str = concat!(
    "UPDATE ldap_state SET mapping = '?' WHERE id = 1 AND mapping = ?3 AND mapping <> ?4 AND ",
    holds!("?1", "?2")
);

impl Batch for Compared {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let pending = json!(self.pending).to_string();
        let mut compared = self.lease.parameters().to_vec();
        compared.extend([
            self.mapping.as_str().into(),
            pending.as_str().into(),
            number(self.users_read),
            number(self.groups_read),
            number(self.unidentified),
            number(self.expected),
        ]);
        let [run, lease, _] = self.lease.parameters();
        let mapping = [&self.known_mapping, &self.mapping].map(|it| it.as_str().into());
        let [known, mapping] = mapping;
        vec![
            Statement::new(COMPARED, compared),
            Statement::new(MARK, [run.clone(), lease.clone(), pending.into()]),
            Statement::new(MARK_MAPPING, [run, lease, known, mapping]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let happened = outcomes.happened()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(happened)
    }
}

fn number(number: u64) -> platform::Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

/// Opens the reading of some buckets, and tells what is known of them. `None`: the lease has gone.
pub struct KnownOf {
    /// Who works.
    pub lease: Lease,
    /// Of users or groups.
    pub kind: Kind,
    /// Which buckets.
    pub buckets: Vec<u16>,
}

/// An entry as it is known.
#[derive(Debug, Clone, Deserialize)]
pub struct KnownEntry {
    /// Its unique identifier.
    pub ldap_id: String,
    /// Its digest; `None`: something here differs from it.
    pub digest: Option<String>,
}

const OPEN: &str = renew!(", open = 1");

/// Who is gone already is not known as an entry any more.
const KNOWN: &str = "SELECT json_object('bucket', b.value, 'entries', json_group_array(\
      json_object('ldap_id', e.ldap_id, 'digest', e.digest))) \
    FROM json_each(?1) b CROSS JOIN ldap_entries e INDEXED BY ldap_entries_by_bucket ON e.kind = ?2 AND e.bucket = b.value \
    WHERE e.gone = 0 GROUP BY b.value";

#[derive(Deserialize)]
struct KnownBucketRow {
    bucket: u16,
    entries: Vec<KnownEntry>,
}

impl Batch for KnownOf {
    type Output = Option<BTreeMap<u16, Vec<KnownEntry>>>;

    fn statements(&self) -> Vec<Statement> {
        let buckets = json!(self.buckets).to_string();
        vec![
            Statement::new(OPEN, self.lease.parameters()),
            Statement::new(KNOWN, [buckets.into(), self.kind.as_str().into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let happened = outcomes.happened()?;
        let rows: Vec<KnownBucketRow> = outcomes.each()?;
        Ok(happened.then(|| rows.into_iter().map(|row| (row.bucket, row.entries)).collect()))
    }
}

/// Ends the reading of some buckets: all that was staged of them counts. `false`: the lease has gone.
pub struct Confirm {
    /// Who works.
    pub lease: Lease,
    /// Of users or groups.
    pub kind: Kind,
    /// The digest of each bucket as it was read.
    pub digests: BTreeMap<u16, String>,
    /// What is still to be read.
    pub pending: Vec<(Kind, u16)>,
}

const CONFIRM: &str = renew!(", open = 0, pending = ?4");

const DIGESTS: &str = concat!(
    "INSERT OR REPLACE INTO ldap_change_buckets (run_id, kind, bucket, digest) \
     SELECT ?1, ?3, CAST(key AS INTEGER), value FROM json_each(?4) WHERE ",
    holds!("?1", "?2")
);

impl Batch for Confirm {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let mut confirm = self.lease.parameters().to_vec();
        confirm.push(json!(self.pending).to_string().into());
        let [run, lease, _] = self.lease.parameters();
        let digests = json!(self.digests).to_string();
        vec![
            Statement::new(CONFIRM, confirm),
            Statement::new(DIGESTS, [run, lease, self.kind.as_str().into(), digests.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let happened = outcomes.happened()?;
        outcomes.skip()?;
        Ok(happened)
    }
}

/// Ends the reading of some buckets that were too much for one request: nothing that was staged of them
/// counts, and the next request reads fewer. `false`: the lease has gone.
pub struct Discard {
    /// Who works.
    pub lease: Lease,
    /// Of users or groups.
    pub kind: Kind,
    /// The buckets.
    pub buckets: Vec<u16>,
    /// How many are to be read from now on.
    pub at_once: usize,
    /// How many entries the reading had brought the run on.
    pub read: u64,
}

const DISCARD: &str = renew!(", open = 0, at_once = ?4, done = max(done - ?5, 0)");

const MEMBERS: &str = concat!(
    "DELETE FROM ldap_change_members WHERE run_id = ?1 AND group_id IN (\
       SELECT c.ldap_id FROM json_each(?3) b CROSS JOIN ldap_changes c \
         INDEXED BY ldap_changes_by_bucket \
         ON c.run_id = ?1 AND c.kind = 'group' AND c.bucket = b.value WHERE ?4 = 'group') AND ",
    holds!("?1", "?2")
);

const CHANGES: &str = concat!(
    "DELETE FROM ldap_changes WHERE run_id = ?1 AND kind = ?4 \
       AND bucket IN (SELECT value FROM json_each(?3)) AND ",
    holds!("?1", "?2")
);

impl Batch for Discard {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let mut discard = self.lease.parameters().to_vec();
        discard.extend([i64::try_from(self.at_once).unwrap_or(1).into(), number(self.read)]);
        let [run, lease, _] = self.lease.parameters();
        let (buckets, kind) = (json!(self.buckets).to_string(), self.kind.as_str());
        let staged = [run, lease, buckets.into(), kind.into()];
        vec![
            Statement::new(DISCARD, discard),
            Statement::new(MEMBERS, staged.clone()),
            Statement::new(CHANGES, staged),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let happened = outcomes.happened()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(happened)
    }
}
