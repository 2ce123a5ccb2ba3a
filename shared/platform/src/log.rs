/// Structured log lines for the operator. Never a secret, never a token.
pub trait Log: Send + Sync {
    /// Writes one line (JSON).
    fn line(&self, line: &str);
}
