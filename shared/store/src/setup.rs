//! Whether the first administrator is still to come. They are made like everybody who makes an
//! account of their own: [`crate::sign_up`].

use platform::Statement;

use crate::{Batch, Outcomes, StoreError};

/// Whether nobody exists yet.
pub struct Pending;

impl Batch for Pending {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            "SELECT json('true') WHERE NOT EXISTS (SELECT 1 FROM users WHERE seq > 0)",
            [],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.happened()
    }
}
