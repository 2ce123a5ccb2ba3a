//! The options of both ceremonies in their JSON forms (§5.1.9, §5.1.10), not
//! wrapped in `publicKey`. The members, their names and their order are pinned
//! by a test.

use serde::Serialize;

use crate::{
    AuthenticatorAttachment, Challenge, OFFERED_ALGORITHMS, RegistrationPolicy, RelyingParty,
    UserVerification, encoding,
};

pub(crate) const TIMEOUT_MS: u32 = 60_000;
const PUBLIC_KEY: &str = "public-key";

/// The account a credential is made for (§5.4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserEntity {
    /// The user handle: the bytes of the UUID's text.
    pub handle: Vec<u8>,
    /// The username.
    pub name: String,
    /// The name people know the user by; may be empty.
    pub display_name: String,
}

/// Names a credential (§5.8.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CredentialDescriptor {
    /// The credential ID.
    #[serde(rename = "id", serialize_with = "encoding::serialize")]
    pub credential_id: Vec<u8>,
    /// How its authenticator may be reached.
    pub transports: Vec<String>,
}

/// `PublicKeyCredentialCreationOptionsJSON`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreationOptions {
    rp: Rp,
    user: User,
    challenge: String,
    pub_key_cred_params: Vec<Parameters>,
    timeout: u32,
    exclude_credentials: Vec<Descriptor>,
    authenticator_selection: Selection,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    hints: &'static [&'static str],
    attestation: &'static str,
    extensions: Extensions,
}

/// `PublicKeyCredentialRequestOptionsJSON`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions {
    challenge: String,
    timeout: u32,
    rp_id: String,
    user_verification: UserVerification,
}

#[derive(Clone, Debug, Serialize)]
struct Rp {
    name: String,
    id: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    name: String,
    display_name: String,
}

#[derive(Clone, Debug, Serialize)]
struct Parameters {
    r#type: &'static str,
    alg: i64,
}

#[derive(Clone, Debug, Serialize)]
struct Descriptor {
    r#type: &'static str,
    #[serde(flatten)]
    credential: CredentialDescriptor,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticator_attachment: Option<AuthenticatorAttachment>,
    require_resident_key: bool,
    resident_key: &'static str,
    user_verification: UserVerification,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    cred_props: bool,
}

impl CreationOptions {
    pub(crate) fn new(
        rp: &RelyingParty,
        challenge: &Challenge,
        user: &UserEntity,
        exclude: &[CredentialDescriptor],
        policy: RegistrationPolicy,
    ) -> Self {
        Self {
            rp: Rp { name: rp.name.clone(), id: rp.id.clone() },
            user: User {
                id: encoding::encode(&user.handle),
                name: user.name.clone(),
                display_name: user.display_name.clone(),
            },
            challenge: challenge.encoded(),
            pub_key_cred_params: parameters(),
            timeout: TIMEOUT_MS,
            exclude_credentials: exclude.iter().map(Descriptor::new).collect(),
            authenticator_selection: Selection::new(policy),
            hints: hints(policy.attachment),
            attestation: "none",
            extensions: Extensions { cred_props: true },
        }
    }
}

impl RequestOptions {
    pub(crate) fn new(
        rp: &RelyingParty,
        challenge: &Challenge,
        user_verification: UserVerification,
    ) -> Self {
        let challenge = challenge.encoded();
        Self { challenge, timeout: TIMEOUT_MS, rp_id: rp.id.clone(), user_verification }
    }
}

impl Descriptor {
    fn new(credential: &CredentialDescriptor) -> Self {
        Self { r#type: PUBLIC_KEY, credential: credential.clone() }
    }
}

impl Selection {
    fn new(policy: RegistrationPolicy) -> Self {
        Self {
            authenticator_attachment: match policy.attachment {
                AuthenticatorAttachment::Any => None,
                named => Some(named),
            },
            require_resident_key: true,
            resident_key: "required",
            user_verification: policy.user_verification,
        }
    }
}

fn parameters() -> Vec<Parameters> {
    OFFERED_ALGORITHMS.iter().map(|&alg| Parameters { r#type: PUBLIC_KEY, alg }).collect()
}

/// Hints (§5.8.7) say the same to browsers that prefer them to the attachment.
fn hints(attachment: AuthenticatorAttachment) -> &'static [&'static str] {
    match attachment {
        AuthenticatorAttachment::Any => &[],
        AuthenticatorAttachment::Platform => &["client-device"],
        AuthenticatorAttachment::CrossPlatform => &["security-key", "hybrid"],
    }
}
