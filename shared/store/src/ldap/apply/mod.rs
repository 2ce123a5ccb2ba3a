//! The chunks of a plan, each one batch. A chunk's changes are marked (`applied = 2`), every further
//! statement acts on those that are marked, and the last one turns the mark into *applied*. Without the
//! lease nothing is marked, so nothing happens.

mod admins;
mod groups;
mod memberships;
mod users;

use platform::{Statement, Value};
use serde::Deserialize;

use super::{Kind, Lease, holds};
use crate::{Outcomes, StoreError};

pub use admins::ApplyAdmins;
pub use groups::ApplyGroups;
pub use users::ApplyUsers;

/// What a chunk came to.
#[derive(Debug)]
pub enum Applied {
    /// So many changes were applied; none: there are no more.
    Some {
        /// How many.
        count: u64,
        /// Where pictures of users were who are deleted: identifier and hash.
        pictures: Vec<(uuid::Uuid, String)>,
    },
    /// The lease has gone; nothing was.
    Lost,
}

/// The changes at hand, as `c`; `$run` is a parameter. Who reads them names their index: without
/// statistics the primary key's beginning looks as good to the planner, and each statement of each chunk
/// would read all changes of the run.
macro_rules! at_hand {
    ($kind:literal, $run:literal) => {
        concat!("c.run_id = ", $run, " AND c.kind = '", $kind, "' AND c.applied = 2")
    };
}

/// Unique identifiers of the changes at hand that are one of `$actions`.
macro_rules! ids_at_hand {
    ($kind:literal, $actions:literal) => {
        concat!(
            "(SELECT c.ldap_id FROM ldap_changes c INDEXED BY ldap_changes_at_hand WHERE ",
            $crate::ldap::apply::at_hand!($kind, "?1"),
            " AND c.action IN (",
            $actions,
            "))"
        )
    };
}

pub(super) use {at_hand, ids_at_hand};

/// Triggers that watch for changes by others look away within the batch.
const OURS: &str = "UPDATE ldap_state SET applying = 1 WHERE id = 1";
const OTHERS: &str = "UPDATE ldap_state SET applying = 0 WHERE id = 1";

const TAKE: &str = concat!(
    "UPDATE ldap_changes SET applied = 2 WHERE run_id = ?1 AND kind = ?3 AND ldap_id IN (\
       SELECT ldap_id FROM ldap_changes INDEXED BY ldap_changes_to_apply \
       WHERE run_id = ?1 AND kind = ?3 AND applied = 0 \
       ORDER BY ldap_id LIMIT ?4) AND ",
    holds!("?1", "?2")
);

/// An entry is known as it was applied, if it has somebody here.
const KNOW: &str = "INSERT INTO ldap_entries (kind, ldap_id, bucket, digest, dn_key, gone) \
    SELECT c.kind, c.ldap_id, c.bucket, c.digest, c.dn_key, 0 FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand \
    WHERE c.run_id = ?1 AND c.kind = ?2 AND c.applied = 2 AND c.digest IS NOT NULL \
      AND c.action IN ('create', 'update', 'enable', 'keep') \
      AND iif(?2 = 'user', EXISTS (SELECT 1 FROM users u WHERE u.ldap_id = c.ldap_id), \
        EXISTS (SELECT 1 FROM user_groups g WHERE g.ldap_id = c.ldap_id)) \
    ON CONFLICT (kind, ldap_id) DO UPDATE SET bucket = excluded.bucket, \
      digest = excluded.digest, dn_key = excluded.dn_key, gone = 0";

/// What could not be applied is looked at again by the next run.
const FORGET_CONFLICTS: &str = "UPDATE ldap_entries SET digest = NULL WHERE kind = ?2 \
    AND ldap_id IN (SELECT c.ldap_id FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand WHERE c.run_id = ?1 AND c.kind = ?2 \
      AND c.applied = 2 AND c.action = 'conflict')";

const BUCKETS: &str = "INSERT OR IGNORE INTO ldap_buckets (kind, bucket, digest) \
    SELECT DISTINCT c.kind, c.bucket, '?' FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
    WHERE c.run_id = ?1 AND c.kind = ?2 AND c.applied = 2";

const PROGRESS: &str = "UPDATE ldap_runs SET lease_until = ?3, done = done + (\
      SELECT count(*) FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand WHERE c.run_id = ?1 AND c.kind = ?4 AND c.applied = 2 \
        AND c.action <> 'keep') \
    WHERE id = ?1 AND lease = ?2 AND state = 'applying' \
    RETURNING json_object('count', (SELECT count(*) FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand \
      WHERE c.run_id = ?1 AND c.kind = ?4 AND c.applied = 2))";

const APPLIED: &str = "UPDATE ldap_changes AS c INDEXED BY ldap_changes_at_hand SET applied = 1 \
    WHERE c.run_id = ?1 AND c.kind = ?2 AND c.applied = 2";

/// A statement over the changes at hand, `?1` the run.
fn on_run(lease: &Lease, sql: &'static str) -> Statement {
    Statement::new(sql, [lease.run.to_string().into()])
}

/// The same with the kind as `?2`.
fn on_kind(lease: &Lease, kind: &'static str, sql: &'static str) -> Statement {
    Statement::new(sql, [lease.run.to_string().into(), kind.into()])
}

/// The same with the moment as `?2`.
fn at_moment(lease: &Lease, sql: &'static str) -> Statement {
    Statement::new(sql, [lease.run.to_string().into(), lease.at.as_ms().into()])
}

fn take(lease: &Lease, kind: Kind, limit: u32) -> [Statement; 2] {
    let [run, id, _] = lease.parameters();
    [Statement::new(OURS, []), Statement::new(TAKE, [run, id, kind.as_str().into(), limit.into()])]
}

/// What is known now.
fn know(lease: &Lease, kind: Kind) -> [Statement; 3] {
    [KNOW, FORGET_CONFLICTS, BUCKETS].map(|sql| on_kind(lease, kind.as_str(), sql))
}

/// The end of a chunk. `kind`: as stored.
fn close(lease: &Lease, kind: &'static str) -> [Statement; 3] {
    let mut progress: Vec<Value> = lease.parameters().to_vec();
    progress.push(kind.into());
    [Statement::new(PROGRESS, progress), on_kind(lease, kind, APPLIED), Statement::new(OTHERS, [])]
}

#[derive(Deserialize)]
struct Progress {
    count: u64,
}

/// Reads the outcomes of [`close`].
fn closed(
    outcomes: &mut Outcomes,
    pictures: Vec<(uuid::Uuid, String)>,
) -> Result<Applied, StoreError> {
    let progress: Option<Progress> = outcomes.one()?;
    outcomes.skip()?;
    outcomes.skip()?;
    Ok(match progress {
        Some(Progress { count }) => Applied::Some { count, pictures },
        None => Applied::Lost,
    })
}
