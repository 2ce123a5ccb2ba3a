use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::VerificationKey;
use crate::audit::{Entry, Event};
use crate::known_devices::Device;
use crate::limits::{Admission, Gate};
use crate::sessions::{NewSession, StartedSession};
use crate::sql::{admitted, insert_audit_entry, insert_session, session_duration_ms};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// First trip of a sign-in: takes the ceremony out of the table (single use, whatever comes of it)
/// and finds the credential, if the gate lets it through.
pub struct ConsumeAuthentication {
    /// Rate limits.
    pub gate: Gate,
    /// SHA-256 of the secret in the ceremony's cookie.
    pub secret_hash: SecretHash,
    /// Credential ID that the assertion names.
    pub credential_id: Vec<u8>,
}

/// What the assertion is to be verified with.
#[derive(Debug)]
pub struct AuthenticationContext {
    /// `required` or `preferred`, as the options said; `None`: no such ceremony is under way.
    pub user_verification: Option<String>,
    /// The credential; `None`: not known.
    pub key: Option<VerificationKey>,
}

/// What came of it.
#[derive(Debug)]
pub enum Consumed {
    /// Go on and verify.
    Context(AuthenticationContext),
    /// Too many attempts; the ceremony stays as it is.
    Refused(Admission),
}

#[derive(Deserialize)]
struct Ceremony {
    user_verification: String,
}

const CONSUME: &str = concat!(
    "DELETE FROM ceremonies \
     WHERE secret_hash = ?1 AND kind = 'authentication' AND expires_at > ?2 AND ",
    admitted!("?3", "?4"),
    " RETURNING json_object('user_verification', user_verification)"
);

const KEY: &str = "SELECT json_object('id', c.id, 'user_id', c.user_id, \
    'user_disabled', u.disabled, 'public_key', hex(c.public_key), 'algorithm', c.algorithm, \
    'sign_count', c.sign_count, 'user_verified', c.user_verified, \
    'backup_eligible', c.backup_eligible, 'backup_state', c.backup_state, \
    'aaguid', hex(c.aaguid), 'attestation_format', c.attestation_format) \
    FROM credential_records c JOIN users u ON u.id = c.user_id WHERE c.credential_id = ?1";

impl Batch for ConsumeAuthentication {
    type Output = Consumed;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let at = self.gate.at.as_ms();
        let mut statements = self.gate.statements();
        statements.extend([
            Statement::new(CONSUME, [self.secret_hash.into(), at.into(), key, request]),
            Statement::new(KEY, [self.credential_id.as_slice().into()]),
        ]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Consumed, StoreError> {
        let admission = self.gate.read(outcomes)?;
        let ceremony: Option<Ceremony> = outcomes.one()?;
        let key = outcomes.one()?;
        Ok(match admission {
            Admission::Admitted => Consumed::Context(AuthenticationContext {
                user_verification: ceremony.map(|ceremony| ceremony.user_verification),
                key,
            }),
            refused @ Admission::Refused { .. } => Consumed::Refused(refused),
        })
    }
}

/// Second trip: makes the session for a verified assertion.
///
/// # Atomicity
/// The session is made only while the sign count is still behind the assertion's (or both are
/// zero: the authenticator does not count) and the user enabled, so two assertions with one count
/// cannot both pass. The notice of a new device, the record's update and the audit entry hang on the
/// session.
pub struct SignIn {
    /// The credential's record.
    pub credential: Uuid,
    /// Sign count of the assertion.
    pub sign_count: u32,
    /// Backup state of the assertion.
    pub backup_state: bool,
    /// The session to make.
    pub session: NewSession,
    /// Where the assertion comes from.
    pub device: Device,
    /// The audit entry.
    pub entry: Entry,
}

/// A sign-in that came about.
#[derive(Debug)]
pub struct SignedIn {
    /// The session.
    pub session: StartedSession,
    /// Whether a mail was queued that tells of a new device.
    pub mail_queued: bool,
}

const SESSION: &str = insert_session!(
    "FROM credential_records c JOIN users u ON u.id = c.user_id \
     WHERE c.id = ?7 AND u.disabled = 0 AND (c.sign_count < ?8 OR (c.sign_count = 0 AND ?8 = 0))"
);

const RECORD: &str = "UPDATE credential_records \
    SET sign_count = ?2, backup_state = ?3, last_used_at = ?4 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM sessions WHERE id = ?5)";

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?7"
);

impl Batch for SignIn {
    type Output = Option<SignedIn>;

    fn statements(&self) -> Vec<Statement> {
        let credential = self.credential.to_string();
        let session = self.session.id.to_string();
        let mut statements = vec![
            self.session.sweep(),
            self.session.statement(SESSION, [credential.as_str().into(), self.sign_count.into()]),
        ];
        statements.extend(self.device.statements(&self.session));
        statements.extend([
            Statement::new(
                RECORD,
                [
                    credential.into(),
                    self.sign_count.into(),
                    self.backup_state.into(),
                    self.session.at.as_ms().into(),
                    session.as_str().into(),
                ],
            ),
            self.session.note_sign_in(),
            self.entry.statement(ENTRY, Event::SignIn, [session.into()]),
            self.session.read_back(),
        ]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        let mail_queued = outcomes.happened()?;
        for _ in 0..4 {
            outcomes.skip()?;
        }
        let session: Option<StartedSession> = outcomes.one()?;
        Ok(session.map(|session| SignedIn { session, mail_queued }))
    }
}

/// Second trip when an assertion failed and it is known whose it was to be: an audit entry.
pub struct RefuseAssertion {
    /// Whose credential, or whose session, it is.
    pub user: Uuid,
    /// What was refused: [`Event::SignInFailed`] or [`Event::ReauthenticationFailed`].
    pub event: Event,
    /// The audit entry.
    pub entry: Entry,
}

/// Who tries to sign in is nobody yet; who tries in a session is its user.
const FAILED_ENTRY: &str = insert_audit_entry!(
    "iif(?3 = 'SIGN_IN_FAILED', NULL, u.id), iif(?3 = 'SIGN_IN_FAILED', NULL, u.username), \
     u.id, u.username",
    "FROM users u WHERE u.id = ?7"
);

impl Batch for RefuseAssertion {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let user = self.user.to_string();
        vec![self.entry.statement(FAILED_ENTRY, self.event, [user.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()
    }
}
