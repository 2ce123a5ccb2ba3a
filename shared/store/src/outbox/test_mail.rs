use platform::Statement;
use serde::Deserialize;

use crate::audit::{Entry, Event};
use crate::sql::{insert_audit_entry, presenter};
use crate::users::Origin;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Where mail to whoever presents a secret goes.
pub struct OwnAddress(pub SecretHash);

/// An address and whose it is.
#[derive(Debug, Deserialize)]
pub struct Addressee {
    /// The address; `None`: they gave none.
    pub email: Option<String>,
    /// How they are called.
    pub display_name: String,
}

const OWN: &str = concat!(
    "SELECT json_object('email', email, 'display_name', display_name) FROM users WHERE id = ",
    presenter!("?1")
);

impl Batch for OwnAddress {
    type Output = Option<Addressee>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(OWN, [self.0.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

/// Tells the audit log that an administrator tried whether mail works.
pub struct TestSent {
    /// Who.
    pub origin: Origin,
    /// The audit entry, with what came of it.
    pub entry: Entry,
}

const ENTRY: &str = insert_audit_entry!("?7, ?8, u.id, u.username", "FROM users u WHERE u.id = ?7");

impl Batch for TestSent {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let Origin { actor_id, actor_username } = &self.origin;
        let actor = [actor_id.to_string().into(), actor_username.as_str().into()];
        vec![self.entry.statement(ENTRY, Event::TestEmailSent, actor)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()
    }
}
