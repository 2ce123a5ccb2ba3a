use http::Uri;
use webauthn_rs_core::crypto::compute_sha256;

use crate::{
    Assertion, AuthenticationError, AuthenticationResponse, Challenge, CreationOptions,
    CredentialDescriptor, CredentialRecord, InvalidRelyingParty, RegistrationError,
    RegistrationPolicy, RegistrationResponse, RequestOptions, UserEntity, UserVerification,
    authentication, registration,
};

/// The relying party (§4): an RP ID, the one origin it is used from, a name.
/// The RP ID is the host of the origin.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    pub(crate) id: String,
    pub(crate) id_hash: [u8; 32],
    pub(crate) name: String,
    pub(crate) origin: String,
}

impl RelyingParty {
    /// `app_url` is an origin as browsers write it, such as `https://id.example.com`: lower case,
    /// punycode, no default port; a lone `/` may follow. Plain http is for `localhost`, its
    /// subdomains, and `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// When the URL is not such an origin.
    pub fn new(app_url: &str, name: &str) -> Result<Self, InvalidRelyingParty> {
        let url: Uri = app_url.parse().map_err(|_| InvalidRelyingParty::NotAUrl)?;
        let id = rp_id(&url)?;
        check_bare_origin(&url)?;
        Ok(Self {
            id_hash: compute_sha256(id.as_bytes()),
            id,
            name: name.to_owned(),
            origin: app_url.trim_end_matches('/').to_owned(),
        })
    }

    /// The RP ID.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The origin, as a browser writes it.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What the page passes to `navigator.credentials.create()` (§5.4).
    pub fn creation_options(
        &self,
        challenge: &Challenge,
        user: &UserEntity,
        exclude: &[CredentialDescriptor],
        policy: &RegistrationPolicy,
    ) -> CreationOptions {
        CreationOptions::new(self, challenge, user, exclude, *policy)
    }

    /// What the page passes to `navigator.credentials.get()` (§5.5). No
    /// credential is named: the authenticator discovers its own.
    pub fn request_options(
        &self,
        challenge: &Challenge,
        user_verification: UserVerification,
    ) -> RequestOptions {
        RequestOptions::new(self, challenge, user_verification)
    }

    /// Verifies a registration (§7.1). The caller has taken the challenge away
    /// and refuses a credential ID that is registered already, step (26).
    ///
    /// # Errors
    ///
    /// The first check that failed.
    pub fn verify_registration(
        &self,
        challenge: &Challenge,
        policy: &RegistrationPolicy,
        response: &RegistrationResponse,
    ) -> Result<CredentialRecord, RegistrationError> {
        registration::verify(self, challenge, *policy, response)
    }

    /// Verifies an assertion (§7.2) by the record that its credential ID names
    /// and the handle of the user who owns that record.
    ///
    /// # Errors
    ///
    /// The first check that failed.
    pub fn verify_authentication(
        &self,
        challenge: &Challenge,
        user_verification: UserVerification,
        record: &CredentialRecord,
        expected_handle: &[u8],
        response: &AuthenticationResponse,
    ) -> Result<Assertion, AuthenticationError> {
        authentication::Ceremony { rp: self, challenge, user_verification }.verify(
            record,
            expected_handle,
            response,
        )
    }
}

fn rp_id(url: &Uri) -> Result<String, InvalidRelyingParty> {
    let host = url.host().ok_or(InvalidRelyingParty::NotAUrl)?;
    let loopback = host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1";
    match url.scheme_str() {
        None => return Err(InvalidRelyingParty::NotAUrl),
        Some("http") if loopback => {}
        Some("https") if is_domain(host) => {}
        Some("https") => return Err(InvalidRelyingParty::NotADomain),
        Some(_) => return Err(InvalidRelyingParty::InsecureScheme),
    }
    Ok(host.to_owned())
}

/// A host that is neither IPv4 nor IPv6, in lower case, as browsers write origins.
fn is_domain(host: &str) -> bool {
    let ends_in_a_number = host
        .rsplit('.')
        .next()
        .is_some_and(|label| label.is_empty() || label.bytes().all(|byte| byte.is_ascii_digit()));
    !host.starts_with('[')
        && !ends_in_a_number
        && !host.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn check_bare_origin(url: &Uri) -> Result<(), InvalidRelyingParty> {
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.authority().is_some_and(|authority| !authority.as_str().contains(['@', '%']))
        && !matches!((url.scheme_str(), url.port_u16()), (Some("https"), Some(443)));
    if bare { Ok(()) } else { Err(InvalidRelyingParty::NotAnOrigin) }
}
