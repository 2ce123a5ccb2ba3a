use crate::failure::{Failure, Stage};
use crate::transport::TransportError;

/// Why there is no answer, or no whole one. Whatever it is, what was read before counts for nothing.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The proxy cannot be reached.
    #[error("the LDAP proxy cannot be reached")]
    Transport(#[from] TransportError),
    /// The proxy does not take the secret.
    #[error("the LDAP proxy refuses the secret")]
    Unauthorized,
    /// The proxy does not do what is asked: a bad filter, a base or attribute that is not allowed.
    #[error("the LDAP proxy refuses the request: {}", .0.error)]
    Refused(Failure),
    /// Too many searches wait already.
    #[error("the LDAP proxy is busy")]
    Busy,
    /// The directory failed, at the beginning or in the middle.
    #[error("the directory failed: {}", .failure.error)]
    Directory {
        /// How far the proxy came.
        stage: Stage,
        /// What happened.
        failure: Failure,
    },
    /// The answer ended before its end.
    #[error("the answer of the LDAP proxy was cut")]
    Cut,
    /// A line or an answer is longer than any that the proxy writes.
    #[error("the LDAP proxy answers at too great length")]
    TooLong,
    /// The answer is none of the proxy's: something else listens there, or a later version.
    #[error("that is not an answer of the LDAP proxy: {0}")]
    Protocol(&'static str),
}

impl From<Failure> for ClientError {
    fn from(failure: Failure) -> Self {
        match failure.stage {
            Some(stage) => Self::Directory { stage, failure },
            None => Self::Refused(failure),
        }
    }
}
