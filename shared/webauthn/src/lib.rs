//! The ceremonies of [WebAuthn Level 3], as pure functions over
//! `webauthn-rs-core`: bytes, the challenge and the stored record in, typed
//! outcomes out. No I/O, no clock, no randomness, so they run unchanged on
//! every platform, `wasm32-unknown-unknown` included, where the system clock
//! panics.
//!
//! In scope: the options handed to the browser (§5.4, §5.5), registering a
//! credential (§7.1), verifying an assertion (§7.2), the product behind an
//! AAGUID. One relying party with one origin.
//!
//! Out of scope: single use and expiry of challenges, and that a credential ID
//! is registered once (the store owns both); trust in attestation (we ask for
//! none); related origins, iframes of other origins, and extensions besides
//! `credProps`.
//!
//! Numbers such as `(14)` in the bodies are the steps of §7.1 or §7.2.
//!
//! [WebAuthn Level 3]: https://www.w3.org/TR/webauthn-3/

mod algorithm;
mod attestation;
mod authentication;
mod authenticator_data;
mod challenge;
mod client_data;
mod encoding;
mod error;
mod options;
mod policy;
mod record;
mod registration;
mod relying_party;
mod response;

pub mod aaguid;

pub use algorithm::OFFERED_ALGORITHMS;
pub use challenge::Challenge;
pub use error::{
    AuthenticationError, AuthenticatorDataError, ClientDataError, InvalidRelyingParty,
    MalformedResponse, RegistrationError,
};
pub use options::{CreationOptions, CredentialDescriptor, RequestOptions, UserEntity};
pub use policy::{AuthenticatorAttachment, RegistrationPolicy, UserVerification};
pub use record::{Assertion, CredentialRecord};
pub use relying_party::RelyingParty;
pub use response::{AuthenticationResponse, RegistrationResponse};
