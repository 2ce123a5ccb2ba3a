use domain::Timestamp;
use http_api::{Call, Problem};
use store::Batch;

/// How much one request may do. A run goes on with the next one.
pub(crate) struct Budget {
    /// Statements that are left.
    statements: u32,
    /// When nothing further is begun.
    until: Timestamp,
}

/// D1's paid plan allows a call 1,000 statements; the setting `LDAP_BUDGET` says otherwise.
const STATEMENTS: u32 = 900;

/// What one batch of a chunk takes at most.
const CHUNK: u32 = 30;

/// What staging one chunk of entries takes.
const STAGING: u32 = 6;

/// What the end of a reading takes, or its being given up.
const ENDING: u32 = 14;

/// Entries that are staged at once.
pub(crate) const AT_ONCE: usize = 1_000;

impl Budget {
    /// For a request that somebody waits for.
    pub(crate) fn of_a_request(call: &Call) -> Self {
        Self::new(call, 20_000)
    }

    /// For the clock, which nobody waits for.
    pub(crate) fn of_the_clock(call: &Call) -> Self {
        Self::new(call, 240_000)
    }

    fn new(call: &Call, milliseconds: i64) -> Self {
        let chosen = call.setting("LDAP_BUDGET").and_then(|text| text.parse().ok());
        let statements = chosen.filter(|count| *count >= 45).unwrap_or(STATEMENTS);
        Self { statements, until: call.by_now().plus_ms(milliseconds) }
    }

    /// Whether another chunk, or reading, may begin.
    pub(crate) fn allows_more(&self, call: &Call) -> bool {
        self.statements >= CHUNK && call.by_now() < self.until
    }

    /// How many entries a reading may stage.
    pub(crate) fn entries(&self) -> usize {
        let chunks = self.statements.saturating_sub(CHUNK) / STAGING;
        AT_ONCE * usize::try_from(chunks.clamp(1, 25)).unwrap_or(1)
    }

    /// Whether a reading can still be brought to its end.
    pub(crate) fn allows_ending(&self) -> bool {
        self.statements >= ENDING
    }

    /// How many pictures may be handed on: each is a call, as each statement is.
    pub(crate) fn pictures(&self) -> usize {
        usize::try_from(self.statements / 2).unwrap_or(usize::MAX)
    }

    /// Whether nothing more fits into a request that has worked at a run, as on D1's free plan.
    pub(crate) fn is_small(&self) -> bool {
        self.statements < 100
    }

    /// Runs a batch on this budget.
    pub(crate) async fn run<B: Batch>(
        &mut self,
        call: &Call,
        batch: B,
    ) -> Result<B::Output, Problem> {
        let count = u32::try_from(batch.statements().len()).unwrap_or(u32::MAX);
        self.statements = self.statements.saturating_sub(count);
        call.run(batch).await
    }
}
