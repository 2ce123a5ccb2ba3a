use crate::arguments::Arguments;
use crate::failure::Failure;

/// Where the proxy beside a directory answers, and what it asks its callers for.
#[derive(Clone)]
pub(crate) struct LdapProxy {
    pub(crate) url: String,
    pub(crate) secret: String,
}

const OPTION: &str = "ldap-proxy";
const SECRET: &str = "LDAP_PROXY_SECRET";

impl LdapProxy {
    /// The one that `--ldap-proxy` names. Its secret comes from the environment, since others see
    /// command lines.
    pub(super) fn of(arguments: &Arguments) -> Result<Option<Self>, Failure> {
        let Some(url) = arguments.option(OPTION) else { return Ok(None) };
        let secret = std::env::var(SECRET).map_err(|_| {
            Failure::new(format!("--{OPTION} needs the proxy's secret in the variable {SECRET}"))
        })?;
        Ok(Some(Self { url: url.to_owned(), secret }))
    }
}
