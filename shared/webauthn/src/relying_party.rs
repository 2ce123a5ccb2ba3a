use std::time::Duration;

use url::{Host, Url};
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::crypto::compute_sha256;

use crate::{
    Assertion, AuthenticationError, AuthenticationResponse, Challenge, CreationOptions,
    CredentialDescriptor, CredentialRecord, InvalidRelyingParty, RegistrationError,
    RegistrationPolicy, RegistrationResponse, RequestOptions, UserEntity, UserVerification,
    authentication, options, registration,
};

/// The relying party (§4): an RP ID, the one origin it is used from, a name.
/// The RP ID is the host of the origin.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    pub(crate) id: String,
    pub(crate) id_hash: [u8; 32],
    pub(crate) name: String,
    pub(crate) origin: String,
    pub(crate) core: WebauthnCore,
}

impl RelyingParty {
    /// `app_url` is an origin such as `https://id.example.com`; a lone `/`
    /// may follow. Plain http is for `localhost`, its subdomains, and
    /// `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// When the URL is not such an origin.
    pub fn new(app_url: &str, name: &str) -> Result<Self, InvalidRelyingParty> {
        let url = Url::parse(app_url).map_err(|_| InvalidRelyingParty::NotAUrl)?;
        let id = rp_id(&url)?;
        check_bare_origin(&url)?;
        let core = WebauthnCore::new_unsafe_experts_only(
            name,
            &id,
            vec![url.clone()],
            Duration::from_millis(u64::from(options::TIMEOUT_MS)),
            Some(false),
            Some(false),
        );
        Ok(Self {
            id_hash: compute_sha256(id.as_bytes()),
            id,
            name: name.to_owned(),
            origin: url.origin().ascii_serialization(),
            core,
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

fn rp_id(url: &Url) -> Result<String, InvalidRelyingParty> {
    let host = url.host().ok_or(InvalidRelyingParty::NotADomain)?;
    match (url.scheme(), &host) {
        ("https", Host::Domain(_)) => {}
        ("https", _) => return Err(InvalidRelyingParty::NotADomain),
        ("http", host) if is_loopback(host) => {}
        _ => return Err(InvalidRelyingParty::InsecureScheme),
    }
    Ok(host.to_string())
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => *address == std::net::Ipv4Addr::LOCALHOST,
        Host::Ipv6(_) => false,
    }
}

fn check_bare_origin(url: &Url) -> Result<(), InvalidRelyingParty> {
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if bare { Ok(()) } else { Err(InvalidRelyingParty::NotAnOrigin) }
}
