//! The options and responses of ceremonies (WebAuthn §5.1.8 to §5.1.10) as the API's description
//! shows them. What is sent and read are the types of `webauthn`, which knows nothing of HTTP.

#![expect(dead_code, reason = "described here, sent and read by `webauthn`")]

use utoipa::ToSchema;

/// `PublicKeyCredentialCreationOptionsJSON`, not wrapped in `publicKey`.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct CreationOptionsDto {
    rp: RelyingPartyDto,
    user: UserEntityDto,
    /// Base64url.
    challenge: String,
    pub_key_cred_params: Vec<ParametersDto>,
    /// Milliseconds.
    timeout: u32,
    exclude_credentials: Vec<DescriptorDto>,
    authenticator_selection: SelectionDto,
    #[schema(required = false)]
    hints: Vec<String>,
    attestation: String,
    extensions: ExtensionsDto,
}

#[derive(ToSchema)]
struct RelyingPartyDto {
    name: String,
    id: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct UserEntityDto {
    /// Base64url of the identifier's text.
    id: String,
    name: String,
    display_name: String,
}

#[derive(ToSchema)]
struct ParametersDto {
    r#type: String,
    /// A COSE algorithm.
    alg: i64,
}

#[derive(ToSchema)]
struct DescriptorDto {
    r#type: String,
    /// Base64url.
    id: String,
    transports: Vec<String>,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct SelectionDto {
    #[schema(nullable = false)]
    authenticator_attachment: Option<String>,
    require_resident_key: bool,
    resident_key: String,
    user_verification: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct ExtensionsDto {
    cred_props: bool,
}

/// `PublicKeyCredentialRequestOptionsJSON`, not wrapped in `publicKey`.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct RequestOptionsDto {
    /// Base64url.
    challenge: String,
    /// Milliseconds.
    timeout: u32,
    rp_id: String,
    user_verification: String,
}

/// `RegistrationResponseJSON`, as `PublicKeyCredential.toJSON()` writes it.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct RegistrationResponseDto {
    /// Base64url.
    id: String,
    /// The same as `id`.
    raw_id: String,
    /// `public-key`.
    r#type: String,
    response: AttestationResponseDto,
    client_extension_results: Option<ExtensionResultsDto>,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct AttestationResponseDto {
    /// Base64url.
    #[schema(rename = "clientDataJSON")]
    client_data_json: String,
    /// Base64url.
    attestation_object: String,
    #[schema(required = false)]
    transports: Vec<String>,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct ExtensionResultsDto {
    cred_props: Option<CredentialPropertiesDto>,
}

#[derive(ToSchema)]
struct CredentialPropertiesDto {
    rk: Option<bool>,
}

/// `AuthenticationResponseJSON`, as `PublicKeyCredential.toJSON()` writes it.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct AuthenticationResponseDto {
    /// Base64url.
    id: String,
    /// The same as `id`.
    raw_id: String,
    /// `public-key`.
    r#type: String,
    response: AssertionResponseDto,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct AssertionResponseDto {
    /// Base64url.
    #[schema(rename = "clientDataJSON")]
    client_data_json: String,
    /// Base64url.
    authenticator_data: String,
    /// Base64url.
    signature: String,
    /// Base64url of the identifier's text.
    user_handle: Option<String>,
}
