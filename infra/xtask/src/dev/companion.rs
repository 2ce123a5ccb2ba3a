use crate::arguments::Arguments;
use crate::failure::Failure;

/// A program beside the deployment, such as the proxy beside a directory: where it answers, and what
/// it asks its callers for.
#[derive(Clone)]
pub(crate) struct Companion {
    pub(crate) url: String,
    pub(crate) secret: String,
}

impl Companion {
    /// The one that `--OPTION` names. Its secret comes from the environment, since others see command
    /// lines.
    pub(super) fn of(
        arguments: &Arguments,
        option: &str,
        secret: &str,
    ) -> Result<Option<Self>, Failure> {
        let Some(url) = arguments.option(option) else { return Ok(None) };
        let missing = || format!("--{option} needs its secret in the variable {secret}");
        let secret = std::env::var(secret).map_err(|_| Failure::new(missing()))?;
        Ok(Some(Self { url: url.to_owned(), secret }))
    }
}
