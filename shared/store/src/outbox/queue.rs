use domain::Timestamp;
use platform::{Statement, Value};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::Kind;
use crate::{Batch, Outcomes, StoreError};

/// A mail to queue, as part of the batch that causes it. To whom it goes, the statement finds.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// A fresh identifier.
    pub id: Uuid,
    /// What it is about.
    pub kind: Kind,
    /// Strings for the template; never a secret. Of a link, its identifier.
    pub data: Map<String, Json>,
    /// Now.
    pub at: Timestamp,
    /// When what it speaks of ends.
    pub expires_at: Option<Timestamp>,
}

/// Queues a mail. `?1`–`?5` are [`NewMail`]'s; `$to` gives user id, address, name.
///
/// `$from` carries the condition: a row that this batch has just written, as for audit entries.
/// `$data`, where given, stands for `?3` and adds facts that only the database knows.
macro_rules! insert_mail {
    ($to:expr, $from:expr) => {
        $crate::outbox::insert_mail!($to, "?3", $from)
    };
    ($to:expr, $data:expr, $from:expr) => {
        concat!(
            "INSERT INTO outbox (id, kind, created_at, expires_at, due_at, data, \
             user_id, to_address, to_name) SELECT ?1, ?2, ?4, ?5, ?4, ",
            $data,
            ", ",
            $to,
            " ",
            $from
        )
    };
}

pub(crate) use insert_mail;

impl NewMail {
    /// The same mail with one more fact; never a secret.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.data.insert(name.to_owned(), Json::String(value.into()));
        self
    }

    /// The same mail about something that ends then.
    #[must_use]
    pub fn until(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// A statement made with `insert_mail!`; `further` are `?6` and up.
    pub(crate) fn statement<const N: usize>(
        &self,
        sql: &'static str,
        further: [Value; N],
    ) -> Statement {
        let mut parameters: Vec<Value> = vec![
            self.id.to_string().into(),
            self.kind.as_str().into(),
            Json::Object(self.data.clone()).to_string().into(),
            self.at.as_ms().into(),
            self.expires_at.map(Timestamp::as_ms).into(),
        ];
        parameters.extend(further);
        Statement::new(sql, parameters)
    }
}

/// Queues a mail to a user by itself. `false`: there is no such user, or they have no address.
pub struct Queue {
    /// The mail.
    pub mail: NewMail,
    /// To whom.
    pub user: Uuid,
}

const TO_USER: &str = insert_mail!(
    "u.id, u.email, u.display_name",
    "FROM users u WHERE u.id = ?6 AND u.email <> '' RETURNING id"
);

impl Batch for Queue {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        vec![self.mail.statement(TO_USER, [self.user.to_string().into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.happened()
    }
}
