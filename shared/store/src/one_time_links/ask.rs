use platform::Statement;

use super::MailedLink;
use crate::audit::{Entry, Event};
use crate::limits::{Admission, Gate};
use crate::outbox::{NewMail, insert_mail};
use crate::sql::{admitted, insert_audit_entry, switched_on};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Makes a link for whoever has an address, as asked for on the sign-in page, and queues the mail.
///
/// The statements are the same whether or not somebody enabled has the address, and what comes of it
/// does not tell.
///
/// # Atomicity
/// One batch. The link is made under the condition that the request is admitted, the feature on and
/// the user enabled; mail and audit entry hang on the link's fresh identifier.
pub struct Ask {
    /// Rate limits.
    pub gate: Gate,
    /// The link.
    pub link: MailedLink,
    /// The address in the form that is compared.
    pub email_key: String,
    /// SHA-256 of the cookie of the browser that asks.
    pub device_hash: SecretHash,
    /// What is stored of the code that stands for the link in that browser.
    pub code_hash: SecretHash,
    /// The mail.
    pub mail: NewMail,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Asked {
    /// If somebody enabled has the address, they get a mail.
    Done,
    /// Links are not mailed here.
    Disabled,
    /// Too many requests.
    Refused(Admission),
}

const LINK: &str = concat!(
    "INSERT INTO one_time_links (id, user_id, token_hash, created_by_id, created_by_username, \
       created_at, expires_at, mailed, device_hash, code_hash) \
     SELECT ?1, u.id, ?3, u.id, u.username, ?4, ?5, 1, ?6, ?7 FROM users u \
     WHERE u.email_key = ?2 AND u.disabled = 0 AND ",
    switched_on!("emailOneTimeAccessAsUnauthenticatedEnabled"),
    " AND ",
    admitted!("?8", "?9")
);

const MAIL: &str = insert_mail!(
    "u.id, u.email, u.display_name",
    "FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = ?6"
);

/// Nobody has signed in, so nobody is known to have asked.
const ENTRY: &str = insert_audit_entry!(
    "NULL, NULL, u.id, u.username",
    "FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = ?7"
);

const ENABLED: &str = concat!(
    "SELECT json('true') WHERE ",
    switched_on!("emailOneTimeAccessAsUnauthenticatedEnabled")
);

impl Ask {
    fn link(&self) -> Statement {
        let (key, request) = self.gate.permit();
        Statement::new(
            LINK,
            [
                self.link.id.to_string().into(),
                self.email_key.as_str().into(),
                self.link.token_hash.into(),
                self.gate.at.as_ms().into(),
                self.link.expires_at.as_ms().into(),
                self.device_hash.into(),
                self.code_hash.into(),
                key,
                request,
            ],
        )
    }
}

impl Batch for Ask {
    type Output = Asked;

    fn statements(&self) -> Vec<Statement> {
        let id = self.link.id.to_string();
        let mut statements = self.gate.statements();
        statements.extend([
            self.link(),
            self.mail.statement(MAIL, [id.as_str().into()]),
            self.entry.statement(ENTRY, Event::OneTimeLinkRequested, [id.into()]),
            Statement::new(ENABLED, []),
        ]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Asked, StoreError> {
        let admission = self.gate.read(outcomes)?;
        for _ in 0..3 {
            outcomes.skip()?;
        }
        let enabled = outcomes.happened()?;
        Ok(match admission {
            refused @ Admission::Refused { .. } => Asked::Refused(refused),
            Admission::Admitted if enabled => Asked::Done,
            Admission::Admitted => Asked::Disabled,
        })
    }
}
