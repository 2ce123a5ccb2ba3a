//! Passkeys: ceremonies under way and credential records.

mod begin;
mod finish_authentication;
mod finish_registration;
mod manage;
mod reauthenticate;
mod record;

pub use begin::{BeginAuthentication, BeginRegistration, Begun, RegistrationContext};
pub use finish_authentication::{
    AuthenticationContext, ConsumeAuthentication, Consumed, RefuseAssertion, SignIn, SignedIn,
};
pub use finish_registration::{ConsumeRegistration, Register, Registered};
pub use manage::{ListByPresenter, ListOfUser, Remove, Rename};
pub use reauthenticate::Reauthenticate;
pub use record::{CredentialRecord, VerificationKey};
