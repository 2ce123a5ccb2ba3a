use http::StatusCode;
use ldap_proxy_client::{Code, Failure, Stage};
use ldap3::{LdapError, LdapResult};

/// A failure that is not the directory's.
pub(crate) fn refusal(code: Code, error: impl Into<String>) -> Failure {
    Failure { error: error.into(), code, stage: None, ldap_result_code: None }
}

/// A failure of the directory.
pub(crate) fn at(stage: Stage, code: Code, error: impl Into<String>) -> Failure {
    Failure { error: error.into(), code, stage: Some(stage), ldap_result_code: None }
}

/// What the directory answered instead of success.
pub(crate) fn of_result(stage: Stage, result: &LdapResult) -> Failure {
    let code = match result.rc {
        3 => Code::TimeLimit,
        4 | 11 => Code::SizeLimit,
        10 => Code::Referral,
        32 => Code::NoSuchBase,
        51 | 52 => Code::DirectoryBusy,
        _ if stage == Stage::Bind => Code::BindRefused,
        _ => Code::Refused,
    };
    let what = match code {
        Code::TimeLimit => "the directory stopped after a time",
        Code::SizeLimit => "the directory stopped at a number of entries",
        Code::Referral => "the directory refers to another server",
        Code::NoSuchBase => "the directory has no entry at the base",
        Code::DirectoryBusy => "the directory is busy",
        Code::BindRefused => "the directory refuses the proxy's name and password",
        _ => "the directory refuses",
    };
    // The directory's own words: what an administrator searches for.
    let words = result.text.trim_matches(['\0', ' ']);
    let error = if words.is_empty() { what.to_owned() } else { format!("{what}: {words}") };
    Failure { ldap_result_code: Some(result.rc), ..at(stage, code, error) }
}

/// What went wrong on the way to or from the directory.
pub(crate) fn of_error(stage: Stage, error: &LdapError) -> Failure {
    match error {
        LdapError::LdapResult { result } => of_result(stage, result),
        LdapError::Timeout { .. } => {
            at(stage, Code::TimedOut, "the directory does not answer in time")
        }
        LdapError::EndOfStream | LdapError::ResultRecv { .. } | LdapError::OpSend { .. } => {
            at(stage, Code::Unreachable, "the connection to the directory broke")
        }
        _ if stage == Stage::Tls => at(stage, Code::Untrusted, error.to_string()),
        _ => at(stage, Code::Unreachable, error.to_string()),
    }
}

/// The status that goes with a failure, where nothing has been answered yet.
pub(crate) fn status(code: Code) -> StatusCode {
    match code {
        Code::InvalidRequest | Code::InvalidBase | Code::InvalidFilter => StatusCode::BAD_REQUEST,
        Code::Unauthorized => StatusCode::UNAUTHORIZED,
        Code::BaseNotAllowed | Code::AttributeNotAllowed => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::Unreachable
        | Code::Untrusted
        | Code::BindRefused
        | Code::SizeLimit
        | Code::TimeLimit
        | Code::Referral
        | Code::DirectoryBusy
        | Code::NoSuchBase
        | Code::TimedOut
        | Code::Refused
        | Code::Malformed
        | Code::Unknown => StatusCode::BAD_GATEWAY,
    }
}
