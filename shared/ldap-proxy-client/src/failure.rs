use serde::{Deserialize, Serialize};

/// Why the proxy did not answer, or not to the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// For people. Never a secret.
    pub error: String,
    /// For programs.
    pub code: Code,
    /// How far the proxy came with the directory, if it is the directory's failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The directory's own code (RFC 4511, 4.1.9), if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ldap_result_code: Option<u32>,
}

/// How far the proxy came with the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// No connection.
    Connect,
    /// A connection, but no trust.
    Tls,
    /// The directory does not take the proxy's name and password.
    Bind,
    /// The search was refused or broke off.
    Search,
}

/// What a program may want to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// 401.
    Unauthorized,
    /// 404.
    NotFound,
    /// 400: no JSON, or not of the right shape.
    InvalidRequest,
    /// 400: not a DN.
    InvalidBase,
    /// 400: not a filter of RFC 4515.
    InvalidFilter,
    /// 403: not below a configured base DN.
    BaseNotAllowed,
    /// 403: an attribute of the search or of its filter is not among the allowed ones.
    AttributeNotAllowed,
    /// 503: too many searches of this base wait already.
    Busy,
    /// 502: the directory cannot be reached, or the connection broke.
    Unreachable,
    /// 502: the directory's certificate is not trusted.
    Untrusted,
    /// 502: the directory refused the proxy's name and password.
    BindRefused,
    /// 502: the directory stops at a number of entries.
    SizeLimit,
    /// 502: the directory stops after some time.
    TimeLimit,
    /// 502: part of the search is on another server.
    Referral,
    /// 502: the directory is busy or about to stop.
    DirectoryBusy,
    /// 502: the directory knows no entry at the base.
    NoSuchBase,
    /// 502: the directory does not answer in time.
    TimedOut,
    /// 502: any other refusal of the directory.
    Refused,
    /// 502: what the directory says makes no sense.
    Malformed,
    /// A code of a later version.
    #[serde(other)]
    Unknown,
}
