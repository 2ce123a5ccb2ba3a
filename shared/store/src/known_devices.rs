//! From where users have signed in with a passkey, so that a new place can be told to them.

use platform::Statement;

use crate::SecretHash;
use crate::outbox::{NewMail, insert_mail};
use crate::sessions::NewSession;
use crate::sql::switched_on;

/// Where a sign-in comes from, and the mail that tells of it. Part of the batch that makes the
/// session.
pub struct Device {
    /// SHA-256 of network address and browser.
    pub hash: SecretHash,
    /// The mail.
    pub mail: NewMail,
}

/// Nobody is told of the first sign-in with a passkey: there is nothing it could differ from.
const MAIL: &str = concat!(
    insert_mail!(
        "u.id, u.email, u.display_name",
        "FROM sessions s JOIN users u ON u.id = s.user_id \
         WHERE s.id = ?6 AND u.email_key IS NOT NULL \
           AND NOT EXISTS (SELECT 1 FROM known_devices WHERE user_id = u.id AND device_hash = ?7) \
           AND EXISTS (SELECT 1 FROM credential_records \
             WHERE user_id = u.id AND last_used_at IS NOT NULL) AND "
    ),
    switched_on!("emailLoginNotificationEnabled"),
    " RETURNING id"
);

const KNOWN: &str = "INSERT INTO known_devices (user_id, device_hash, last_seen_at) \
    SELECT user_id, ?2, created_at FROM sessions WHERE id = ?1 \
    ON CONFLICT (user_id, device_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at";

impl Device {
    /// Queues the mail if the session was made and the device is new, before the sign-in is noted
    /// anywhere else; then knows the device. The first tells whether there is a mail.
    pub(crate) fn statements(&self, session: &NewSession) -> [Statement; 2] {
        let id = session.id.to_string();
        [
            self.mail.statement(MAIL, [id.as_str().into(), self.hash.into()]),
            Statement::new(KNOWN, [id.into(), self.hash.into()]),
        ]
    }
}
