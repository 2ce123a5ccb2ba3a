//! Rate limits, counted in the batch of the act that they limit: the same and exact on every
//! runtime.
//!
//! The generic cell rate algorithm keeps one number a key, the theoretical arrival time. A request
//! is let through when that time lies less than `burst` intervals ahead; it then moves one interval
//! on. A request let through writes its own identifier, and whatever the request may do stands
//! under the condition that this identifier is there, so a refused request changes nothing even
//! though its statements run in the same batch. A failing batch changes nothing either: limits fail
//! closed.

use domain::Timestamp;
use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use crate::{Batch, Outcomes, StoreError};

/// One limit: a bucket of `burst` requests that refills by one each `interval_ms`.
#[derive(Debug, Clone)]
pub struct Limit {
    /// What is counted: a route's policy and, if the limit is per address, the address.
    pub key: String,
    /// Milliseconds until one more request is allowed.
    pub interval_ms: i64,
    /// How many requests may come at once.
    pub burst: i64,
}

/// A request before its limits. It passes when every limit lets it through.
#[derive(Debug, Clone)]
pub struct Gate {
    /// A fresh identifier of this request.
    pub request: Uuid,
    /// Now.
    pub at: Timestamp,
    /// Each counts only what those before it let through, so the narrowest stands first.
    pub limits: Vec<Limit>,
}

/// What the gate said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Let through.
    Admitted,
    /// Refused; it would be let through after so many milliseconds.
    Refused {
        /// At least 1.
        retry_after_ms: i64,
    },
}

/// How many outlived keys each request clears away; more than it can add.
const SWEEP: &str = "DELETE FROM rate_limits WHERE key IN \
    (SELECT key FROM rate_limits WHERE arrival_at < ?1 - 86400000 ORDER BY arrival_at LIMIT 4)";

const FIRST: &str = "INSERT INTO rate_limits (key, arrival_at, admitted) \
    VALUES (?1, ?2 + ?3, ?5) \
    ON CONFLICT (key) DO UPDATE SET arrival_at = max(arrival_at, ?2) + ?3, admitted = ?5 \
    WHERE max(arrival_at, ?2) + ?3 - ?2 <= ?4 RETURNING key";

const NEXT: &str = "INSERT INTO rate_limits (key, arrival_at, admitted) \
    SELECT ?1, ?2 + ?3, ?5 WHERE EXISTS (SELECT 1 FROM rate_limits WHERE key = ?6 AND admitted = ?5) \
    ON CONFLICT (key) DO UPDATE SET arrival_at = max(arrival_at, ?2) + ?3, admitted = ?5 \
    WHERE max(arrival_at, ?2) + ?3 - ?2 <= ?4 RETURNING key";

const WAIT: &str = "SELECT json_object('wait_ms', arrival_at + ?3 - ?2 - ?4) \
    FROM rate_limits WHERE key = ?1";

#[derive(Deserialize)]
struct Wait {
    wait_ms: i64,
}

impl Gate {
    /// The key and request that a guarded statement asks for with `admitted!`. A gate without limits
    /// lets nobody through.
    pub(crate) fn permit(&self) -> (Value, Value) {
        let last = self.limits.last().map(|limit| limit.key.as_str());
        (last.into(), self.request.to_string().into())
    }

    fn parameters(&self, limit: &Limit) -> Vec<Value> {
        vec![
            limit.key.as_str().into(),
            self.at.as_ms().into(),
            limit.interval_ms.into(),
            limit.interval_ms.saturating_mul(limit.burst).into(),
        ]
    }

    /// Counts the request, if the limit before let it through, and says how long to wait if not.
    fn admit(&self, limit: &Limit, before: Option<&Limit>) -> [Statement; 2] {
        let mut parameters = self.parameters(limit);
        parameters.push(self.request.to_string().into());
        parameters.extend(before.map(|before| before.key.as_str().into()));
        let sql = if before.is_some() { NEXT } else { FIRST };
        [Statement::new(sql, parameters), Statement::new(WAIT, self.parameters(limit))]
    }
}

impl Batch for Gate {
    type Output = Admission;

    fn statements(&self) -> Vec<Statement> {
        let mut statements = vec![Statement::new(SWEEP, [self.at.as_ms().into()])];
        let mut before = None;
        for limit in &self.limits {
            statements.extend(self.admit(limit, before));
            before = Some(limit);
        }
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Admission, StoreError> {
        outcomes.skip()?;
        let mut admission = Admission::Admitted;
        for _ in &self.limits {
            let admitted = outcomes.happened()?;
            let wait: Option<Wait> = outcomes.one()?;
            // What the first refusal keeps out, the limits after it have never seen.
            if !admitted && admission == Admission::Admitted {
                let retry_after_ms = wait.map_or(1, |wait| wait.wait_ms.max(1));
                admission = Admission::Refused { retry_after_ms };
            }
        }
        Ok(admission)
    }
}
