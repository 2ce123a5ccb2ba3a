use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Sends a mail again: one that ended goes out as a new one, one that waits for its next attempt
/// need not wait, one that is under way stays as it is.
///
/// The new one goes to the address that the user has by now, unless its content is about the
/// address; in its data, `at` is the moment that the first one was about.
pub struct Resend {
    /// The mail.
    pub mail: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// A fresh identifier, for the new mail.
    pub id: Uuid,
    /// Who asks for it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resent {
    /// It will go out.
    Queued,
    /// What it speaks of is over.
    Expired,
    /// The user has no such mail.
    Unknown,
}

const ENTRY: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    "json_set(?6, '$.kind', m.kind)",
    "FROM outbox m JOIN users u ON u.id = m.user_id \
     WHERE m.id = ?9 AND m.user_id = ?10 AND coalesce(m.expires_at > ?2, 1) \
       AND (m.state <> 'queued' OR (m.claim IS NULL AND m.due_at > ?2))"
);

const AGAIN: &str = "INSERT INTO outbox (id, kind, user_id, to_address, to_name, data, created_at, \
      expires_at, due_at) \
    SELECT ?2, m.kind, m.user_id, \
      iif(m.kind = 'emailVerification', m.to_address, coalesce(u.email, m.to_address)), \
      m.to_name, json_set(m.data, '$.at', coalesce(m.data ->> '$.at', CAST(m.created_at AS TEXT))), \
      ?4, m.expires_at, ?4 \
    FROM outbox m JOIN users u ON u.id = m.user_id \
    WHERE m.id = ?1 AND m.state <> 'queued' AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)";

const HASTEN: &str = "UPDATE outbox SET due_at = ?3 \
    WHERE id = ?1 AND state = 'queued' AND claim IS NULL \
      AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

const STANDS: &str = "SELECT json_object('is_over', json(iif(coalesce(expires_at > ?3, 1), \
      'false', 'true'))) FROM outbox WHERE id = ?1 AND user_id = ?2";

#[derive(Deserialize)]
struct Stands {
    is_over: bool,
}

impl Batch for Resend {
    type Output = Resent;

    fn statements(&self) -> Vec<Statement> {
        let (mail, user) = (self.mail.to_string(), self.user.to_string());
        let (entry, at) = (self.entry.id.to_string(), self.entry.at.as_ms());
        vec![
            self.entry.statement(
                ENTRY,
                Event::EmailResent,
                [
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    mail.as_str().into(),
                    user.as_str().into(),
                ],
            ),
            Statement::new(
                AGAIN,
                [
                    mail.as_str().into(),
                    self.id.to_string().into(),
                    entry.as_str().into(),
                    at.into(),
                ],
            ),
            Statement::new(HASTEN, [mail.as_str().into(), entry.into(), at.into()]),
            Statement::new(STANDS, [mail.into(), user.into(), at.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Resent, StoreError> {
        for _ in 0..3 {
            outcomes.skip()?;
        }
        Ok(match outcomes.one::<Stands>()? {
            Some(Stands { is_over: true }) => Resent::Expired,
            Some(Stands { is_over: false }) => Resent::Queued,
            None => Resent::Unknown,
        })
    }
}
