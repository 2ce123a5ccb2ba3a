/// Settings and secrets of a deployment, as text. A function sees only its own.
pub trait Settings: Send + Sync {
    /// The value of the setting called `name` (`SCREAMING_SNAKE_CASE`), if the deployment sets it.
    fn get(&self, name: &str) -> Option<String>;
}
