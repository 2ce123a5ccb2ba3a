use std::fmt;

/// Why a command could not be carried out, in words for the person who ran it.
#[derive(Debug)]
pub(crate) struct Failure {
    reason: String,
    /// The last lines of what failed, for who has only the end of a long output.
    evidence: String,
}

impl Failure {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), evidence: String::new() }
    }

    /// For `map_err`: puts what was being done before the system's reason.
    pub(crate) fn during<E: fmt::Display>(doing: impl fmt::Display) -> impl FnOnce(E) -> Self {
        let doing = doing.to_string();
        move |error| Self::new(format!("{doing}: {error}"))
    }

    /// With what was said before the failure.
    pub(crate) fn showing(mut self, lines: &str) -> Self {
        self.evidence.push_str(lines);
        self
    }

    pub(crate) fn evidence(&self) -> &str {
        &self.evidence
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Failure {}
