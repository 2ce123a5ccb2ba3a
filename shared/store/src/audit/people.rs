use std::collections::BTreeMap;

use platform::Statement;
use uuid::Uuid;

use crate::{Batch, Outcomes, StoreError};

/// Whom the newest 500 entries speak of, by identifier, with the username last seen.
pub struct People;

const RECENT: &str = "SELECT json_group_object(user_id, username) FROM (\
      SELECT user_id, username, max(created_at) FROM (\
        SELECT user_id, username, created_at FROM audit_entries \
          INDEXED BY audit_entries_by_created_at \
        WHERE created_at >= 0 ORDER BY created_at DESC LIMIT 500) \
      WHERE user_id IS NOT NULL AND username IS NOT NULL GROUP BY user_id \
      ORDER BY max(created_at) DESC LIMIT 100)";

impl Batch for People {
    type Output = BTreeMap<Uuid, String>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(RECENT, [])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        Ok(outcomes.one()?.unwrap_or_default())
    }
}
