use async_trait::async_trait;

/// Starts the dispatcher of mail, soon and beside the request that asks. Nothing depends on it: the
/// schedule starts the dispatcher every minute, and this only saves the wait.
#[async_trait]
pub trait Wake: Send + Sync {
    /// Asks for the start; it says nothing of what came of it.
    async fn wake(&self);
}

/// For functions that cause no mail.
pub struct NoWake;

#[async_trait]
impl Wake for NoWake {
    async fn wake(&self) {}
}
