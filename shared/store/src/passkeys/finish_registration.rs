use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::CredentialRecord;
use super::record::credential_json;
use crate::audit::{Entry, Event};
use crate::configuration::{self, Configuration};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, SecretHash, StoreError};
use domain::{CredentialName, Timestamp};

/// Takes a registration ceremony out of the table: single use, whatever comes of it.
pub struct ConsumeRegistration {
    /// SHA-256 of the secret in the ceremony's cookie.
    pub secret_hash: SecretHash,
    /// Now.
    pub at: Timestamp,
}

/// A registration ceremony that was under way.
#[derive(Debug, Deserialize)]
pub struct RegistrationCeremony {
    /// Who began it.
    pub user_id: Uuid,
    /// `required` or `preferred`, as the options said.
    pub user_verification: String,
}

impl Batch for ConsumeRegistration {
    type Output = (Option<RegistrationCeremony>, Configuration);

    fn statements(&self) -> Vec<Statement> {
        let mut statements = vec![Statement::new(
            "DELETE FROM ceremonies \
             WHERE secret_hash = ?1 AND kind = 'registration' AND expires_at > ?2 \
             RETURNING json_object('user_id', user_id, 'user_verification', user_verification)",
            [self.secret_hash.into(), self.at.as_ms().into()],
        )];
        statements.extend(configuration::Read.statements());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        Ok((outcomes.one()?, configuration::Read.read(outcomes)?))
    }
}

/// Keeps a verified credential for its user, unless the credential ID is known already or the user
/// was disabled meanwhile.
pub struct Register {
    /// A fresh identifier.
    pub id: Uuid,
    /// Whose it is.
    pub user: Uuid,
    /// The authenticator's credential ID.
    pub credential_id: Vec<u8>,
    /// COSE_Key, CBOR.
    pub public_key: Vec<u8>,
    /// COSE algorithm identifier.
    pub algorithm: i64,
    /// Sign count at registration.
    pub sign_count: u32,
    /// Whether the user was verified.
    pub user_verified: bool,
    /// Whether it may exist on several devices.
    pub backup_eligible: bool,
    /// Whether it does.
    pub backup_state: bool,
    /// How the authenticator can be reached.
    pub transports: Vec<String>,
    /// Model of the authenticator.
    pub aaguid: [u8; 16],
    /// Attestation statement format.
    pub attestation_format: String,
    /// Its name.
    pub name: CredentialName,
    /// The audit entry.
    pub entry: Entry,
}

/// `None`: the credential ID is known already, or the user was disabled.
pub type Registered = Option<CredentialRecord>;

const INSERT: &str = "INSERT INTO credential_records (id, user_id, credential_id, public_key, \
    algorithm, sign_count, user_verified, backup_eligible, backup_state, transports, aaguid, \
    attestation_format, name, created_at) \
    SELECT ?1, u.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14 FROM users u \
    WHERE u.id = ?2 AND u.disabled = 0 \
      AND NOT EXISTS (SELECT 1 FROM credential_records WHERE credential_id = ?3)";

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM credential_records c JOIN users u ON u.id = c.user_id WHERE c.id = ?7"
);

impl Register {
    fn parameters(&self) -> Vec<Value> {
        vec![
            self.id.to_string().into(),
            self.user.to_string().into(),
            self.credential_id.as_slice().into(),
            self.public_key.as_slice().into(),
            self.algorithm.into(),
            self.sign_count.into(),
            self.user_verified.into(),
            self.backup_eligible.into(),
            self.backup_state.into(),
            serde_json::json!(self.transports).to_string().into(),
            self.aaguid.into(),
            self.attestation_format.as_str().into(),
            self.name.as_str().into(),
            self.entry.at.as_ms().into(),
        ]
    }
}

impl Batch for Register {
    type Output = Registered;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        vec![
            Statement::new(INSERT, self.parameters()),
            self.entry.statement(ENTRY, Event::PasskeyAdded, [id.as_str().into()]),
            Statement::new(
                concat!(
                    "SELECT ",
                    credential_json!(),
                    " FROM credential_records c WHERE c.id = ?1"
                ),
                [id.into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Registered, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        outcomes.one()
    }
}
