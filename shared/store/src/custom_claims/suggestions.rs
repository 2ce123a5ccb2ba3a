use platform::Statement;

use crate::{Batch, Outcomes, StoreError};

/// The hundred most used keys, the most used first.
pub struct Suggestions;

impl Batch for Suggestions {
    type Output = Vec<String>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            "SELECT json_group_array(key) FROM (\
               SELECT key FROM claim_keys WHERE uses > 0 ORDER BY uses DESC, key LIMIT 100)",
            [],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.list()
    }
}
