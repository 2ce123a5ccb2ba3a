use std::fmt;

use domain::{FieldViolation, Violation};
use platform::{DatabaseError, EntropyError, KeyValueError};
use store::StoreError;
use store::limits::Admission;
use store::users::Conflict;

use super::{Fault, Problem, Property};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(DatabaseError::Busy) => Self::Busy,
            other => Self::Internal(Fault::Store(other)),
        }
    }
}

impl From<KeyValueError> for Problem {
    fn from(error: KeyValueError) -> Self {
        Self::Internal(Fault::KeyValue(error))
    }
}

impl From<EntropyError> for Problem {
    fn from(error: EntropyError) -> Self {
        Self::Internal(Fault::Entropy(error))
    }
}

impl From<Vec<FieldViolation>> for Problem {
    fn from(fields: Vec<FieldViolation>) -> Self {
        Self::ValidationFailed(fields)
    }
}

impl From<(&'static str, Violation)> for Problem {
    fn from((field, violation): (&'static str, Violation)) -> Self {
        Self::ValidationFailed(vec![FieldViolation { field, violation }])
    }
}

impl From<Conflict> for Problem {
    fn from(conflict: Conflict) -> Self {
        Self::AlreadyInUse(match conflict {
            Conflict::Email => Property::Email,
            Conflict::Username => Property::Username,
            Conflict::Id => Property::Id,
        })
    }
}

impl From<Admission> for Problem {
    fn from(admission: Admission) -> Self {
        match admission {
            Admission::Admitted => Self::RateLimited { retry_after_ms: 1 },
            Admission::Refused { retry_after_ms } => Self::RateLimited { retry_after_ms },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::KeyValue(error) => error.fmt(f),
            Self::Entropy(error) => error.fmt(f),
            Self::Sealed => f.write_str("a stored secret cannot be opened with DATA_KEY"),
            Self::Setting(error) => error.fmt(f),
            Self::Signing => f.write_str("the session token could not be signed"),
            Self::Reply => f.write_str("the reply could not be written as JSON"),
            Self::RelyingParty => f.write_str("APP_URL makes no relying party"),
            Self::CredentialRecord => f.write_str("a credential record holds no usable key"),
            Self::LdapPictures(detail) => write!(f, "the directory's pictures: {detail}"),
        }
    }
}
