//! Passkeys: ceremonies under way and credential records.

mod begin;
mod finish_authentication;
mod finish_registration;
mod manage;
mod record;

pub use begin::{BeginAuthentication, BeginRegistration, Begun, RegistrationContext};
pub use finish_authentication::{
    AuthenticationContext, ConsumeAuthentication, Consumed, RefuseSignIn, SignIn,
};
pub use finish_registration::{ConsumeRegistration, Register, Registered};
pub use manage::{ListByPresenter, Remove, Rename};
pub use record::{CredentialRecord, VerificationKey};
