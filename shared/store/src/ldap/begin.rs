use domain::Timestamp;
use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::runs::{RunRecord, run_json};
use super::{Kind, LEASE_MS, Trigger};
use crate::configuration::{Configuration, Read};
use crate::flag::flag;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Takes up the run that is under way and nobody works at, or starts one.
///
/// # Atomicity
/// One batch. A run is started only where none is under way, and by the clock only when one is due;
/// it is taken up only when its lease has ended. Of two at once one starts, and the other finds it.
pub struct Begin {
    /// A fresh identifier, for the run if there is none. `None`: none is started.
    pub run: Option<Uuid>,
    /// A fresh identifier, for the lease.
    pub lease: Uuid,
    /// What it would be started by.
    pub trigger: Trigger,
    /// Who starts it; the clock is nobody.
    pub started_by: Option<Origin>,
    /// Now.
    pub at: Timestamp,
}

/// What there is to work at.
#[derive(Debug)]
pub struct Begun {
    /// The run under way, if any.
    pub run: Option<RunRecord>,
    /// Whether it is this request's to work at.
    pub is_ours: bool,
    /// The settings.
    pub configuration: Configuration,
    /// By which settings what is known was applied.
    pub mapping: String,
    /// What of the run is still to be applied.
    pub left: Left,
    /// What is known of the buckets, for a run that has not compared them yet.
    pub buckets: Vec<KnownBucket>,
}

/// Kinds of which something is still to be applied.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Left {
    /// Users.
    #[serde(deserialize_with = "flag")]
    pub users: bool,
    /// Groups.
    #[serde(deserialize_with = "flag")]
    pub groups: bool,
}

/// A bucket and its digest; whatever is none differs.
#[derive(Debug, Deserialize)]
pub struct KnownBucket(pub Kind, pub u16, pub String);

/// A reading that was cut off leaves rows that nothing says are complete.
const FAIL_THE_CUT: &str = "UPDATE ldap_runs SET state = 'failed', finished_at = ?1, \
    failure = json_object('stage', 'answer', 'message', 'The reading was interrupted') \
    WHERE finished_at IS NULL AND state = 'reading' AND open = 1 AND lease_until <= ?1";

const START: &str = "INSERT INTO ldap_runs (id, trigger, started_by_id, started_by_username, \
      started_at, state, lease, lease_until, after_plan) \
    SELECT ?1, ?2, ?3, ?4, ?5, 'reading', ?6, ?7, \
      (SELECT plans FROM ldap_state WHERE id = 1) \
    WHERE ?1 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ldap_runs WHERE finished_at IS NULL) \
      AND (?2 = 'preview' OR EXISTS (SELECT 1 FROM configuration \
        WHERE key = 'ldapEnabled' AND value = 'true')) \
      AND (?2 <> 'schedule' OR NOT EXISTS (SELECT 1 FROM ldap_runs \
        WHERE trigger <> 'preview' AND started_at > ?5 - 60000 * coalesce(\
          (SELECT CAST(value AS INTEGER) FROM configuration WHERE key = 'ldapSyncInterval'), 60)))";

/// Who wants more than a look makes a preview that still reads theirs.
const TAKE: &str = "UPDATE ldap_runs SET lease = ?1, lease_until = ?2, \
      trigger = iif(trigger = 'preview' AND ?4 = 'manual', 'manual', trigger), \
      started_by_id = iif(trigger = 'preview' AND ?4 = 'manual', ?5, started_by_id), \
      started_by_username = iif(trigger = 'preview' AND ?4 = 'manual', ?6, started_by_username) \
    WHERE finished_at IS NULL AND (lease = ?1 OR lease_until <= ?3) RETURNING id";

const RUN: &str = concat!("SELECT ", run_json!(), " FROM ldap_runs r WHERE r.finished_at IS NULL");

/// Whether the run under way has something of a kind left to apply.
macro_rules! left {
    ($kind:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM ldap_runs r CROSS JOIN ldap_changes c \
               INDEXED BY ldap_changes_to_apply ON c.run_id = r.id AND c.kind = '",
            $kind,
            "' AND c.applied = 0 WHERE r.finished_at IS NULL)"
        )
    };
}

const STATE: &str = concat!(
    "SELECT json_object('mapping', mapping, 'left', json_object('users', ",
    left!("user"),
    ", 'groups', ",
    left!("group"),
    ")) FROM ldap_state WHERE id = 1"
);

const BUCKETS: &str = "SELECT json_group_array(json_array(kind, bucket, digest)) FROM ldap_buckets \
    WHERE kind IN ('user', 'group') AND EXISTS (SELECT 1 FROM ldap_runs \
      WHERE finished_at IS NULL AND lease = ?1 AND mapping IS NULL)";

#[derive(Default, Deserialize)]
struct Stored {
    mapping: String,
    left: Left,
}

impl Batch for Begin {
    type Output = Begun;

    fn statements(&self) -> Vec<Statement> {
        let (lease, at) = (self.lease.to_string(), self.at.as_ms());
        let until = self.at.plus_ms(LEASE_MS).as_ms();
        let by = self.started_by.as_ref();
        let by: [Value; 2] = [
            by.map(|by| by.actor_id.to_string()).into(),
            by.map(|by| by.actor_username.as_str()).into(),
        ];
        let mut statements = vec![
            Statement::new(FAIL_THE_CUT, [at.into()]),
            Statement::new(
                START,
                [
                    self.run.map(|run| run.to_string()).into(),
                    self.trigger.as_str().into(),
                    by[0].clone(),
                    by[1].clone(),
                    at.into(),
                    lease.as_str().into(),
                    until.into(),
                ],
            ),
            Statement::new(
                TAKE,
                [
                    lease.as_str().into(),
                    until.into(),
                    at.into(),
                    self.trigger.as_str().into(),
                    by[0].clone(),
                    by[1].clone(),
                ],
            ),
            Statement::new(RUN, []),
            Statement::new(STATE, []),
            Statement::new(BUCKETS, [lease.into()]),
        ];
        statements.extend(Read.statements());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Begun, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        let is_ours = outcomes.happened()?;
        let run = outcomes.one()?;
        let stored: Option<Stored> = outcomes.one()?;
        let buckets = outcomes.list()?;
        let configuration = Read.read(outcomes)?;
        let Stored { mapping, left } = stored.unwrap_or_default();
        Ok(Begun { run, is_ours, configuration, mapping, left, buckets })
    }
}
