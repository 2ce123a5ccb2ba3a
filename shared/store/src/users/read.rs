use platform::Statement;
use uuid::Uuid;

use super::UserRecord;
use crate::sql::{presenter, user_json};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// One user, by identifier.
pub struct ById(pub Uuid);

/// The user who presents this secret.
pub struct ByPresenter(pub SecretHash);

impl Batch for ById {
    type Output = Option<UserRecord>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            concat!("SELECT ", user_json!(), " FROM users u WHERE u.id = ?1"),
            [self.0.to_string().into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

impl Batch for ByPresenter {
    type Output = Option<UserRecord>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            concat!("SELECT ", user_json!(), " FROM users u WHERE u.id = ", presenter!("?1")),
            [self.0.into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}
