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
    /// At most two: per address first, then global, which counts only what the first let through.
    pub first: Limit,
    /// The further limit.
    pub second: Option<Limit>,
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

const SECOND: &str = "INSERT INTO rate_limits (key, arrival_at, admitted) \
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
    /// The key and request that a guarded statement asks for with `admitted!`.
    pub(crate) fn permit(&self) -> (Value, Value) {
        let last = self.second.as_ref().unwrap_or(&self.first);
        (last.key.as_str().into(), self.request.to_string().into())
    }

    fn parameters(&self, limit: &Limit) -> Vec<Value> {
        vec![
            limit.key.as_str().into(),
            self.at.as_ms().into(),
            limit.interval_ms.into(),
            limit.interval_ms.saturating_mul(limit.burst).into(),
        ]
    }

    fn admit(&self, sql: &'static str, limit: &Limit, further: Option<&Limit>) -> Statement {
        let mut parameters = self.parameters(limit);
        parameters.push(self.request.to_string().into());
        parameters.extend(further.map(|first| first.key.as_str().into()));
        Statement::new(sql, parameters)
    }

    fn refusal(waits: [Option<Wait>; 2]) -> Admission {
        let longest = waits.into_iter().flatten().map(|wait| wait.wait_ms).max().unwrap_or(1);
        Admission::Refused { retry_after_ms: longest.max(1) }
    }
}

impl Batch for Gate {
    type Output = Admission;

    fn statements(&self) -> Vec<Statement> {
        let mut statements = vec![
            Statement::new(SWEEP, [self.at.as_ms().into()]),
            self.admit(FIRST, &self.first, None),
            Statement::new(WAIT, self.parameters(&self.first)),
        ];
        if let Some(second) = &self.second {
            statements.push(self.admit(SECOND, second, Some(&self.first)));
            statements.push(Statement::new(WAIT, self.parameters(second)));
        }
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Admission, StoreError> {
        outcomes.skip()?;
        let first = outcomes.happened()?;
        let first_wait = outcomes.one::<Wait>()?.filter(|_| !first);
        if self.second.is_none() {
            return Ok(if first { Admission::Admitted } else { Self::refusal([first_wait, None]) });
        }
        let second = outcomes.happened()?;
        let second_wait = outcomes.one::<Wait>()?.filter(|_| first && !second);
        Ok(if second { Admission::Admitted } else { Self::refusal([first_wait, second_wait]) })
    }
}
