//! Types valid by construction and pure rules.
//!
//! **In scope**: what a username, an e-mail address, a name, a lifetime is; how a moment is written;
//! how a browser is named to people.
//!
//! **Not in scope**: storage, HTTP, randomness, the clock. Nothing here does I/O.

mod device;
mod email;
mod locale;
mod name;
mod nfc;
mod profile;
mod timestamp;
mod ttl;
mod username;
mod violation;

pub use device::device_name;
pub use email::EmailAddress;
pub use locale::Locale;
pub use name::{CredentialName, DisplayName, PersonName};
pub use nfc::nfc;
pub use profile::{Profile, ProfileInput};
pub use timestamp::Timestamp;
pub use ttl::{Ttl, TtlInput};
pub use username::Username;
pub use violation::{FieldViolation, Violation, Violations};
