//! Types valid by construction and pure rules.
//!
//! **In scope**: what a username, an e-mail address, a name, a group, a custom claim, a lifetime is;
//! how a moment is written; how a browser is named to people; which settings there are and what each
//! may be.
//!
//! **Not in scope**: storage, HTTP, randomness, the clock. Nothing here does I/O; of the platform it
//! takes Unicode's tables alone.

mod api_key;
mod claim;
mod custom_claims;
mod device;
mod email;
mod group;
mod locale;
mod name;
mod profile;
mod redirect_path;
mod setting;
mod timestamp;
mod ttl;
mod typed_code;
mod usage_limit;
mod username;
mod violation;

pub use api_key::{ApiKeyDescription, ApiKeyExpiration, ApiKeyName};
pub use claim::is_reserved_claim;
pub use custom_claims::{ClaimInput, ClaimKey, ClaimValue, ClaimsRefusal, CustomClaims};
pub use device::device_name;
pub use email::EmailAddress;
pub use group::{GroupFriendlyName, GroupName, GroupNames};
pub use locale::Locale;
pub use name::{CredentialName, DisplayName, PersonName, is_control};
pub use platform::nfc;
pub use profile::{Profile, ProfileInput};
pub use redirect_path::RedirectPath;
pub use setting::{Audience, SETTINGS, Setting, SettingRule};
pub use timestamp::Timestamp;
pub use ttl::{Ttl, TtlInput};
pub use typed_code::TypedCode;
pub use usage_limit::UsageLimit;
pub use username::Username;
pub use violation::{FieldViolation, Violation, Violations};
