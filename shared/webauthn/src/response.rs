//! The responses of the browser, as `PublicKeyCredential.toJSON()` writes them
//! (§5.1.8). Members we have no use for are ignored.

use serde::Deserialize;

use crate::{MalformedResponse, encoding};

/// `RegistrationResponseJSON`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Credential<AttestationJson>")]
pub struct RegistrationResponse {
    pub(crate) credential_id: Vec<u8>,
    pub(crate) client_data_json: Vec<u8>,
    pub(crate) attestation_object: Vec<u8>,
    pub(crate) transports: Vec<String>,
    pub(crate) discoverable: Option<bool>,
}

/// `AuthenticationResponseJSON`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Credential<AssertionJson>")]
pub struct AuthenticationResponse {
    pub(crate) credential_id: Vec<u8>,
    pub(crate) client_data_json: Vec<u8>,
    pub(crate) authenticator_data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    pub(crate) user_handle: Option<Vec<u8>>,
}

impl AuthenticationResponse {
    /// The credential ID, by which the caller finds the credential record.
    pub fn credential_id(&self) -> &[u8] {
        &self.credential_id
    }

    /// The user handle, if the authenticator gave one.
    pub fn user_handle(&self) -> Option<&[u8]> {
        self.user_handle.as_deref()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential<R> {
    id: String,
    raw_id: String,
    r#type: String,
    response: R,
    #[serde(default)]
    client_extension_results: ExtensionResults,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AttestationJson {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    attestation_object: String,
    #[serde(default)]
    transports: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssertionJson {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    authenticator_data: String,
    signature: String,
    user_handle: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExtensionResults {
    cred_props: Option<CredentialProperties>,
}

#[derive(Deserialize)]
struct CredentialProperties {
    rk: Option<bool>,
}

impl<R> Credential<R> {
    fn credential_id(&self) -> Result<Vec<u8>, MalformedResponse> {
        if self.r#type != "public-key" {
            return Err(MalformedResponse::NotPublicKey);
        }
        if self.id != self.raw_id {
            return Err(MalformedResponse::IdsDiffer);
        }
        bytes("rawId", &self.raw_id)
    }
}

impl TryFrom<Credential<AttestationJson>> for RegistrationResponse {
    type Error = MalformedResponse;

    fn try_from(json: Credential<AttestationJson>) -> Result<Self, MalformedResponse> {
        Ok(Self {
            credential_id: json.credential_id()?,
            client_data_json: bytes("clientDataJSON", &json.response.client_data_json)?,
            attestation_object: bytes("attestationObject", &json.response.attestation_object)?,
            transports: json.response.transports,
            discoverable: json.client_extension_results.cred_props.and_then(|props| props.rk),
        })
    }
}

impl TryFrom<Credential<AssertionJson>> for AuthenticationResponse {
    type Error = MalformedResponse;

    fn try_from(json: Credential<AssertionJson>) -> Result<Self, MalformedResponse> {
        let response = &json.response;
        Ok(Self {
            credential_id: json.credential_id()?,
            client_data_json: bytes("clientDataJSON", &response.client_data_json)?,
            authenticator_data: bytes("authenticatorData", &response.authenticator_data)?,
            signature: bytes("signature", &response.signature)?,
            user_handle: response
                .user_handle
                .as_deref()
                .map(|handle| bytes("userHandle", handle))
                .transpose()?,
        })
    }
}

fn bytes(field: &'static str, text: &str) -> Result<Vec<u8>, MalformedResponse> {
    encoding::decode(text).ok_or(MalformedResponse::NotBase64Url(field))
}
