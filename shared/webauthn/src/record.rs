/// A credential record (§4): what the store keeps of one credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialRecord {
    /// The credential ID, 1 to 1023 bytes.
    pub credential_id: Vec<u8>,
    /// The public key as the authenticator sent it, a `COSE_Key` in CBOR.
    pub public_key: Vec<u8>,
    /// The COSE algorithm identifier of the public key.
    pub algorithm: i64,
    /// The sign count of the latest ceremony.
    pub sign_count: u32,
    /// Whether the user was verified at registration.
    pub user_verified: bool,
    /// Whether the credential may be backed up. It never changes.
    pub backup_eligible: bool,
    /// Whether it was backed up at the latest ceremony.
    pub backup_state: bool,
    /// How the authenticator may be reached: known values, each once, at most 8.
    pub transports: Vec<String>,
    /// The model of the authenticator; zeroes when it does not say.
    pub aaguid: [u8; 16],
    /// The attestation statement format, such as `none` or `packed`.
    pub attestation_format: String,
}

/// What a verified assertion says: the values with which the caller updates
/// the credential record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// The new sign count.
    pub sign_count: u32,
    /// Whether the credential is backed up now.
    pub backup_state: bool,
    /// Whether the user was verified in this ceremony.
    pub user_verified: bool,
}
