use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;

use crate::configuration::{self, Configuration};
use crate::limits::{Admission, Gate};
use crate::sql::admitted;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// How long a ceremony may take.
const CEREMONY_MS: i64 = 60_000;

/// Each new ceremony clears away more outlived ones than it adds.
const SWEEP: &str = "DELETE FROM ceremonies WHERE secret_hash IN \
    (SELECT secret_hash FROM ceremonies WHERE expires_at < ?1 ORDER BY expires_at LIMIT 4)";

const USER_VERIFICATION: &str = "coalesce((SELECT value FROM configuration \
    WHERE key = 'webauthnUserVerification'), 'required')";

/// Begins an authentication ceremony, if the gate lets it through.
pub struct BeginAuthentication {
    /// Rate limits.
    pub gate: Gate,
    /// SHA-256 of the secret in the ceremony's cookie.
    pub secret_hash: SecretHash,
}

/// What came of it.
#[derive(Debug)]
pub enum Begun {
    /// The ceremony is under way with this configuration.
    Ceremony(Configuration),
    /// Too many attempts.
    Refused(Admission),
}

impl Batch for BeginAuthentication {
    type Output = Begun;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let at = self.gate.at.as_ms();
        let mut statements = self.gate.statements();
        statements.push(Statement::new(SWEEP, [at.into()]));
        statements.push(Statement::new(
            format!(
                "INSERT INTO ceremonies (secret_hash, kind, user_verification, expires_at) \
                 SELECT ?1, 'authentication', {USER_VERIFICATION}, ?2 WHERE {}",
                admitted!("?3", "?4")
            ),
            [self.secret_hash.into(), (at + CEREMONY_MS).into(), key, request],
        ));
        statements.extend(configuration::Read.statements());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Begun, StoreError> {
        let admission = self.gate.read(outcomes)?;
        outcomes.skip()?;
        outcomes.skip()?;
        let configuration = configuration::Read.read(outcomes)?;
        Ok(match admission {
            Admission::Admitted => Begun::Ceremony(configuration),
            refused @ Admission::Refused { .. } => Begun::Refused(refused),
        })
    }
}

/// Begins a registration ceremony for the user who presents this session secret, unless they are
/// disabled.
pub struct BeginRegistration {
    /// SHA-256 of the session's secret.
    pub session: SecretHash,
    /// SHA-256 of the secret in the ceremony's cookie.
    pub secret_hash: SecretHash,
    /// Now.
    pub at: Timestamp,
}

/// What creation options are made of.
#[derive(Debug)]
pub struct RegistrationContext {
    /// The configuration in force.
    pub configuration: Configuration,
    /// The user's name for the authenticator; `None` without a session.
    pub user: Option<RegistrationUser>,
}

/// The user as the authenticator is told.
#[derive(Debug, Deserialize)]
pub struct RegistrationUser {
    /// The name shown to people.
    pub display_name: String,
    /// Passkeys that they have.
    pub credentials: Vec<KnownCredential>,
}

/// A passkey that must not be registered twice.
#[derive(Debug, Deserialize)]
pub struct KnownCredential {
    /// Credential ID.
    #[serde(deserialize_with = "crate::hex::hex")]
    pub credential_id: Vec<u8>,
    /// How the authenticator can be reached.
    pub transports: Vec<String>,
}

impl Batch for BeginRegistration {
    type Output = RegistrationContext;

    fn statements(&self) -> Vec<Statement> {
        let at = self.at.as_ms();
        let mut statements = vec![
            Statement::new(SWEEP, [at.into()]),
            Statement::new(
                format!(
                    "INSERT INTO ceremonies \
                     (secret_hash, kind, user_id, user_verification, expires_at) \
                     SELECT ?1, 'registration', u.id, {USER_VERIFICATION}, ?2 \
                     FROM sessions s JOIN users u ON u.id = s.user_id \
                     WHERE s.secret_hash = ?3 AND s.expires_at > ?4 AND u.disabled = 0"
                ),
                [
                    self.secret_hash.into(),
                    (at + CEREMONY_MS).into(),
                    self.session.into(),
                    at.into(),
                ],
            ),
            Statement::new(
                "SELECT json_object('display_name', u.display_name, 'credentials', json((\
                   SELECT json_group_array(json_object('credential_id', hex(c.credential_id), \
                     'transports', json(c.transports))) \
                   FROM credential_records c WHERE c.user_id = u.id))) \
                 FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.secret_hash = ?1",
                [self.session.into()],
            ),
        ];
        statements.extend(configuration::Read.statements());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<RegistrationContext, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        let user = outcomes.one()?;
        Ok(RegistrationContext { user, configuration: configuration::Read.read(outcomes)? })
    }
}
