use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::MailedLink;
use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::outbox::{NewMail, insert_mail};
use crate::sql::{insert_audit_entry, switched_on};
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Makes a link for a user, as an administrator does, and queues the mail that carries it.
///
/// # Atomicity
/// One batch. The link is made while the feature is on and the user has an address; mail and audit
/// entry hang on the link's fresh identifier.
pub struct Send {
    /// The link.
    pub link: MailedLink,
    /// Whom it lets in.
    pub user: Uuid,
    /// Who sends it.
    pub origin: Origin,
    /// The mail.
    pub mail: NewMail,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// The mail is queued.
    Queued,
    /// Administrators do not mail links here.
    Disabled,
    /// There is no such user.
    Unknown,
    /// The user has no address.
    NoAddress,
}

const LINK: &str = concat!(
    "INSERT INTO one_time_links (id, user_id, token_hash, created_by_id, created_by_username, \
       created_at, expires_at, mailed) \
     SELECT ?1, u.id, ?3, ?4, ?5, ?6, ?7, 1 FROM users u \
     WHERE u.id = ?2 AND u.email_key IS NOT NULL AND ",
    switched_on!("emailOneTimeAccessAsAdminEnabled")
);

const MAIL: &str = insert_mail!(
    "u.id, u.email, u.display_name",
    "json_set(?3, '$.admin', \
       coalesce((SELECT nullif(display_name, '') FROM users WHERE id = l.created_by_id), \
         l.created_by_username))",
    "FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = ?6"
);

const ENTRY: &str = insert_audit_entry!(
    "l.created_by_id, l.created_by_username, u.id, u.username",
    "json_set(?6, '$.sentTo', u.email)",
    "FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = ?7"
);

const STATE: &str = concat!(
    "SELECT json_object('enabled', ",
    switched_on!("emailOneTimeAccessAsAdminEnabled"),
    ", 'has_address', (SELECT email_key IS NOT NULL FROM users WHERE id = ?1))"
);

#[derive(Deserialize)]
struct State {
    #[serde(deserialize_with = "flag")]
    enabled: bool,
    has_address: Option<u8>,
}

impl Batch for Send {
    type Output = Sending;

    fn statements(&self) -> Vec<Statement> {
        let (id, user) = (self.link.id.to_string(), self.user.to_string());
        vec![
            Statement::new(
                LINK,
                [
                    id.as_str().into(),
                    user.as_str().into(),
                    self.link.token_hash.into(),
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    self.entry.at.as_ms().into(),
                    self.link.expires_at.as_ms().into(),
                ],
            ),
            self.mail.statement(MAIL, [id.as_str().into()]),
            self.entry.statement(ENTRY, Event::OneTimeLinkCreated, [id.into()]),
            Statement::new(STATE, [user.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Sending, StoreError> {
        for _ in 0..3 {
            outcomes.skip()?;
        }
        Ok(match outcomes.one::<State>()? {
            Some(State { enabled: true, has_address }) => match has_address {
                None => Sending::Unknown,
                Some(0) => Sending::NoAddress,
                Some(_) => Sending::Queued,
            },
            _ => Sending::Disabled,
        })
    }
}
